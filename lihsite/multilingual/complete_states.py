"""Stores the states lacking after a migration: of a new language, of models newly tracked."""

import copy

from django.apps import apps as installed_apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import AbstractPage

from .languages import language_codes
from .states import State
from .stored_states import TranslationState, content_type_of, store_states
from .tracking import tracked_models

BATCH = 1000


def complete_states(sender, using=DEFAULT_DB_ALIAS, apps=installed_apps, **kwargs):
    """Give every translated object a row for each language.

    `apps` are the models as the migrations left them: nothing is done before the last one.
    """
    page_model = installed_apps.get_model("lihsite", "BasePage")
    models = [TranslationState, page_model, *tracked_models()]
    if using != DEFAULT_DB_ALIAS or not all(is_migrated(model, apps) for model in models):
        return
    with transaction.atomic():
        for instance in objects_without_states(page_model.objects.filter(depth__gt=1)):
            store_states(instance.specific.get_latest_revision_as_object())
        for model in tracked_models():
            for instance in objects_without_states(model.objects.all()):
                store_states(instance)
        for language in language_codes():
            add_language(language)


def is_migrated(model, apps) -> bool:
    """Whether the table has all columns of the model already."""
    try:
        migrated = apps.get_model(model._meta.label)
    except LookupError:
        return False
    columns = {field.column for field in migrated._meta.local_concrete_fields}
    return columns >= {field.column for field in model._meta.local_concrete_fields}


def objects_without_states(objects):
    """Those that have no row yet, or only rows that lack what is stored of a state by now."""
    if issubclass(objects.model, AbstractPage):
        stored = TranslationState.objects.filter(page=OuterRef("pk"))
    else:
        stored = TranslationState.objects.filter(
            content_type=content_type_of(objects.model), object_id=OuterRef("pk")
        )
    return objects.filter(~Exists(stored.exclude(source_language="").exclude(published_state="")))


def add_language(language: str) -> None:
    """Add the rows of a language that has no text yet, from those of the source languages."""
    own = TranslationState.objects.filter(
        content_type=OuterRef("content_type"), object_id=OuterRef("object_id"), language=language
    )
    sources = TranslationState.objects.filter(~Exists(own), state=State.SOURCE)
    added = []
    for source in sources.iterator(chunk_size=BATCH):
        row = copy.copy(source)
        row.pk, row.language, row.state = None, language, State.MISSING
        row.translated, row.words_to_do, row.updated_at = 0, source.words, timezone.now()
        row.published_state, row.published_translated = State.MISSING, 0
        row.published_words_to_do = source.published_words
        added.append(row)
    TranslationState.objects.bulk_create(added, batch_size=BATCH)
