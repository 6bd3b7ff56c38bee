"""Pages as entries of a feed: rendered in its language, what they refer to fetched at once."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from django.utils import translation
from django.utils.html import format_html

from lihsite.blocks.preload import preload
from lihsite.media.pictures import social_size
from lihsite.multilingual.languages import active_language, addresses_in, column
from lihsite.multilingual.shown import Shown
from lihsite.pages.feeds import Enclosure, Entry, Feed
from lihsite.pages.visitor_lists import Filter, query_of


def feed_of(index, request, filters: Iterable[Filter] = ()) -> Feed:
    """What the feed of a page that lists others says of itself, in the active language.

    Its title says to what the filters narrow it.
    """
    shown, language = index.shown, active_language()
    labels = [one.chosen for one in filters if one.value]
    title = " – ".join(["Luxembourg Institute of Health", shown.title, *labels])
    with addresses_in(language):
        page_url = request.build_absolute_uri(index.get_url(request))
    return Feed(
        key=index.translation_key,
        title=title,
        description=shown.summary or title,
        language=language,
        url=request.build_absolute_uri(),
        page_url=page_url,
        query=query_of(filters),
    )


def entries_of(
    pages: Iterable,
    language: str,
    request,
    *,
    published: Callable[[object], datetime],
    picture: str = "",
    authors: Callable[[object], Iterable[str]] = lambda page: (),
    categories: Callable[[object], Iterable[str]] = lambda page: (),
    before: Callable[[Shown], str] = lambda shown: "",
    after: Callable[[Shown], str] = lambda shown: "",
) -> list[Entry]:
    """An entry for each page, all of them live in the language.

    `picture` names the foreign key to the picture that is enclosed; `before` and `after` answer
    with HTML that stands before and after the body.
    """
    shown_pages = [Shown(page, language) for page in pages]
    pictures = [(shown.instance, picture) for shown in shown_pages] if picture else []
    streams = [shown.body for shown in shown_pages]
    with translation.override(language), addresses_in(language), preload(streams, pictures):
        return [
            Entry(
                key=shown.translation_key,
                title=shown.title,
                url=request.build_absolute_uri(shown.instance.get_url(request)),
                summary=shown.summary,
                content=_content(shown, before, after, request),
                published=published(shown.instance),
                updated=shown.last_changed_at or published(shown.instance),
                authors=tuple(authors(shown.instance)),
                categories=tuple(categories(shown.instance)),
                enclosure=_enclosure(shown.instance, picture, request),
            )
            for shown in shown_pages
        ]


def _content(shown: Shown, before, after, request) -> str:
    lead = format_html("<p><strong>{}</strong></p>", shown.summary) if shown.summary else ""
    body = shown.body.render_as_block({"request": request, "page": shown.instance})
    return f"{lead}{before(shown)}{body}{after(shown)}"


def _enclosure(page, picture: str, request) -> Enclosure | None:
    """The picture with its size in bytes; None if its file is gone, of which nobody knows it."""
    image = getattr(page, picture) if picture else None
    size = social_size(image) if image else None
    if size is None:
        return None
    with suppress(OSError):
        return Enclosure(request.build_absolute_uri(size.url), size.file_size, "image/jpeg")
    return None


def live_in(language: str) -> dict[str, bool]:
    """The condition of pages that are live in the language itself: feeds hold no fallback."""
    return {column("live_in", language): True}
