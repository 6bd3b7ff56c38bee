"""Local times of an event's own time zone, and the instants that are stored for them.

Stored instants are aware. An all-day event is stored from the first midnight of its first day to
the midnight after its last day, so that it lasts 23 or 25 hours where the clocks change.
"""

from datetime import UTC, date, datetime, time, timedelta
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


def instant(wall_clock: datetime, time_zone: str) -> datetime:
    """The instant at which clocks in the time zone show the naive `wall_clock`.

    Raises ValidationError for a time that the change of the clocks skips or shows twice.
    """
    zone = ZoneInfo(time_zone)
    first = wall_clock.replace(tzinfo=zone, fold=0)
    second = wall_clock.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        is_skipped = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall_clock
        message = (
            _("%(time)s does not exist in %(zone)s: the clocks are put forward over it.")
            if is_skipped
            else _("%(time)s happens twice in %(zone)s: the clocks are put back over it.")
        )
        raise ValidationError(
            message, params={"time": wall_clock.strftime("%Y-%m-%d %H:%M"), "zone": time_zone}
        )
    return first.astimezone(UTC)


def wall_clock(moment: datetime, time_zone: str) -> datetime:
    """What clocks in the time zone show at the instant: a naive datetime.

    Being naive, the templates' date filters print it as it is.
    """
    return moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None, fold=0)


def start_of_day(day: date, time_zone: str) -> datetime:
    """The instant at which the day begins in the time zone, in UTC."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def all_day_span(first: date, last: date, time_zone: str) -> tuple[datetime, datetime]:
    """The instants at which an all-day event starts and ends; both days are included."""
    return start_of_day(first, time_zone), start_of_day(last + timedelta(days=1), time_zone)
