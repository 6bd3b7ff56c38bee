"""When the events of tests are."""

from datetime import date, datetime, timedelta

from events.times import start_of_day


def all_day_span(first: date, last: date, time_zone: str) -> tuple[datetime, datetime]:
    """The instants at which an all-day event starts and ends; both days are included."""
    return start_of_day(first, time_zone), start_of_day(last + timedelta(days=1), time_zone)
