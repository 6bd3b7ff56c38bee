"""A month of events as a calendar's page: weeks of days, each day with what is on."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from itertools import groupby

from django.http import Http404

from events.times import DEFAULT_TIME_ZONE, start_of_day
from lihsite.batches import batches
from lihsite.local_times import wall_clock

WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII)
MONDAY = calendar.MONDAY
FARTHEST_CLOCKS = timedelta(days=1)
"""More than the clocks of two places on Earth are apart."""


@dataclass(frozen=True)
class Day:
    """A day of the page; those of the neighbouring months fill its first and last week."""

    date: date
    in_month: bool
    events: list


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @classmethod
    def read(cls, text: str) -> "Month":
        """The month written `2026-11`. Raises Http404 for anything else, and for the year 0."""
        match = WRITTEN.fullmatch(text)
        if match is None or int(match["year"]) < MINYEAR:
            raise Http404(f"No month {text!r}")
        return cls(int(match["year"]), int(match["month"]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self):
        return f"{self.year:04}-{self.month:02}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def previous(self) -> "Month | None":
        """The month before; None at the beginning of what a calendar can show."""
        if (self.year, self.month) == (MINYEAR, 1):
            return None
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def next(self) -> "Month | None":
        if (self.year, self.month) == (MAXYEAR, 12):
            return None
        return Month(self.year + (self.month == 12), self.month % 12 + 1)

    def until(self, last: "Month") -> "list[Month]":
        """The months from this one to the other, both included."""
        first, end = self.year * 12 + self.month - 1, last.year * 12 + last.month
        return [Month(number // 12, number % 12 + 1) for number in range(first, end)]

    def select(self, events) -> list:
        """Those of the query set's events that touch the month, each by the clocks of its place."""
        if self.year in (MINYEAR, MAXYEAR):
            # Instants at the ends of time have no equivalent in UTC; nothing takes place there.
            return []
        start = start_of_day(self.first_day, DEFAULT_TIME_ZONE) - FARTHEST_CLOCKS
        end = start_of_day(self.last_day, DEFAULT_TIME_ZONE) + timedelta(days=1) + FARTHEST_CLOCKS
        near = events.filter(start__lt=end, end__gte=start).order_by("start", "pk")
        return [event for event in near if self in months_of(*span_of(event))]

    def weeks(self, events) -> list[list[Day]]:
        """The weeks of the month from Monday on, with the events of each day."""
        days = [
            date(self.year, self.month, 1) + timedelta(days=number)
            for number in range((self.last_day - self.first_day).days + 1)
        ]
        before = (days[0].weekday() - MONDAY) % 7
        after = (6 - days[-1].weekday() + MONDAY) % 7
        cells = [*[None] * before, *days, *[None] * after]
        on = {day: [event for event in events if covers(event, day)] for day in days}
        return [
            [Day(day, True, on[day]) if day else Day(date.min, False, []) for day in row]
            for row in batches(cells, 7)
        ]


def covers(event, day: date) -> bool:
    """Whether the event is on during the day, by the clocks of where it takes place."""
    first, last = days_of(*span_of(event))
    return first <= day <= last


def span_of(event) -> tuple[datetime, datetime, str]:
    return event.start, event.end, event.time_zone


def days_of(start: datetime, end: datetime, time_zone: str) -> tuple[date, date]:
    """The first and the last day of an event, by the clocks of where it takes place.

    What ends at midnight is over on the day before.
    """
    last = max(start, end - timedelta(microseconds=1))
    return wall_clock(start, time_zone).date(), wall_clock(last, time_zone).date()


def months_of(start: datetime, end: datetime, time_zone: str) -> list[Month]:
    first, last = days_of(start, end, time_zone)
    return Month.of(first).until(Month.of(last))


def archive(spans: Iterable[tuple[datetime, datetime, str]]) -> list[tuple[int, list]]:
    """The months that events touch, each by the clocks of its place, with how many do in each.

    `spans` are the starts, ends and time zones of the events. Years stand with the last first, each
    with pairs of a month and a number.
    """
    counts = Counter()
    for span in spans:
        counts.update(months_of(*span))
    ordered = sorted(counts.items(), key=lambda item: (-item[0].year, item[0].month))
    return [(year, list(months)) for year, months in groupby(ordered, lambda item: item[0].year)]
