"""Atom (RFC 4287) and RSS 2.0 with the full content of each entry.

Ids are UUIDs made of a page's key and the language: moving or renaming a page changes none.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.http import HttpResponse
from django.utils import feedgenerator
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.html import escape
from django.utils.http import http_date

from lihsite.xml_text import xml_text

ENTRIES = 30
"""The newest entries that a feed holds."""

FRESH = 300
"""Seconds for which a reader may keep a feed without asking again."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_RELATIVE = re.compile(r"""(\s(?:href|src|poster)=)(["'])(/[^/"'][^"']*|/|[#?][^"']*)(?=\2)""")
_ONLY_FOR_PAGES = re.compile(
    r'<svg\b.*?</svg>|<source\b[^>]*\ssrcset="[^>]*>|\ssrcset="[^"]*"|\ssizes="[^"]*"', re.DOTALL
)


@dataclass(frozen=True)
class Enclosure:
    """A picture that belongs to an entry; `length` in bytes, `url` absolute."""

    url: str
    length: int
    mime_type: str


@dataclass(frozen=True)
class Entry:
    """A page in a feed, in the feed's language; `content` is HTML, `url` absolute."""

    key: uuid.UUID
    title: str
    url: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosure: Enclosure | None = None


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; addresses are absolute.

    `query` is what it was narrowed by: each narrowed feed is one of its own (RFC 4287, 4.2.6).
    """

    key: uuid.UUID
    title: str
    description: str
    language: str
    url: str
    page_url: str
    query: str = ""


class DatedByEntries:
    """A feed without entries has always been so: Django would say that it has changed just now."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else NEVER


class AtomFeed(DatedByEntries, feedgenerator.Atom1Feed):
    """Django's, with content and any number of authors (RFC 4287, 4.1.3 and 4.2.1)."""

    def root_attributes(self):
        return {**super().root_attributes(), "xml:lang": self.feed["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(DatedByEntries, feedgenerator.Rss201rev2Feed):
    """Django's, with full content and authors by the modules that readers know."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["content"])


GENERATORS = {"atom": AtomFeed, "rss": RssFeed}


def feed_response(kind: str, feed: Feed, entries: Iterable[Entry], request) -> HttpResponse:
    """The feed as `atom` or `rss`, newest entries first as they are given.

    A reader that has it already is told so with 304.
    """
    generator = GENERATORS[kind](
        title=xml_text(feed.title),
        link=feed.page_url,
        description=xml_text(feed.description),
        subtitle=xml_text(feed.description),
        language=feed.language,
        feed_url=feed.url,
        feed_guid=language_id(feed.key, feed.language, feed.query).urn,
        author_name="Luxembourg Institute of Health",
    )
    newest = None
    for entry in entries:
        newest = max(filter(None, [newest, entry.updated]), default=None)
        generator.add_item(
            title=xml_text(entry.title),
            link=entry.url,
            description=escape(xml_text(entry.summary)),
            unique_id=language_id(entry.key, feed.language).urn,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[xml_text(category) for category in entry.categories],
            enclosures=_enclosures(entry),
            authors=[xml_text(author) for author in entry.authors],
            content=xml_text(absolute(entry.content, entry.url)),
        )
    response = HttpResponse(generator.writeString("utf-8"), content_type=generator.content_type)
    response.headers["Content-Language"] = feed.language
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    if newest:
        response.headers["Last-Modified"] = http_date(newest.timestamp())
    # By its content, not by the time: an entry that was taken away is a change too.
    set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)


def language_id(key: uuid.UUID, language: str, query: str = "") -> uuid.UUID:
    """The id of what has the key, in one language, as far as a query narrows it."""
    return uuid.uuid5(key, f"{language}?{query}" if query else language)


def absolute(html: str, base: str) -> str:
    """The HTML with absolute addresses, one size of each picture and no icons.

    A reader shows it elsewhere, without our style sheet.
    """
    plain = _ONLY_FOR_PAGES.sub("", html)

    def with_host(match):
        attribute, quote, address = match.groups()
        return f"{attribute}{quote}{urljoin(base, address)}"

    return _RELATIVE.sub(with_host, plain)


def _enclosures(entry: Entry) -> list:
    if entry.enclosure is None:
        return []
    picture = entry.enclosure
    return [feedgenerator.Enclosure(picture.url, str(picture.length), picture.mime_type)]
