"""Local times of an event's own time zone, and the instants that are stored for them.

Stored instants are aware. An all-day event is stored from the first midnight of its first day to
the midnight after its last day, so that it lasts 23 or 25 hours where the clocks change.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT_TIME_ZONE = "Europe/Luxembourg"


@cache
def known_time_zones() -> frozenset[str]:
    """The names of the IANA time zone database."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    if name not in known_time_zones():
        raise ValidationError(
            _("“%(name)s” is no time zone. Write a name such as Europe/Luxembourg."),
            params={"name": name},
        )


def start_of_day(day: date, time_zone: str) -> datetime:
    """The instant at which the day begins in the time zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
