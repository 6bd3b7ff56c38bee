"""Pages as a source of results."""

from django.db.models import QuerySet

from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.shown import first_language
from lihsite.pages.base_page import BasePage
from lihsite.prepared import prepared

from .page_texts import page_findables
from .sources import Source

_SHOWN = [
    "path",
    "depth",
    "live",
    "embargo",
    "source_language",
    *(
        column(name, language)
        for name in ("title", "url_path", "live_in")
        for language in language_codes()
    ),
]
"""What an address and a check of what visitors get need of a page."""


def page_source(model: type[BasePage], kind: str, label: str) -> Source:
    """The source of a page type; types of the same kind are one choice of the filter."""
    fallback = fallback_language if model.falls_back else Source.fallback
    return Source(kind, label, model, page_findables, shown_pages, page_address, fallback=fallback)


def shown_pages(keys: list[int]) -> dict[int, BasePage]:
    """The pages that everybody gets, whatever the index still says."""
    return {page.pk: page for page in _shown(keys=keys)}


@prepared
def _shown(keys: list[int]) -> QuerySet:
    return BasePage.objects.live_in_any().only(*_SHOWN).filter(pk__in=keys)


def fallback_language(page: BasePage, language: str) -> str | None:
    return first_language(page.live_languages, language, page.source_language)


def page_address(page: BasePage, language: str) -> str | None:
    return page.get_url_for_language(language)
