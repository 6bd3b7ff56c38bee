"""The news as Atom and RSS, whole or by topic and type, in each language."""

from datetime import datetime, time

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext

from lihsite.multilingual.languages import active_language
from lihsite.pages.feed_entries import entries_of, feed_of, live_in
from lihsite.pages.feeds import ENTRIES, feed_response
from research.topic_filter import visible_topic_titles

HOUR = time(9)
"""The local time at which news that was put online on another day than its date is dated."""


def news_feed(index, news, kind: str, request, filters=()) -> HttpResponse:
    """A feed of the newest of the news, which the filters have narrowed."""
    language = active_language()
    pages = news.filter(**live_in(language)).prefetch_related("authors__person", "topics")
    feed = feed_of(index, request, filters)
    titles = visible_topic_titles()
    entries = entries_of(
        pages[:ENTRIES],
        language,
        request,
        published=published_at,
        picture="lead_image",
        authors=lambda page: [author.person.name for author in page.authors.all()],
        categories=lambda page: [
            page.get_kind_display(),
            *(titles[row.topic_id] for row in page.topics.all() if row.topic_id in titles),
        ],
        before=plain_summary,
    )
    return feed_response(kind, feed, entries, request)


def plain_summary(shown) -> str:
    """The summary in plain language, as a section ahead of the text, as on the page."""
    if not shown.plain_summary:
        return ""
    heading = format_html("<h2>{}</h2>", gettext("In plain language"))
    return heading + linebreaks(shown.plain_summary, autoescape=True)


def published_at(page) -> datetime:
    """When the news first came out, if that was on its date; else its date at nine."""
    first = max(filter(None, [page.first_published_at, page.embargo]), default=None)
    if first and timezone.localdate(first) == page.date:
        return first
    return timezone.make_aware(datetime.combine(page.date, HOUR))
