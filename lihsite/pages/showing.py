"""What is shown of a page, and in which language: to visitors, in previews, in the admin."""

from collections.abc import Callable

from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.fields import StreamField

from lihsite.blocks.preload import preload
from lihsite.multilingual.addresses import HOME_DEPTH
from lihsite.multilingual.languages import (
    active_language,
    addresses_in,
    column,
    language_codes,
    language_name,
)
from lihsite.multilingual.registration import translated_fields
from lihsite.multilingual.shown import Shown, first_language
from lihsite.pages.frame import page_frame
from lihsite.pages.structured_data import (
    breadcrumb_list,
    organization,
    web_page,
    website,
)

preview_marks: list[Callable[[object, object], dict[str, str]]] = []
"""What is to be said of a page that a user previews, by a name in an HTML attribute.

Rooms above register theirs; the content checks of the preview read them.
"""


class ShowingMixin:
    """Shows a page in one language, never field by field."""

    falls_back = True
    """Whether an address in a language that is not live shows the page in another one."""

    previewed_language: str | None = None
    preview_marks: dict[str, str] = {}

    @property
    def live_languages(self) -> list[str]:
        """The languages that visitors get once the page is live, in settings' order."""
        return [code for code in language_codes() if getattr(self, column("live_in", code))]

    @property
    def shown_language(self) -> str | None:
        """The language in which a visitor of the active language gets the page; None for none."""
        if self.previewed_language:
            return self.previewed_language
        if self.is_under_embargo and not self.reviewer_link:
            return None
        return first_language(self.live_languages, active_language(), self.source_language)

    @property
    def shown(self) -> Shown:
        """The page in the one language in which it is shown to a visitor."""
        return Shown(self, self.shown_language or self.source_language)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(
            shown=self.shown,
            # A secret address is told to no machine.
            alternates=[] if self.reviewer_link else self.get_alternates(request),
            canonical_url="" if self.reviewer_link else self.get_canonical_url(request),
            **page_frame(self, request),
        )
        return context

    def get_structured_data(self, request, context) -> list[dict]:
        """The nodes of the page's JSON-LD; `context` is the one that its template has."""
        nodes = [
            organization(request, context["institute"]),
            website(request, self.shown.language),
            self.get_content_node(request, context),
        ]
        if self.depth > HOME_DEPTH:
            nodes.append(breadcrumb_list(request, self.get_trail(request, context)))
        return nodes

    def get_trail(self, request, context) -> list[tuple[str, str]]:
        """Titles and addresses of the way to the page, itself included, below the home page."""
        above = [(link.title, link.url) for link in context["breadcrumbs"]]
        return [*above, (self.shown.title, self.get_canonical_url(request))]

    def get_content_node(self, request, context) -> dict:
        """What the page is about, for its JSON-LD; page types with a type of their own say more."""
        return web_page(self, request)

    def get_search_facts(self, language: str) -> dict:
        """What the page is found, filtered and sorted by beside its text; see `Findable`."""
        return {}

    def get_shown_streams(self) -> list:
        """The streams that rendering will read, so that what they refer to is fetched at once."""
        shown = self.shown
        return [
            getattr(shown, name)
            for name in translated_fields(type(self))
            if isinstance(self._meta.get_field(name), StreamField)
        ]

    def get_pictures(self) -> list[tuple]:
        """Pairs of an object and the name of its foreign key to a picture, of all that are shown.

        Called after `get_context`, whose objects it may name.
        """
        return []

    def serve(self, request, *args, **kwargs):
        """Render the page in the visitor's frame; a language that is not live may be refused."""
        language = active_language()
        if not self.falls_back and not self.previewed_language and self.shown_language != language:
            return TemplateResponse(
                request,
                "lihsite/not_in_language.html",
                {"page": self, **page_frame(self, request)},
                status=404,
            )
        with addresses_in(language):
            return self._rendered(super().serve(request, *args, **kwargs))

    def _rendered(self, response):
        """The response, rendered now: in the language that is active, from what was preloaded."""
        if hasattr(response, "render") and not response.is_rendered:
            pictures = [*self.get_pictures(), (self, "social_image")]
            with preload(self.get_shown_streams(), pictures):
                response.render()
        return response

    def get_admin_display_title(self):
        """The draft's title in the reader's language, else in the source language."""
        language = active_language()
        return (
            getattr(self, column("draft_title", language))
            or getattr(self, column("title", language))
            or super().get_admin_display_title()
        )

    @property
    def preview_modes(self):
        """One preview for each language."""
        return [(code, language_name(code)) for code in language_codes()]

    @property
    def default_preview_mode(self):
        return self.source_language

    def serve_preview(self, request, mode_name):
        """The page as visitors of a language would get it, were that language live now."""
        language = mode_name if mode_name in language_codes() else self.source_language
        self.previewed_language = language
        self.preview_marks = {
            name: said
            for marks in preview_marks
            for name, said in marks(self, request.user).items()
        }
        request.LANGUAGE_CODE = language
        with translation.override(language), addresses_in(language):
            return self._rendered(super().serve_preview(request, mode_name))
