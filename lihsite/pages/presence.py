"""Who else is on a page, and in which language: shown beside its title, and kept up to date."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.admin.utils import get_user_display_name
from wagtail.models import get_default_page_content_type

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.loaded_drafts import LoadedDraft

PING = "lihsite_presence"
"""The name of the address that open forms tell that they are open, every few seconds."""

LATELY = timedelta(minutes=2)
"""For how long somebody who has saved is said to be editing."""

ONCE_A_DAY = timedelta(days=1)


def presence_module(loaded: LoadedDraft, session: EditingSession) -> EditingSessionsModule:
    """Wagtail's module, which asks us who is here, and warns of no newer revision."""
    loaded.session = session
    loaded.save(update_fields=["session"])
    module = EditingSessionsModule(session, ping_url(loaded), release_url(session), [])
    module.sessions_list = PresentPeople(loaded)
    return module


def ping_url(loaded: LoadedDraft) -> str:
    return reverse(PING, args=[loaded.page_id, loaded.pk])


def release_url(session: EditingSession) -> str:
    return reverse("wagtailadmin_editing_sessions:release", args=[session.pk])


@dataclass(frozen=True)
class Person:
    """Somebody with the page open in a language."""

    user: object
    language: str
    is_reader: bool
    is_editing: bool
    is_idle: bool

    @property
    def code(self) -> str:
        return self.language.upper()

    @property
    def says(self) -> str:
        """A sentence such as "Anna is editing the French"."""
        values = {
            "name": get_user_display_name(self.user),
            "language": language_name(self.language) if self.language else "",
        }
        if self.is_reader:
            text = (
                _("You have the %(language)s open in another window")
                if self.language
                else _("You have this page open in another window")
            )
        elif self.is_editing:
            text = (
                _("%(name)s is editing the %(language)s")
                if self.language
                else _("%(name)s is editing what all languages share")
            )
        elif self.language:
            text = _("%(name)s has the %(language)s open")
        else:
            text = _("%(name)s has this page open")
        return text % values


class PresentPeople(Component):
    """The others who have the page open: one entry for each language that somebody is in."""

    template_name = "lihsite/admin/presence.html"

    def __init__(self, loaded: LoadedDraft):
        self.loaded = loaded

    def get_context_data(self, parent_context):
        return {"people": self.people}

    @cached_property
    def people(self) -> list[Person]:
        others = (
            LoadedDraft.objects.present()
            .filter(page_id=self.loaded.page_id)
            .exclude(pk=self.loaded.pk)
            .select_related("session", "user", "user__wagtail_userprofile")
            .defer("content")
            .order_by("session_id")
        )
        people: dict[tuple, list[LoadedDraft]] = {}
        for other in others:
            people.setdefault((other.user, other.language), []).append(other)
        return [
            Person(
                user,
                language,
                is_reader=user == self.loaded.user,
                is_editing=any(is_editing(form) for form in forms),
                is_idle=all(form.session.is_idle for form in forms),
            )
            for (user, language), forms in people.items()
        ]


def is_editing(loaded: LoadedDraft) -> bool:
    """Whether there is something unsaved in the form, or it has been saved lately."""
    saved_lately = loaded.saved_at and loaded.saved_at > timezone.now() - LATELY
    return bool(loaded.session.is_editing or saved_lately)


@require_POST
def ping(request, page_id, name):
    """Take note that a form is open and in which language; answer who else is on the page."""
    loaded = get_object_or_404(
        LoadedDraft.objects.select_related("page", "session").defer("content"),
        pk=name,
        page_id=page_id,
        user=request.user,
    )
    if not loaded.page.permissions_for_user(request.user).can_edit():
        raise Http404
    with transaction.atomic():
        _note_presence(loaded, request.POST)
    people = PresentPeople(loaded)
    return JsonResponse(
        {
            "session_id": loaded.session.pk,
            "ping_url": ping_url(loaded),
            "release_url": release_url(loaded.session),
            "other_sessions": [
                {"user": get_user_display_name(person.user), "language": person.language}
                for person in people.people
            ],
            "html": people.render_html(),
        }
    )


def _note_presence(loaded: LoadedDraft, data) -> None:
    now = timezone.now()
    session = loaded.session or EditingSession(
        # It was released when the form was left; the browser has gone back to it.
        user=loaded.user,
        content_type=get_default_page_content_type(),
        object_id=loaded.page_id,
    )
    session.last_seen_at, session.is_editing = now, data.get("is_editing") == "1"
    session.save()
    language = data.get("language", loaded.language)
    language = language if language in language_codes() else ""
    before = (loaded.session_id, loaded.language)
    if before != (session.pk, language) or loaded.last_used_at < now - ONCE_A_DAY:
        loaded.session, loaded.language, loaded.last_used_at = session, language, now
        loaded.save(update_fields=["session", "language", "last_used_at"])
    loaded.session = session
