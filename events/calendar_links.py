"""Addresses that put an event into a visitor's calendar, by what each service documents."""

from datetime import UTC, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext

from events.calendars import place_of

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def calendar_links(page, shown, url: str) -> list[tuple[str, str]]:
    """Pairs of a service's name and the address of its form, filled in; none without times."""
    if not (page.start and page.end):
        return []
    return [
        (gettext("Google Calendar"), f"{GOOGLE}?{urlencode(_google(page, shown, url))}"),
        ("Outlook", f"{OUTLOOK}?{urlencode(_outlook(page, shown, url))}"),
    ]


def _details(shown, url: str) -> str:
    return "\n\n".join(filter(None, [shown.summary, url]))


def _google(page, shown, url):
    if page.all_day:
        end = page.last_day + timedelta(days=1)
        dates = f"{page.first_day:%Y%m%d}/{end:%Y%m%d}"
    else:
        start, end = page.start.astimezone(UTC), page.end.astimezone(UTC)
        dates = f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}"
    return {
        "action": "TEMPLATE",
        "text": shown.title,
        "dates": dates,
        "details": _details(shown, url),
        "location": place_of(shown, page),
    }


def _outlook(page, shown, url):
    if page.all_day:
        times = {
            "startdt": page.first_day.isoformat(),
            "enddt": (page.last_day + timedelta(days=1)).isoformat(),
            "allday": "true",
        }
    else:
        times = {
            "startdt": f"{page.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "enddt": f"{page.end.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
    return {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": shown.title,
        **times,
        "body": _details(shown, url),
        "location": place_of(shown, page),
    }
