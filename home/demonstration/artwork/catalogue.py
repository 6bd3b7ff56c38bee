"""Which picture is which: motif, colours, seed and focus of each key."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from . import (
    biobank,
    cells,
    genome,
    immunity,
    infographic,
    landscapes,
    marks,
    molecules,
    neurons,
    portraits,
)
from .canvas import Canvas
from .palette import scheme


@dataclass(frozen=True)
class Piece:
    """``focus``: centre as shares of width and height, reach as a share of the shorter side."""

    motif: Callable
    hue: str
    ground: str
    seed: int
    focus: tuple[float, float, float]


PIECES = {
    "home-hero": Piece(cells.sentinel, "petrol", "deep", 7, (0.60, 0.48, 0.37)),
    "topic-cancer": Piece(cells.spheroid, "cancer", "paper", 3, (0.44, 0.52, 0.40)),
    "topic-neuro": Piece(neurons.pyramids, "neuro", "paper", 21, (0.60, 0.50, 0.38)),
    "topic-allergy": Piece(immunity.pollen, "allergy", "tint", 5, (0.60, 0.50, 0.32)),
    "topic-digital": Piece(landscapes.horizons, "digital", "deep", 22, (0.60, 0.58, 0.45)),
    "topic-biobank": Piece(biobank.rack, "biobank", "tint", 23, (0.45, 0.45, 0.36)),
    "news-01": Piece(cells.division, "cancer", "tint", 11, (0.56, 0.50, 0.40)),
    "news-02": Piece(landscapes.streams, "petrol", "deep", 24, (0.62, 0.46, 0.17)),
    "news-03": Piece(immunity.antibodies, "petrol", "tint", 15, (0.55, 0.50, 0.36)),
    "news-04": Piece(neurons.synapse, "neuro", "tint", 25, (0.55, 0.50, 0.42)),
    "news-05": Piece(biobank.wells, "biobank", "tint", 33, (0.50, 0.48, 0.36)),
    "news-06": Piece(genome.helix, "digital", "paper", 30, (0.50, 0.50, 0.36)),
    "news-07": Piece(cells.encounter, "petrol", "deep", 14, (0.55, 0.48, 0.42)),
    "news-08": Piece(cells.microbes, "allergy", "paper", 13, (0.40, 0.55, 0.32)),
    "news-09": Piece(genome.rings, "digital", "deep", 32, (0.62, 0.50, 0.34)),
    "news-10": Piece(cells.tissue, "cancer", "paper", 12, (0.66, 0.66, 0.22)),
    "news-11": Piece(landscapes.contours, "petrol", "paper", 28, (0.62, 0.40, 0.30)),
    "news-12": Piece(biobank.tank, "petrol", "tint", 34, (0.46, 0.44, 0.36)),
    "news-13": Piece(molecules.fold, "neuro", "tint", 36, (0.54, 0.50, 0.44)),
    "news-14": Piece(neurons.connectome, "neuro", "deep", 26, (0.60, 0.55, 0.38)),
    "news-15": Piece(molecules.lattice, "allergy", "deep", 35, (0.52, 0.50, 0.36)),
    "news-16": Piece(genome.spiral, "digital", "paper", 31, (0.60, 0.50, 0.36)),
    "event-01": Piece(neurons.constellation, "petrol", "paper", 27, (0.60, 0.45, 0.30)),
    "event-02": Piece(immunity.antibodies, "cancer", "deep", 41, (0.42, 0.52, 0.40)),
    "event-03": Piece(genome.spiral, "biobank", "tint", 42, (0.36, 0.55, 0.44)),
    "event-04": Piece(neurons.pyramids, "neuro", "deep", 43, (0.36, 0.50, 0.42)),
    "event-05": Piece(landscapes.streams, "allergy", "paper", 44, (0.32, 0.56, 0.20)),
    "event-06": Piece(landscapes.horizons, "cancer", "ink", 45, (0.38, 0.60, 0.42)),
    "event-07": Piece(cells.microbes, "digital", "deep", 46, (0.62, 0.48, 0.36)),
    "event-08": Piece(genome.rings, "petrol", "paper", 47, (0.40, 0.54, 0.36)),
    "event-09": Piece(landscapes.contours, "biobank", "paper", 48, (0.36, 0.42, 0.30)),
    "event-10": Piece(molecules.lattice, "digital", "tint", 49, (0.50, 0.50, 0.40)),
    "about": Piece(landscapes.strata, "petrol", "paper", 29, (0.66, 0.40, 0.35)),
    "careers": Piece(neurons.constellation, "petrol", "deep", 51, (0.40, 0.52, 0.32)),
    "social-default": Piece(cells.sentinel, "petrol", "ink", 52, (0.64, 0.50, 0.38)),
    **{
        f"portrait-{n}": Piece(portraits.sitting(n), hue, "tint", 60 + n, (0.50, 0.42, 0.20))
        for n, hue in enumerate(
            ("biobank", "digital", "petrol", "allergy", "cancer", "neuro"), start=1
        )
    },
    "infographic-base": Piece(infographic.journey, "petrol", "paper", 70, (0.50, 0.44, 0.30)),
}

MARKS = {f"partner-{n}": mark for n, mark in enumerate(marks.MARKS, start=1)}

KEYS = (*PIECES, *MARKS)


def draw(key, width, height):
    """The picture of ``key`` as a Pillow image: RGB, or RGBA for the marks of partners.

    The same key and size give the same pixels. Raises ``KeyError`` for an unknown key.
    """
    if key in MARKS:
        return marks.drawn(MARKS[key], width, height)
    piece = PIECES[key]
    rng = random.Random(f"{key}/{piece.seed}")  # noqa: S311 - a drawing, not a secret
    canvas = Canvas(width, height, scheme(piece.hue, piece.ground), rng)
    x, y, reach = piece.focus
    piece.motif(canvas, x * width, y * height, reach * min(width, height))
    return canvas.finished()


def focal_point(key, width, height):
    """The subject as Wagtail stores it: its centre ``(x, y)``, width and height, in pixels."""
    if key in MARKS:
        return width // 2, height // 2, round(width * 0.8), round(height * 0.8)
    x, y, reach = PIECES[key].focus
    x, y, reach = round(x * width), round(y * height), reach * min(width, height)
    across = 2 * min(reach, x, width - x)
    down = 2 * min(reach, y, height - y)
    return x, y, max(1, round(across)), max(1, round(down))
