"""The translate view: a page's texts in one language, each beside its source."""

import json
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lihsite.multilingual.languages import language_codes, language_name, language_name_local
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.reviews import LanguageReview, open_review
from lihsite.multilingual.states import progress_of
from lihsite.pages.editing import MultilingualEditView
from lihsite.translating.desk import next_in_list
from lihsite.translating.machine.providers import provider
from lihsite.translating.next_page import next_to_translate
from lihsite.translating.publish_actions import publish_or_ask, publish_ready, submit_now
from lihsite.translating.source_side import SourceSide, readable_languages
from lihsite.translating.translate_actions import (
    PUBLISH,
    PUBLISH_READY,
    SUBMIT,
    TranslateActions,
)
from lihsite.translating.translation_form import (
    SEEN,
    seen_sources,
    structure_changes,
    translation_handler,
    with_empty_streams_laid_out,
)

FILTERS = ("all", "untranslated", "outdated", "machine")
KEPT_PARAMETERS = ("from", "show", "list")
"""What the address holds besides the page and the language, and each save leads back to."""

PROGRESS = gettext_lazy("%(translated)s of %(total)s segments, words to do: %(words)s")
KEYS = [
    {"label": gettext_lazy("Next segment to do"), "keys": "Ctrl + Enter"},
    {"label": gettext_lazy("Previous segment to do"), "keys": "Ctrl + Shift + Enter"},
    {"label": gettext_lazy("Copy the source"), "keys": "F2"},
    {"label": gettext_lazy("Still right, or confirmed"), "keys": "F4"},
    {"label": gettext_lazy("Use the first suggestion"), "keys": "F9"},
    {"label": gettext_lazy("Save draft"), "keys": "Ctrl + S"},
    {"label": gettext_lazy("Publish, or submit for review"), "keys": "F8"},
    {"label": gettext_lazy("Publish all that are ready"), "keys": "Shift + F8"},
    {"label": gettext_lazy("Next language"), "keys": "Shift + F2"},
    {"label": gettext_lazy("Next page"), "keys": "Shift + F4"},
    {"label": gettext_lazy("Preview"), "keys": "Ctrl + P"},
]


def translate_url(page_id: int, language: str, **parameters) -> str:
    url = reverse("translating:translate", args=[page_id, language])
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{url}?{query}" if query else url


