"""Pages as findables: the text of each live language, blocks included."""

from collections.abc import Iterable
from html import unescape

from wagtail.fields import StreamField

from lihsite.multilingual.languages import column
from lihsite.multilingual.registration import translated_fields
from lihsite.multilingual.segments import instance_values, plain_text, segments_of
from lihsite.pages.findable import Findable

NOT_BODY = frozenset({"title", "summary", "seo_title", "search_description"})
"""Fields that count elsewhere, or that only search engines read."""
_ENDS = (".", ",", ":", ";", "!", "?", "…", "”", "»", "“")
"""What a text ends with that needs no mark between it and the next."""


def page_findables(page) -> list[Findable]:
    """What a page offers in each language in which everybody can see it; nothing while private."""
    if not page.live or page.get_view_restrictions().exists():
        return []
    return [page_findable(page, language) for language in page.live_languages]


def page_findable(page, language: str) -> Findable:
    segments = segments_of(type(page), instance_values(page, {language}), language)
    headings = tuple(_headings(page, language, segments))
    body = [text for name, text in segments.items() if name not in NOT_BODY]
    return Findable(
        language=language,
        title=segments.get("title", ""),
        summary=segments.get("summary", ""),
        headings=headings,
        body=_in_sentences(unescape(plain_text(text)) for text in body),
        hidden_until=page.embargo,
        **page.get_search_facts(language),
    )


def _in_sentences(texts: Iterable[str]) -> str:
    """The texts one after the other, parted where one has no end of its own: labels, headings."""
    return "".join(f"{text} " if text.endswith(_ENDS) else f"{text} · " for text in texts).rstrip(
        " ·"
    )


def _headings(page, language, segments):
    """The texts of the heading blocks of the page's streams."""
    for name in translated_fields(type(page)):
        if not isinstance(page._meta.get_field(name), StreamField):
            continue
        for child in getattr(page, column(name, language)).raw_data:
            if child["type"] == "heading":
                prefix = f"{name}.{child.get('id')}"
                yield from (
                    text
                    for segment, text in segments.items()
                    if segment == prefix or segment.startswith(f"{prefix}.")
                )
