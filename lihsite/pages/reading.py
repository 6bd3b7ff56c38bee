"""What helps to read a page: how long it takes, its contents, and ways to pass it on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext
from wagtail.blocks import StreamValue

from lihsite.multilingual.segments import instance_values, plain_text, segments_of

SHORTEST_CONTENTS = 3
"""A page with fewer sections is taken in at a glance."""

USUAL_SPEED = 200
"""Words a minute, for languages of which the settings say nothing else."""

READ_AS_WELL = frozenset({"summary", "plain_summary"})

_WORD = re.compile(r"\w[\w’'\u2011-]*")


@dataclass(frozen=True)
class Section:
    """A heading of a page's text; `anchor` is the same in every language and for good."""

    anchor: str
    title: str


def sections_of(stream: StreamValue) -> list[Section]:
    """The sections of a text, by its heading blocks; none if there are too few to list."""
    found = [
        Section(anchor_of(child["id"]), child["value"]["text"])
        for child in stream.raw_data
        if child["type"] == "heading" and child["value"].get("level") == "h2" and child.get("id")
    ]
    return found if len(found) >= SHORTEST_CONTENTS else []


def anchor_of(block_id: str) -> str:
    """The `id` of a heading, made of its block's: a translation has the same."""
    return f"s-{block_id[:8]}"


def reading_minutes(page, language: str) -> int:
    """The minutes that an adult reads at the page's text in the language, at least one.

    Speeds are those of the IReST study (Trauzettel-Klosinski and Dietz, 2012).
    """
    values = instance_values(page, {language})
    words = sum(
        len(_WORD.findall(plain_text(text)))
        for name, text in segments_of(type(page), values, language).items()
        if "." in name or name in READ_AS_WELL
    )
    return max(1, ceil(words / settings.READING_SPEEDS.get(language, USUAL_SPEED)))


@dataclass(frozen=True)
class ShareLink:
    """A plain link that opens another site's form, with nothing loaded from there before."""

    name: str
    url: str


def share_links(title: str, url: str) -> Iterator[ShareLink]:
    text = f"{title} {url}"
    yield ShareLink(gettext("E-mail"), f"mailto:?{_mail(subject=title, body=url)}")
    yield ShareLink(
        "LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': url})}"
    )
    yield ShareLink("Bluesky", f"https://bsky.app/intent/compose?{urlencode({'text': text})}")
    # A fragment stays in the browser, which asks there for the reader's own server.
    yield ShareLink("Mastodon", f"https://share.joinmastodon.org/#text={quote(text, safe='')}")


def _mail(**fields) -> str:
    """Fields of a mail's address (RFC 6068), where a plus stands for itself."""
    return urlencode(fields, quote_via=quote)


class ReadingMixin:
    """Adds to a page's context what its template shows around a text to read.

    `sections`, `reading_minutes` and `share_links`, each if the type has it.
    """

    reading_stream = "body"
    """The name of the stream whose headings are the contents."""
    has_reading_time = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        shown = context["shown"]
        context["sections"] = sections_of(getattr(shown, self.reading_stream))
        if self.has_reading_time:
            context["reading_minutes"] = reading_minutes(self, shown.language)
        if context["canonical_url"]:
            context["share_links"] = list(share_links(shown.title, context["canonical_url"]))
        return context
