"""Which translations a person sees in the workspace, and where each of them is edited."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry

from lihsite.models import BasePage, TranslationState
from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.states import State
from lihsite.multilingual.tracking import tracked_models

TRANSLATED = [state for state in State if state != State.SOURCE]
"""The states of translations; the source language is none."""

OPENING = ["change", "publish"]
"""Wagtail's permissions of which one is needed to see an object's translations."""


def translations() -> QuerySet[TranslationState]:
    """All that there is to translate: objects with a text, but no aliases, which have no own."""
    aliases = BasePage.objects.exclude(alias_of=None).order_by()
    return TranslationState.objects.filter(
        language__in=language_codes(), state__in=TRANSLATED, segments__gt=0
    ).exclude(page__in=aliases.values("pk"))


def visible_states(user) -> QuerySet[TranslationState]:
    """The translations of all objects that the user may open in the admin."""
    states = translations()
    if user.is_superuser:
        return states
    pages = policy_registry.get_by_type(BasePage)
    seen = Q(page__in=pages.instances_user_has_any_permission_for(user, OPENING).values("pk"))
    for model in tracked_models():
        policy = policy_registry.get_by_type(model)
        if policy.user_has_any_permission(user, OPENING):
            objects = policy.instances_user_has_any_permission_for(user, OPENING)
            kind = ContentType.objects.get_for_model(model)
            seen |= Q(content_type=kind, object_id__in=objects.values("pk"))
    return states.filter(seen)


def may_use_desk(user) -> bool:
    """Whoever may open pages, or writes in some language."""
    policy = policy_registry.get_by_type(BasePage)
    return policy.user_has_any_permission(user, OPENING) or bool(writable_languages(user))


class Addresses:
    """Where the translations are edited, for one user and one list that they come from."""

    def __init__(self, user, listing: str = ""):
        self.finder = AdminURLFinder(user)
        self.writable = writable_languages(user)
        self.listing = listing

    def of(self, state: TranslationState) -> str | None:
        """The view of a page and language side by side, or the form of any other object.

        None where the user may not open the form.
        """
        if state.page_id:
            return self.of_page(state.page_id, state.language)
        url = self.finder.get_edit_url(state.content_object) if state.content_object else None
        return url and f"{url}#tab-language_{state.language}"

    def of_page(self, page_id: int, language: str) -> str:
        """The view of a page and language side by side.

        The list, a query string of the desk, goes along so that the view can offer the next one.
        Who does not write the language can look at the page.
        """
        if language not in self.writable:
            return reverse("wagtailadmin_pages:edit", args=[page_id])
        url = reverse("translating:translate", args=[page_id, language])
        return f"{url}?{urlencode({'list': self.listing})}" if self.listing else url
