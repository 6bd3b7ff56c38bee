"""Log entries name pages in their source language, whatever language the admin was in.

Wagtail's actions take the titles that they log from `get_admin_display_title()`, which is the
reader's language; what is stored must not depend on it. Other objects are logged by the name that
they have in the default language.
"""

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import translation
from wagtail.models import (
    ModelLogEntry,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    get_default_page_content_type,
)

from lihsite.multilingual.contents import as_stored
from lihsite.multilingual.joining import changed_languages
from lihsite.multilingual.languages import DEFAULT_LANGUAGE, column, language_codes

EDITS = frozenset({"wagtail.create", "wagtail.edit", "wagtail.revert"})
"""The actions that the log has of a change to a draft."""

PUBLICATIONS = frozenset(
    {"wagtail.publish", "wagtail.publish.schedule", "wagtail.publish.scheduled"}
)
UNPUBLICATIONS = frozenset({"wagtail.unpublish", "wagtail.unpublish.scheduled"})
"""The actions of Wagtail that put the whole page live, or take it off."""


@receiver(pre_save, sender=PageLogEntry)
def name_pages_in_source_language(sender, instance, **kwargs):
    if instance.pk:
        return
    name_restriction_in_default_language(instance.data)
    base_page_model = get_default_page_content_type().model_class()
    named = [
        value
        for value in instance.data.values()
        if isinstance(value, dict) and {"id", "title"} <= value.keys()
    ]
    ids = {value["id"] for value in named} | {instance.page_id}
    pages = base_page_model.objects.in_bulk(ids)
    if instance.page_id in pages:
        page = pages[instance.page_id]
        instance.label = page.draft_title or page.title
    for value in named:
        if value["id"] in pages:
            page = pages[value["id"]]
            value["title"] = page.draft_title or page.title


@receiver(pre_save, sender=PageLogEntry)
def note_languages(sender, instance, **kwargs):
    """Keep with an edit which languages it changed, so that the history can be read by language."""
    if instance.pk or instance.action not in EDITS or not instance.revision_id:
        return
    edits = PageLogEntry.objects.filter(page_id=instance.page_id, action__in=EDITS)
    revision = instance.revision
    is_saved_again = edits.filter(revision=revision).exists()
    before = (is_saved_again and instance.page.replaced_content) or previous_content(revision)
    model = revision.content_type.model_class()
    languages, shared = changed_languages(model, before, as_stored(revision.content))
    noted = noted_before(edits, instance)
    languages = {*languages, *noted.get("languages", ())}
    instance.data = {
        **instance.data,
        "languages": [code for code in language_codes() if code in languages],
        "shared": shared or noted.get("shared", False),
    }


def previous_content(revision: Revision) -> dict:
    """What the draft was before the revision was made; others may have saved since."""
    try:
        return revision.get_previous().content
    except Revision.DoesNotExist:
        return {}


def noted_before(edits, entry) -> dict:
    """The data of the last entry that the history shows this one in the place of, if any."""
    if not entry.uuid:
        return {}
    replaced = edits.filter(uuid=entry.uuid, action=entry.action).order_by("-timestamp", "-pk")
    return replaced.values_list("data", flat=True).first() or {}


@receiver(pre_save, sender=PageLogEntry)
def note_live_languages(sender, instance, **kwargs):
    """Keep with a publication of the whole page which languages visitors get by it, or lose."""
    if instance.pk or instance.action not in PUBLICATIONS | UNPUBLICATIONS:
        return
    if instance.revision_id:
        content = instance.revision.content
    else:
        columns = [column("live_in", language) for language in language_codes()]
        base_page_model = get_default_page_content_type().model_class()
        content = base_page_model.objects.filter(pk=instance.page_id).values(*columns).first() or {}
    languages = [code for code in language_codes() if content.get(column("live_in", code))]
    instance.data = {**instance.data, "languages": languages, "shared": True}


def name_restriction_in_default_language(data: dict):
    """Wagtail logs a privacy setting by its translated label."""
    restriction = data.get("restriction")
    if restriction and "type" in restriction:
        labels = dict(PageViewRestriction.RESTRICTION_CHOICES)
        with translation.override(DEFAULT_LANGUAGE):
            restriction["title"] = str(labels.get(restriction["type"], ""))


@receiver(pre_save, sender=ModelLogEntry)
def name_objects_in_default_language(sender, instance, **kwargs):
    """Wagtail names sites and site settings in the active language ("institute for …")."""
    model = instance.content_type.model_class()
    if instance.pk or model is None:
        return
    logged = model._base_manager.filter(pk=instance.object_id).first()
    if logged and instance.label == str(logged):
        with translation.override(DEFAULT_LANGUAGE):
            instance.label = str(logged)
