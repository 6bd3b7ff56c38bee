"""What an open form of a page has loaded, and what it says of it when it posts.

The form names its `LoadedDraft`: the ancestor by which what it saves is merged (`merging.py`).
"""

import uuid

from django.db import transaction
from django.forms import CharField, HiddenInput
from django.utils.functional import cached_property

from lihsite.multilingual.contents import as_stored
from lihsite.multilingual.loaded_drafts import LoadedDraft, hold_page, load_draft
from lihsite.multilingual.merging import identified
from lihsite.multilingual.permissions import writable_languages
from lihsite.pages.forms import first_language
from lihsite.pages.presence import presence_module

LOADED_DRAFT = "loaded_draft"
"""The name of the form's hidden field, and in addresses of language tabs."""

SAVE_NUMBER = "save_number"
"""The name of the hidden field that counts what the form has saved (`last-words.js`)."""

TAB_PARAMETER = "language_tab"
"""Asks for the fields of one language alone, for a form that is open already."""


class LoadedFormMixin:
    """For edit views: a form that knows what it was loaded with, and who else is on the page."""

    loaded_draft: LoadedDraft | None = None

    def dispatch(self, request, page_id, **kwargs):
        """A save of the form is over before a language's texts are taken over, or waits for it."""
        if TAB_PARAMETER not in request.GET:
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            hold_page(page_id)
            return super().dispatch(request, page_id, **kwargs)

    def get(self, request, *args, **kwargs):
        if not self.page.alias_of_id and TAB_PARAMETER not in request.GET:
            self.load_page()
            self.loaded_draft = load_draft(
                self.page,
                request.user,
                self.draft_content,
                self.first_language(),
                # A page that has just been created goes on being saved into its first revision.
                revision=self.latest_revision if self.hydrate_create_view else None,
            )
        return super().get(request, *args, **kwargs)

    @cached_property
    def draft_content(self) -> dict:
        """The newest draft's content, in which each block has an id."""
        return identified(self.page_class, self.real_page_record.specific.get_draft_content())

    def load_page(self):
        """Let the form show blocks by the ids that they are merged by."""
        latest = self.latest_revision and self.latest_revision.content
        if not self.is_reverting and as_stored(latest or {}) != self.draft_content:
            self.page = self.page_from(self.draft_content)

    def page_from(self, content: dict):
        return self.real_page_record.specific.with_content_json(content)

    def first_language(self) -> str | None:
        """The language that the form is opened in."""
        return first_language(self.page, writable_languages(self.request.user))

    def reload_language(self, language: str):
        """Take note that the form now shows the newest texts of a language; see `LoadedDraft`."""
        loaded = self.find_loaded_draft(self.request.GET.get(LOADED_DRAFT))
        if loaded and loaded.content:
            self.load_page()
            loaded.reload_language(language, self.draft_content)

    def find_loaded_draft(self, name: str | None) -> LoadedDraft | None:
        """What the named form had loaded; without content if that is not known any more."""
        if not name:
            return None
        try:
            found = LoadedDraft.objects.filter(pk=uuid.UUID(name)).first()
        except ValueError:
            found = None
        if found and (found.user, found.page_id) == (self.request.user, self.page.pk):
            return found
        return LoadedDraft(page_id=self.page.pk, user=self.request.user, content=None)

    def find_posted_draft(self) -> None:
        if not self.page.alias_of_id:
            self.loaded_draft = self.find_loaded_draft(self.request.POST.get(LOADED_DRAFT))

    @cached_property
    def save_number(self) -> int | None:
        """The number that the browser gives to this save of the form."""
        number = self.request.POST.get(SAVE_NUMBER, "")
        return int(number) if number.isdecimal() and len(number) < 12 else None

    @property
    def is_late(self) -> bool:
        """Whether the form has already saved more than this autosave brings."""
        number = self.save_number if self.expects_json_response else None
        return number is not None and number <= self.loaded_draft.saves

    def get_context_data(self, **kwargs):
        if self.loaded_draft:
            for name, value in (
                (LOADED_DRAFT, str(self.loaded_draft.pk)),
                (SAVE_NUMBER, str(self.loaded_draft.saves)),
            ):
                hidden = HiddenInput(attrs={"id": None})
                self.form.fields[name] = CharField(required=False, widget=hidden)
                self.form.initial[name] = value
        return {**super().get_context_data(**kwargs), "loaded_draft": self.loaded_draft}

    def get_editing_sessions(self):
        """Who else is here, without Wagtail's warning that saving would overwrite their work."""
        module = super().get_editing_sessions()
        if not self.loaded_draft:
            return module
        return presence_module(self.loaded_draft, module.current_session)
