"""Events as iCalendar (RFC 5545): one by itself, or all that a visitor subscribes to.

Times are in UTC, which needs no description of a time zone and is right over daylight saving; days
of all-day events are dates. An event has the same UID in every language, since it is one event.
Texts are without control characters, which no line of a calendar may hold (3.1).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event, Timezone, vDuration, vUri

from events.times import DEFAULT_TIME_ZONE
from lihsite.multilingual.languages import addresses_in
from lihsite.multilingual.shown import Shown
from lihsite.plain_lines import one_line, plain_lines
from lihsite.postal_addresses import in_one_line

PRODUCT = "-//Luxembourg Institute of Health//Events//EN"
ASK_AGAIN = timedelta(hours=6)
"""How long a calendar may wait before it asks for changes (RFC 7986, 5.7)."""
PAST_DAYS = 366
"""Events that ended longer ago have left the subscriptions."""
LONGEST_YEAR = 9000
"""Calendars know no years beyond; such an event is a typing error."""


def calendar_of(pages: Iterable, name: str, language: str, request) -> Calendar:
    """A calendar of the events, in a language where they are live in it.

    It names no method: that would make it a message between people who plan a meeting, which has an
    organiser (RFC 5546, 3.2.1).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    calendar["x-published-ttl"] = vDuration(ASK_AGAIN)
    for page in pages:
        if page.start and page.end and page.end.year < LONGEST_YEAR:
            calendar.add_component(event_of(page, language, request))
    if not calendar.events:
        # A calendar holds something (RFC 5545, 3.6), be it that there is no event at the moment.
        calendar.add_component(Timezone.from_tzid(DEFAULT_TIME_ZONE))
    return calendar


def event_of(page, language: str, request) -> Event:
    shown = Shown(page, language if language in page.live_languages else page.shown.language)
    event = Event()
    event.add("uid", str(page.translation_key))
    event.add("dtstamp", changed_at(page))
    event.add("last-modified", changed_at(page))
    event.add("sequence", sequence_of(page))
    _add_times(event, page)
    event.add("summary", one_line(_summary(shown)), parameters={"language": shown.language})
    event.add("status", STATUS[page.status])
    if description := _description(shown, page):
        event.add("description", plain_lines(description))
    if place := place_of(shown, page):
        event.add("location", one_line(place))
    with addresses_in(language):
        event["url"] = vUri(request.build_absolute_uri(page.get_url(request)))
    return event


STATUS = {"scheduled": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
"""RFC 5545, 3.8.1.11, for the values of `EventPage.Status`."""


def _add_times(event: Event, page) -> None:
    if page.all_day:
        event.add("dtstart", page.first_day)
        event.add("dtend", page.last_day + timedelta(days=1))
    else:
        event.add("dtstart", page.start.astimezone(UTC))
        event.add("dtend", page.end.astimezone(UTC))


def changed_at(page) -> datetime:
    return (page.last_published_at or page.first_published_at or timezone.now()).astimezone(UTC)


def sequence_of(page) -> int:
    """Grows with every publication (RFC 5545, 3.8.7.4), without a counter that could go astray.

    Counts seconds, which stay within what calendars take for a number for 68 years (3.3.8).
    """
    first = page.first_published_at
    return int((changed_at(page) - first).total_seconds()) if first else 0


def _summary(shown: Shown) -> str:
    """The title, preceded by what calendars that show no status would keep from their readers."""
    if shown.status == "cancelled":
        return gettext("Cancelled: %(title)s") % {"title": shown.title}
    if shown.status == "postponed":
        return gettext("Postponed: %(title)s") % {"title": shown.title}
    return shown.title


def _description(shown: Shown, page) -> str:
    online = page.online_url if page.takes_place_online else ""
    return "\n\n".join(filter(None, [shown.summary, online]))


def place_of(shown: Shown, page) -> str:
    """Where people go, in one line; the address online if it takes place nowhere else."""
    if page.takes_place_on_site:
        return ", ".join(filter(None, [shown.venue_name, in_one_line(page.venue_address)]))
    return page.online_url


def calendar_response(calendar: Calendar, file_name: str, language: str) -> HttpResponse:
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
