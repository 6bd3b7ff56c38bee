"""Keeps what a deletion takes with it, as it was before anything of it was gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.deletion import Collector
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry, ReferenceIndex, get_default_page_content_type

from lihsite.batches import batches
from lihsite.multilingual.languages import addresses_in, column, language_codes
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import ends, kept_until, page_deleting
from lihsite.plain_rows import read, table_of

from .models import DeletedPage, DeletedRow

DERIVED = {"search", "wagtailsearch"}
"""The apps whose rows are made anew from what is restored."""

BATCH = 200


@receiver(page_deleting)
def keep(sender, page, **kwargs) -> DeletedPage | None:
    """Keep the page with all below it. Raises ProtectedError and RestrictedError as Django would.

    What is kept is what Django's own collector says that the deletion takes. The pages that Wagtail
    brings are of no type of the site's: nobody wrote them.
    """
    if page.specific_class in (None, BasePage):
        return None
    below = BasePage.objects.filter(path__startswith=page.path)
    collector = Collector(using=below.db)
    collector.collect(below.order_by())
    keys = keys_by_model(collector)
    entry = describe(page, keys[BasePage])
    DeletedPage.objects.filter(page_key=page.pk).delete()
    entry.save()
    rows = (
        DeletedRow(
            page=entry,
            kind=DeletedRow.Kind.ROW,
            model=model._meta.label,
            key=str(row[table_of(model).key.name]),
            values=row,
            ends_at=moments.get(row[table_of(model).key.name]),
        )
        for model, of_model in keys.items()
        for moments in [moments_of(model, of_model)]
        for row in read(table_of(model), of_model)
    )
    store(rows)
    store(links(collector, keys, entry))
    return entry


def keys_by_model(collector: Collector) -> dict[type[models.Model], set]:
    keys = defaultdict(set)
    for model, instances in collector.data.items():
        keys[model].update(instance.pk for instance in instances)
    for rows in collector.fast_deletes:
        keys[rows.model].update(rows.values_list("pk", flat=True))
    return {model: found for model, found in keys.items() if model._meta.app_label not in DERIVED}


def moments_of(model: type[models.Model], keys: set) -> dict[object, datetime]:
    """When rows of the model end by themselves, as the model's app says."""
    if model not in ends:
        return {}
    return ends[model](model._base_manager.filter(pk__in=keys))


def links(collector: Collector, keys: dict, entry: DeletedPage) -> Iterator[DeletedRow]:
    """The references elsewhere that Django empties."""
    for (field, _value), groups in collector.field_updates.items():
        for group in groups:
            for instance in group:
                if instance.pk not in keys.get(field.model, ()):
                    yield link(field, instance, entry)


def link(field: models.Field, instance: models.Model, entry: DeletedPage) -> DeletedRow:
    return DeletedRow(
        page=entry,
        kind=DeletedRow.Kind.LINK,
        model=field.model._meta.label,
        key=str(instance.pk),
        values={field.column: field.value_from_object(instance)},
    )


def store(rows: Iterable[DeletedRow]) -> None:
    for batch in batches(rows, BATCH):
        DeletedRow.objects.bulk_create(batch)


def describe(page: BasePage, keys: set) -> DeletedPage:
    """The entry of a page, with what lists say of it."""
    parent = page.get_parent()
    rows = BasePage.objects.filter(path__startswith=page.path)

    def by_language(name: str) -> dict[str, str]:
        return {code: getattr(page, column(name, code)) for code in language_codes()}

    titles = {**by_language("title"), **{k: v for k, v in by_language("draft_title").items() if v}}
    return DeletedPage(
        page_key=page.pk,
        page_type=page.specific_class._meta.label,
        parent=parent,
        source_language=page.source_language,
        titles={code: title for code, title in titles.items() if title},
        addresses=addresses_of(page),
        path=page.path,
        url_paths=by_language("url_path"),
        slugs=by_language("slug"),
        pages=len(keys),
        was_live=rows.filter(live=True).exists(),
        referring=referring_to(keys),
        deleted_by=who_deletes(page),
        kept_until=kept_until(),
    )


def addresses_of(page: BasePage) -> dict[str, str]:
    addresses = {}
    for code in language_codes():
        with addresses_in(code):
            if url := page.get_url():
                addresses[code] = url
    return addresses


def referring_to(keys: set) -> list[tuple[str, str]]:
    """What leads to the pages from outside, as Wagtail's index of references knows it."""
    pages = get_default_page_content_type()
    found = set()
    for some in batches(sorted(keys), BATCH):
        references = ReferenceIndex.objects.filter(
            to_content_type=pages, to_object_id__in=[str(key) for key in some]
        ).select_related("base_content_type")
        for reference in references:
            model = reference.base_content_type.model_class()
            is_inside = model is BasePage and int(reference.object_id) in keys
            if model and not is_inside:
                found.add((model._meta.label, reference.object_id))
    return sorted(found)


def who_deletes(page: BasePage):
    """The user whose request this is; else whom Wagtail has just named in the log, if anybody."""
    if user := get_active_log_context().user:
        return user if user.is_authenticated else None
    deletion = PageLogEntry.objects.filter(page_id=page.pk).order_by("-timestamp", "-pk").first()
    if deletion is None or deletion.action != "wagtail.delete":
        return None
    return apps.get_model(settings.AUTH_USER_MODEL).objects.filter(pk=deletion.user_id).first()
