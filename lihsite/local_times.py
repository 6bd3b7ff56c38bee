"""What clocks show in a time zone, and the instants that are stored for it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What lies before or after them was mistyped, and time zones know nothing of it."""


def validate_year(day: date) -> None:
    """Refuse days, and datetimes, of years that only a slip of the hand makes, such as 0206."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("The year must be between %(first)d and %(last)d."),
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
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