class TranslateView(MultilingualEditView):
    """Wagtail's edit view of a page with the fields of one language, beside their source.

    It saves, autosaves, previews and comments as the edit view does. Publishing and reviews
    concern the language alone.
    """

    partials_template_name = "lihsite/admin/translate_partials.html"

    def dispatch(self, request, page_id, language, **kwargs):
        if language not in language_codes():
            raise Http404
        if language not in writable_languages(request.user):
            raise PermissionDenied
        self.language = language
        return super().dispatch(request, page_id, **kwargs)

    def get(self, request, *args, **kwargs):
        if self.page.alias_of_id or self.page.source_language == self.language:
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        self._use_translation_form()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.page.source_language == self.language:
            raise Http404
        self._use_translation_form()
        return super().post(request, *args, **kwargs)

    def _use_translation_form(self):
        self.edit_handler = translation_handler(self.page_class, self.language)
        self.form_class = self.edit_handler.get_form_class()

    @cached_property
    def draft_content(self) -> dict:
        """The newest draft; an empty language starts from the structure of its source."""
        return with_empty_streams_laid_out(self.page_class, super().draft_content, self.language)

    # Where it is

    def first_language(self):
        return self.language

    def get_template_names(self):
        if self.expects_json_response:
            return [self.partials_template_name]
        return ["lihsite/admin/translate.html"]

    def get_page_title(self):
        return _("Translating into %(language)s") % {"language": language_name(self.language)}

    def get_edit_url(self):
        kept = {name: self.request.GET.get(name) for name in KEPT_PARAMETERS}
        return translate_url(self.page.pk, self.language, **kept)

    def get_preview_url(self):
        return reverse("translating:preview", args=[self.page.pk, self.language])

    def redirect_and_remain(self):
        return redirect(self.get_edit_url())

    def redirect_away(self):
        return self.redirect_and_remain()

    # What it does with the language

    @cached_property
    def action_name_and_method(self):
        """Each action saves a draft first, which may be incomplete."""
        if self.request.POST.get(PUBLISH):
            return ("save", self.publish_language_action)
        if self.request.POST.get(PUBLISH_READY):
            return ("save", self.publish_ready_action)
        if self.request.POST.get(SUBMIT):
            return ("save", self.submit_language_action)
        return ("save", self.save_action)

    def publish_language_action(self):
        """Publish what has just been saved, or show what is missing or outdated, and ask."""
        return self._after_saving(publish_or_ask)

    def publish_ready_action(self):
        response = self.save_action()
        if self.has_unsaved_changes:
            return response
        return publish_ready(self.request, self.page, self.get_edit_url())

    def submit_language_action(self):
        return self._after_saving(submit_now)

    def _after_saving(self, act):
        response = self.save_action()
        if self.has_unsaved_changes:
            return response
        return act(self.request, self.page, self.language, next_url=self.get_edit_url())

    # What it shows

    @cached_property
    def reading(self) -> str:
        """The language that is read on the left: the one asked for, if it has a text."""
        wanted = self.request.GET.get("from")
        return wanted if wanted in self.readable else self.page.source_language

    @cached_property
    def readable(self) -> list[str]:
        return readable_languages(self.page, self.language)

    @cached_property
    def source_side(self) -> SourceSide:
        return SourceSide(self.page, self.language, self.reading)

    @cached_property
    def review(self) -> LanguageReview | None:
        return open_review(self.page, self.language)

    def get_action_menu(self):
        return TranslateActions(
            self.request,
            review=self.review,
            page=self.page,
            language=self.language,
            lock=self.lock,
            locked_for_user=self.locked_for_user,
        )

    def get_context_data(self, **kwargs):
        if self.expects_json_response:
            seen = seen_sources(self.request.POST)
            return super().get_context_data(
                source_data={"segments": self.source_side.segments(except_for=seen)}, **kwargs
            )
        self.source_side.keep_texts()
        shown = self.request.GET.get("show")
        return super().get_context_data(
            source_data=self.source_side.as_data(),
            seen_name=SEEN,
            fingerprints=json.dumps(self.source_side.fingerprints()),
            progress=progress_of(self.page, self.language),
            structure_changes=structure_changes(self.page, self.language),
            review=self.review,
            show=shown if shown in FILTERS else FILTERS[0],
            language=self.language,
            language_name=language_name(self.language),
            readings=self._links(self.readable, self.reading, self._reading_url),
            translations=self._links(self._writable, self.language, self._language_url),
            next_translation_url=self._next_url(),
            progress_format=PROGRESS,
            keys=KEYS,
            suggestions_url=reverse("translating:suggestions", args=[self.page.pk, self.language]),
            machine=provider(),
            **kwargs,
        )

    @property
    def _writable(self) -> list[str]:
        codes = writable_languages(self.request.user)
        return [code for code in codes if code != self.page.source_language]

    def _links(self, codes, current, url_of) -> list[dict]:
        return [
            {
                "code": code,
                "name": language_name_local(code),
                "url": url_of(code),
                "is_current": code == current,
            }
            for code in codes
        ]

    def _reading_url(self, code) -> str:
        kept = {name: self.request.GET.get(name) for name in ("show", "list")}
        return translate_url(self.page.pk, self.language, **{"from": code}, **kept)

    def _language_url(self, code) -> str:
        kept = {name: self.request.GET.get(name) for name in ("show", "list")}
        return translate_url(self.page.pk, code, **kept)

    def _next_url(self) -> str | None:
        """The next one of the desk's list that the reader comes from; else the next page."""
        listing = self.request.GET.get("list")
        state = self.page.translation_states.filter(language=self.language).first()
        if listing and state:
            return next_in_list(self.request.user, listing, state)
        following = next_to_translate(self.request.user, self.page, self.language)
        return following and translate_url(following.pk, self.language)
