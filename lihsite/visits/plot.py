"""Visits over time as stacked bars, drawn as SVG, and as a table for who cannot see it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from lihsite.multilingual.languages import language_codes, language_name

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 12, 28
MOST_BARS = 92
"""Above this, a bar is a week."""
LABELS = 6
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Part:
    """The visits of a language in a bar; `number` is the language's place in the settings."""

    number: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    x: float
    width: float
    label: str
    parts: list[Part]
    counts: list[int]
    total: int


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """All that the template draws, in the units of the drawing."""

    bars: list[Bar]
    levels: list[Tick]
    days: list[Tick]
    languages: list[tuple[int, str]]
    by_week: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def visits_plot(counts: dict[tuple[date, str], int], first: date, last: date) -> Plot | None:
    """The plot of visits by day and language from the first day to the last; None for no visit."""
    if not counts:
        return None
    span = (last - first).days + 1
    step = 7 if span > MOST_BARS else 1
    number = -(-span // step)
    codes = [code for code in language_codes() if any(one == code for _day, one in counts)]
    sums = [[0] * len(codes) for _bar in range(number)]
    for (day, code), count in counts.items():
        if code in codes and first <= day <= last:
            sums[(day - first).days // step][codes.index(code)] += count
    highest = round_above(max(sum(row) for row in sums))
    space = (WIDTH - LEFT - RIGHT) / number
    starts = [first + timedelta(days=step * place) for place in range(number)]
    bars = [
        draw_bar(row, LEFT + place * space, space, highest, date_format(day, "DATE_FORMAT"), codes)
        for place, (row, day) in enumerate(zip(sums, starts, strict=True))
    ]
    every = max(1, number // LABELS)
    return Plot(
        bars=bars,
        levels=[Tick(y(highest * part / 2, highest), f"{highest * part // 2}") for part in range(3)]
        if highest % 2 == 0
        else [Tick(y(level, highest), str(level)) for level in (0, highest)],
        days=[
            Tick(round(LEFT + (place + 0.5) * space, 1), date_format(starts[place], "j N"))
            for place in range(0, number, every)
            if LEFT + (place + 0.5) * space < WIDTH - RIGHT - 20
        ],
        languages=[(language_codes().index(code), language_name(code)) for code in codes],
        by_week=step == 7,
    )


def round_above(number: int) -> int:
    """The least of 1, 2, 5, 10, 20, … that is not below the number."""
    scale = 1
    while True:
        for step in STEPS:
            if step * scale >= number:
                return step * scale
        scale *= 10


def y(count: float, highest: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - count / highest), 1)


def draw_bar(row: list[int], x: float, space: float, highest: int, label: str, codes) -> Bar:
    parts, below = [], 0
    for code, count in zip(codes, row, strict=True):
        if count:
            top, foot = y(below + count, highest), y(below, highest)
            parts.append(Part(language_codes().index(code), top, round(foot - top, 1)))
            below += count
    return Bar(round(x + space * 0.1, 1), round(space * 0.8, 1), label, parts, row, below)
