"""A month of events as a calendar's page: weeks of days, each day with what is on."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import Http404

from events.times import DEFAULT_TIME_ZONE, start_of_day
from lihsite.batches import batches

WRITTEN = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])", re.ASCII)
MONDAY = calendar.MONDAY


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

    def select(self, events):
        """Those of the query set's events that touch the month, by the institute's own clocks."""
        if self.year in (MINYEAR, MAXYEAR):
            # Instants at the ends of time have no equivalent in UTC; nothing takes place there.
            return events.none()
        start = start_of_day(self.first_day, DEFAULT_TIME_ZONE)
        end = start_of_day(self.last_day + timedelta(days=1), DEFAULT_TIME_ZONE)
        return events.filter(start__lt=end, end__gt=start).order_by("start", "pk")

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
    return event.first_day <= day <= event.last_day


def archive(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[int, list]]:
    """The months that events touch, by the institute's own clocks, with how many do in each.

    `spans` are the starts and ends of the events. Years stand with the last first, each with pairs
    of a month and a number.
    """
    zone = ZoneInfo(DEFAULT_TIME_ZONE)
    counts = Counter()
    for start, end in spans:
        last = max(start, end - timedelta(microseconds=1))
        first_day, last_day = (moment.astimezone(zone).date() for moment in (start, last))
        counts.update(Month.of(first_day).until(Month.of(last_day)))
    ordered = sorted(counts.items(), key=lambda item: (-item[0].year, item[0].month))
    return [(year, list(months)) for year, months in groupby(ordered, lambda item: item[0].year)]
