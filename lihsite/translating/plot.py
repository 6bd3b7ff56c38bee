"""The progress of the last months as a plot, drawn as SVG, and as a table for who cannot see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lihsite.models import ProgressRecord
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.translating.progress import percent_done, present_records

DAYS = 182
WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 150, 12, 28
LABEL_HEIGHT = 16


@dataclass(frozen=True)
class Line:
    """A language: the points of its line, and where its name stands."""

    language: str
    number: int
    """Its place among the languages, which decides how its line is drawn."""
    points: str
    x: float
    y: float
    label_y: float
    percent: int

    @property
    def name(self) -> str:
        return language_name(self.language)


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """All that the template draws, in the units of the drawing."""

    lines: list[Line]
    percents: list[Tick]
    months: list[Tick]
    rows: list[dict]
    """The last record of each month, for the table."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM

    @property
    def languages(self) -> list[str]:
        return [line.name for line in self.lines]


def progress_plot() -> Plot | None:
    """The plot of the last half year; None as long as there are no two days to join.

    It ends with what is so now, not when the day was recorded.
    """
    today = timezone.localdate()
    records = ProgressRecord.objects.filter(
        day__gte=today - timedelta(days=DAYS), day__lt=today, language__in=language_codes()
    )
    by_language = {}
    for record in [*records.order_by("day"), *present_records(today)]:
        by_language.setdefault(record.language, []).append(record)
    days = sorted({record.day for found in by_language.values() for record in found})
    if len(days) < 2:
        return None
    first, last = days[0], days[-1]

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / (last - first).days

    lines = [
        draw(language, by_language[language], x)
        for language in language_codes()
        if language in by_language
    ]
    return Plot(
        lines=without_overlap(lines),
        percents=[
            Tick(y(share), _("%(percent)s%%") % {"percent": round(100 * share)})
            for share in (0, 0.25, 0.5, 0.75, 1)
        ],
        months=[
            Tick(x(day), date_format(day, "N"))
            for day in (first + timedelta(days=n) for n in range((last - first).days + 1))
            if day.day == 1
        ],
        rows=month_rows(by_language),
    )


def y(share: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)


def draw(language: str, records: list[ProgressRecord], x) -> Line:
    points = [(round(x(record.day), 1), y(record.share)) for record in records]
    end_x, end_y = points[-1]
    return Line(
        language,
        language_codes().index(language),
        " ".join(f"{px},{py}" for px, py in points),
        end_x,
        end_y,
        end_y,
        percent_done(records[-1].words, records[-1].words_to_do),
    )


def without_overlap(lines: list[Line]) -> list[Line]:
    """The lines with their names moved apart where they end close to each other."""
    placed, lowest = [], -LABEL_HEIGHT
    for line in sorted(lines, key=lambda line: line.y):
        at = max(line.y, lowest + LABEL_HEIGHT)
        placed.append(Line(**{**line.__dict__, "label_y": at}))
        lowest = at
    return sorted(placed, key=lambda line: line.number)


def month_rows(by_language: dict) -> list[dict]:
    months = {}
    for language, records in by_language.items():
        for record in records:
            month = months.setdefault(record.day.replace(day=1), {})
            month[language] = percent_done(record.words, record.words_to_do)
    languages = [language for language in language_codes() if language in by_language]
    return [
        {
            "month": date_format(month, "YEAR_MONTH_FORMAT"),
            "percents": [shares.get(language) for language in languages],
        }
        for month, shares in sorted(months.items())
    ]
