"""The events as Atom and RSS, whole or by topic, in each language; the last announced first."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext

from events.calendars import place_of
from lihsite.multilingual.languages import active_language
from lihsite.pages.feed_entries import entries_of, feed_of, live_in
from lihsite.pages.feeds import ENTRIES, feed_response
from lihsite.templatetags.dates import written
from research.topic_filter import visible_topic_titles


def event_feed(index, events, kind: str, request, filters=()) -> HttpResponse:
    """A feed of the events that were announced last, as far as the filters let them through."""
    language = active_language()
    pages = events.filter(**live_in(language)).prefetch_related("speakers__person", "topics")
    feed = feed_of(index, request, filters)
    titles = visible_topic_titles()
    entries = entries_of(
        pages.order_by("-first_published_at", "-pk")[:ENTRIES],
        language,
        request,
        published=lambda page: page.first_published_at,
        authors=lambda page: [speaker.person.name for speaker in page.speakers.all()],
        categories=lambda page: [
            titles[row.topic_id] for row in page.topics.all() if row.topic_id in titles
        ],
        before=facts,
        after=programme,
    )
    return feed_response(kind, feed, entries, request)


def facts(shown) -> str:
    """When, where and whether an event takes place, ahead of its text."""
    lines = []
    if shown.status != "scheduled":
        lines.append(shown.get_status_display())
    if shown.start:
        when = written(shown.local_start, "DATE_FORMAT" if shown.all_day else "DATETIME_FORMAT")
        lines.append(f"{when} ({shown.zone_name})" if not shown.all_day else when)
    if place := place_of(shown, shown.instance):
        lines.append(place)
    if not lines:
        return ""
    label = gettext("At a glance") + pgettext("between a label and an error", ":")
    return format_html("<p>{} {}</p>", label, " · ".join(lines))


def programme(shown) -> str:
    """The sessions of an event, below its text as on its page."""
    if not shown.programme:
        return ""
    sessions = render_to_string("events/programme.html", {"shown": shown})
    return format_html("<h2>{}</h2>{}", gettext("Programme"), sessions)
