"""Marks of partners that do not exist, on transparent ground.

Each colour reaches 3:1 on ``PAPER`` and on ``INK``, for the light and the dark scheme.
"""

import math

from PIL import Image

from .canvas import Mask
from .geometry import arc, capsule, polar, rounded_box, sector

TEAL, ROSE, VIOLET, MOSS, SKY, OCHRE = (
    "#2f8592",
    "#bd5a70",
    "#776dbb",
    "#6b8f36",
    "#3a86b5",
    "#b5752a",
)
RUST = "#d3542f"


def _arcs(put, x, y, r):
    """Three open rings, each turned further."""
    for k, colour in enumerate((TEAL, TEAL, RUST)):
        radius = r * (0.88 - 0.29 * k)
        start = -0.6 + 1.9 * k
        put(colour, lambda m, a=radius, s=start: m.stroke(arc(x, y, a, s, s + 4.6, 90), r * 0.17))


def _petals(put, x, y, r):
    """Six leaves that meet in the middle."""
    for k in range(6):
        a = math.tau * k / 6 + 0.26
        tip, side = polar(x, y, r * 0.98, a), 0.62
        left = polar(x, y, r * 0.6, a - side * 0.62)
        right = polar(x, y, r * 0.6, a + side * 0.62)
        root = polar(x, y, r * 0.16, a)
        leaf = _curve(root, left, tip) + _curve(tip, right, root)
        put(MOSS if k % 3 else OCHRE, lambda m, p=leaf: m.fill(p))


def _curve(p, through, q):
    points = []
    for i in range(25):
        t = i / 24
        points.append(
            tuple(p[n] * (1 - t) ** 2 + 2 * through[n] * t * (1 - t) + q[n] * t * t for n in (0, 1))
        )
    return points


def _links(put, x, y, r):
    """Two rings through one another, one passing under and over."""
    a, b = (x - r * 0.4, y), (x + r * 0.4, y)
    put(VIOLET, lambda m: m.ring(*a, r * 0.58, r * 0.2))

    def over(m):
        m.ring(*b, r * 0.58, r * 0.2)
        gap = arc(*b, r * 0.58, 2.08, 2.58, 20)
        m.stroke(gap, r * 0.36, 0)

    put(ROSE, over)


def _steps(put, x, y, r):
    """Rising bars with a round head."""
    for k in range(4):
        height = r * (0.55 + 0.38 * k)
        px = x + (k - 1.5) * r * 0.46
        middle = y + r * 0.9 - height / 2
        colour = SKY if k < 3 else RUST
        put(
            colour,
            lambda m, a=px, b=middle, h=height: m.fill(
                capsule(a, b, h - r * 0.27, r * 0.27, math.pi / 2)
            ),
        )


def _burst(put, x, y, r):
    """Rays of two lengths round an open centre."""
    for k in range(16):
        a = math.tau * k / 16
        inner, outer = 0.42, (0.98 if k % 2 else 0.78)
        half = 0.1
        ray = sector(x, y, r * inner, r * outer, a - half, a + half, 8)
        put(OCHRE if k % 4 else RUST, lambda m, p=ray: m.fill(p))
    put(OCHRE, lambda m: m.dot(x, y, r * 0.2))


def _weave(put, x, y, r):
    """A turned square of dots that grow towards one corner."""
    for j in range(5):
        for i in range(5):
            px, py = (i - 2) * r * 0.3, (j - 2) * r * 0.3
            c = math.sqrt(0.5)
            size = r * (0.05 + 0.0105 * (i + 4 - j))
            spot = rounded_box(
                x + (px - py) * c, y + (px + py) * c, size * 2, size * 2, size * 0.5, math.pi / 4
            )
            colour = TEAL if (i + j) % 2 else SKY
            put(colour, lambda m, p=spot: m.fill(p))


MARKS = (_arcs, _petals, _links, _steps, _burst, _weave)


def drawn(mark, width, height):
    """A mark on transparent ground, as large as the picture lets it be with a margin."""
    picture = Image.new("RGBA", (width, height), (255, 255, 255, 0))

    def put(colour, draw):
        mask = Mask((0, 0, width, height), 4)
        draw(mask)
        layer = Image.new("RGBA", picture.size, colour)
        layer.putalpha(mask.reduced())
        picture.alpha_composite(layer)

    mark(put, width / 2, height / 2, min(width, height) * 0.42)
    return picture
