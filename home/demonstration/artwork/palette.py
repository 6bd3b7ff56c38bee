"""The colours of the institute, as the artwork uses them.

``base`` of each hue reaches 4.5:1 on ``PAPER`` and ``light`` 4.5:1 on ``INK``, so that a style
sheet may take them for numbers and rules in the light and in the dark scheme.
"""

from dataclasses import dataclass

INK = "#12202e"
PAPER = "#faf8f4"
CORAL = "#e4572e"
AMBER = "#f2a541"
EMBER = "#a8341a"


@dataclass(frozen=True)
class Hue:
    deep: str
    base: str
    mid: str
    light: str
    tint: str


HUES = {
    "petrol": Hue("#062c36", "#0b5563", "#2f7f8c", "#63a9b3", "#d3e4e4"),
    "cancer": Hue("#3f0f20", "#9b2f4a", "#b9566b", "#dd8a9c", "#f3dedd"),
    "neuro": Hue("#1d1a45", "#4a3f8c", "#7068b4", "#a59bdb", "#e2e0ef"),
    "allergy": Hue("#22330f", "#527426", "#759a3f", "#9dbd66", "#e6ecd4"),
    "digital": Hue("#0a2e49", "#1f6f9f", "#428fbd", "#6fb4de", "#d8e8f1"),
    "biobank": Hue("#472706", "#9f5d14", "#c07f33", "#dda257", "#f4e6cf"),
}


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def mix(first, second, share):
    """The colour that lies ``share`` (0 to 1) of the way from ``first`` to ``second``."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True)
class Scheme:
    """The part each colour plays in one picture."""

    hue: Hue
    dark: bool
    ground: str
    ground_far: str
    line: str
    body: str
    shade: str
    soft: str
    accent: str = CORAL
    glow: str = AMBER
    ember: str = EMBER


def scheme(hue_name, ground):
    """The colours of a picture on ``ground``: ``paper``, ``tint``, ``deep`` or ``ink``."""
    hue = HUES[hue_name]
    if ground == "paper":
        return Scheme(
            hue, False, PAPER, mix(PAPER, hue.tint, 0.55), hue.deep, hue.base, hue.deep, hue.light
        )
    if ground == "tint":
        return Scheme(
            hue,
            False,
            mix(PAPER, hue.tint, 0.8),
            mix(hue.tint, hue.light, 0.35),
            hue.deep,
            hue.base,
            hue.deep,
            hue.light,
        )
    if ground == "deep":
        return Scheme(
            hue,
            True,
            mix(hue.deep, hue.base, 0.35),
            mix(hue.deep, INK, 0.35),
            hue.tint,
            hue.mid,
            hue.deep,
            hue.light,
        )
    return Scheme(hue, True, mix(INK, hue.deep, 0.4), INK, hue.tint, hue.mid, INK, hue.light)
