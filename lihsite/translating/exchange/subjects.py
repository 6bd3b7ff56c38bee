"""What texts are exchanged of: pages with their drafts, and people, pictures, settings without."""

from collections.abc import Iterable
from functools import cached_property

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import log
from wagtail.models import AbstractPage, RevisionMixin
from wagtail.permissions import policy_registry

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.segments import Segment, instance_values
from lihsite.multilingual.stored_states import name_of
from lihsite.multilingual.tracking import TrackedTexts
from lihsite.pages.base_page import BasePage
from lihsite.translating.drafts import (
    machine_translated_in,
    segments_by_name,
    specific_pages,
)

from .documents import KEY


def key_of(instance) -> str:
    """The name of an object in files and in what is kept of an export."""
    number = str(instance.pk)
    return (
        number if isinstance(instance, AbstractPage) else f"{instance._meta.label_lower}:{number}"
    )


class Subject:
    """An object with texts in several languages, as it is now."""

    unknown_text = gettext_lazy("there is no such text here")

    def __init__(self, instance):
        self.instance, self.key = instance, key_of(instance)
        self.source_language = source_language_of(instance)

    @cached_property
    def content(self) -> dict:
        """The texts and what is recorded of them, as a draft has it."""
        return {
            **instance_values(self.instance, language_codes()),
            "translation_sources": self.instance.translation_sources,
        }

    @property
    def title(self) -> str:
        return name_of(self.instance)

    def segments(self, language: str) -> dict[str, Segment]:
        return segments_by_name(type(self.instance), self.content, language)

    def recorded(self, language: str) -> dict[str, str]:
        """The fingerprint of the source text that each segment was translated from."""
        return (self.content.get("translation_sources") or {}).get(language, {})

    def unconfirmed(self, language: str, translations: dict[str, Segment]) -> set[str]:
        return machine_translated_in(self.content, language, translations)

    def edit_url(self, user=None) -> str:
        """Where it is edited; empty where the user may not."""
        return AdminURLFinder(user).get_edit_url(self.instance) or ""

    def may_edit(self, user) -> bool:
        policy = policy_registry.get_by_type(type(self.instance))
        return policy.user_has_permission_for_instance(user, "change", self.instance)

    def reasons_against(self, user, language: str) -> list[str]:
        """Why the user cannot write the language here."""
        if language not in writable_languages(user) or not self.may_edit(user):
            return [
                _("You may not change this in %(language)s.")
                % {"language": language_name(language)}
            ]
        return []

    def draft(self):
        """The object in memory, to be changed."""
        return self.instance

    def save(self, changed, user) -> None:
        """Save it with the texts that were changed in memory."""
        changed.save()
        revision = None
        if isinstance(changed, RevisionMixin):
            revision = changed.save_revision(user=user)
        log(changed, "wagtail.edit", user=user, revision=revision, content_changed=True)


class PageSubject(Subject):
    """A page: its newest draft is what is exchanged and written."""

    unknown_text = gettext_lazy("there is no such text on the page")

    @cached_property
    def content(self) -> dict:
        return self.instance.get_draft_content()

    @property
    def title(self) -> str:
        return self.instance.get_admin_display_title()

    def edit_url(self, user=None) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.instance.pk])

    def reasons_against(self, user, language: str) -> list[str]:
        permissions = self.instance.permissions_for_user(user)
        if language not in writable_languages(user) or not permissions.can_edit():
            return [
                _("You may not change the %(language)s of this page.")
                % {"language": language_name(language)}
            ]
        if permissions.page_locked() or self.instance.alias_of_id:
            return [_("The page is locked.")]
        return []

    def draft(self):
        return self.instance.get_latest_revision_as_object()

    def save(self, changed, user) -> None:
        changed.save_revision(user=user, log_action=True)


def subjects_of(objects: Iterable) -> list[Subject]:
    """The pages as they are in the order of the tree, without aliases; then the other objects."""
    objects = list(objects)
    pages = specific_pages([one for one in objects if isinstance(one, AbstractPage)])
    others = [one for one in objects if not isinstance(one, AbstractPage)]
    return [*map(PageSubject, pages), *map(Subject, others)]


def subjects_named(keys: Iterable[str], *, lock: bool = False) -> dict[str, Subject]:
    """The objects that the keys name, as far as they are there.

    With `lock` nobody else can save them until the transaction ends.
    """
    numbers: dict[type[models.Model], set[int]] = {}
    for key in keys:
        match = KEY.fullmatch(key)
        model = match and model_named(match[1])
        if model:
            numbers.setdefault(model, set()).add(int(match[2]))
    found = []
    for model in sorted(numbers, key=lambda model: model._meta.label):
        rows = model.objects.filter(pk__in=numbers[model]).order_by("pk")
        if lock:
            list(rows.select_for_update().values_list("pk"))
        if model is BasePage:
            pages = rows.prefetch_related("latest_revision").specific()
            found += [PageSubject(page) for page in pages]
        else:
            found += map(Subject, rows)
    return {subject.key: subject for subject in found}


def model_named(label: str | None) -> type[models.Model] | None:
    """The model that a key names: pages have no name, others need to have tracked texts."""
    if label is None:
        return BasePage
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if issubclass(model, TrackedTexts) else None


def objects_of_states(states) -> list:
    """The pages and other objects whose translations the states are, each once."""
    rows = list(states)
    pages = {row.page_id for row in rows if row.page_id}
    others: dict[int, set[int]] = {}
    for row in rows:
        if not row.page_id:
            others.setdefault(row.content_type_id, set()).add(row.object_id)
    types = ContentType.objects.in_bulk(others)
    found = list(BasePage.objects.filter(pk__in=pages))
    for kind, numbers in others.items():
        found += types[kind].model_class().objects.filter(pk__in=numbers).order_by("pk")
    return found
