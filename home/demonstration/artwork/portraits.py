"""Busts of people who do not exist: drawn silhouettes without features, clearly not photographs.

Outlines are in head radii from the middle of the head, x to the right and y down.
"""

import math
from dataclasses import dataclass

from .geometry import arc, bezier, blob, polar
from .palette import AMBER, CORAL, HUES, INK, PAPER, mix


@dataclass(frozen=True)
class Sitter:
    skin: str
    hair: str
    style: str
    garment: str
    collar: str
    beard: bool = False
    glasses: bool = False


SITTERS = (
    Sitter("#dba77f", "#3a2016", "bob", HUES["petrol"].base, "round"),
    Sitter("#e9c3a3", "#6b4a2c", "short", HUES["neuro"].base, "shirt", beard=True),
    Sitter("#8c5536", "#1c1414", "curls", HUES["biobank"].light, "coat"),
    Sitter("#efcfb4", "#b9b2a8", "bun", HUES["cancer"].base, "shirt", glasses=True),
    Sitter("#a86c45", "#241a17", "bald", HUES["allergy"].base, "round", beard=True),
    Sitter("#d79f76", HUES["digital"].base, "scarf", HUES["digital"].deep, "none"),
)

# The right half of what hair covers behind the head, from the crown down.
BEHIND = {
    "bob": ((0, -1.2), (1.35, -1.2), (1.05, 0.6), (0.92, 0.98)),
    "scarf": ((0, -1.22), (1.3, -1.2), (0.95, 0.8), (1.2, 1.7)),
}

# What hair covers before the forehead: an outer curve, then inner ones that lead back.
BEFORE = {
    "short": (
        ((-0.8, -0.02), (-1.02, -1.35), (0.75, -1.62), (0.8, -0.02)),
        ((0.68, -0.1), (0.6, -0.75), (-0.1, -0.5), (-0.4, -0.62)),
        ((-0.45, -0.6), (-0.6, -0.45), (-0.67, -0.3), (-0.7, -0.05)),
    ),
    "bob": (
        ((-0.93, 0.98), (-1.12, -1.95), (1.12, -1.95), (0.93, 0.98)),
        ((0.66, 0.8), (0.86, -0.2), (0.3, -0.45), (-0.2, -0.72)),
        ((-0.25, -0.7), (-0.66, -0.35), (-0.72, 0.2), (-0.66, 0.8)),
    ),
    "bun": (
        ((-0.78, 0.0), (-0.98, -1.42), (0.98, -1.42), (0.78, 0.0)),
        ((0.7, -0.1), (0.4, -0.85), (-0.4, -0.85), (-0.7, -0.1)),
    ),
}

SCARF = (
    ((-0.85, 0.6), (-1.08, -1.62), (1.08, -1.62), (0.85, 0.6)),
    ((0.85, 0.6), (0.75, 1.95), (-0.75, 1.95), (-0.85, 0.6)),
)


class Bust:
    """One sitter on a canvas: a head of radius ``reach`` at the focus."""

    def __init__(self, canvas, x, y, reach, sitter):
        self.canvas, self.x, self.y, self.reach = canvas, x, y, reach
        self.sitter = sitter
        self.low = max(3.0, (canvas.height + 4 - y) / reach)
        self.shade = mix(sitter.skin, "#5a2a1c", 0.62)
        self.dark_hair = mix(sitter.hair, INK, 0.55)
        self.pale_hair = mix(sitter.hair, PAPER, 0.28)

    def at(self, px, py):
        return self.x + px * self.reach, self.y + py * self.reach

    def placed(self, points):
        return [self.at(*point) for point in points]

    def curves(self, parts):
        return [p for part in parts for p in bezier(*self.placed(part), 40)]

    def draw(self):
        self._backdrop()
        self._hair_behind()
        self._neck()
        self._body()
        self._head()
        self._hair_before()
        if self.sitter.glasses:
            self._glasses()

    def _backdrop(self):
        canvas, c, u = self.canvas, self.canvas.colours, self.canvas.unit
        canvas.ground((0.4, 1.0))
        centre = self.at(-0.25, 0.15)
        disc = blob(*centre, self.reach * 1.75, canvas.rng, 0.012)
        mask = canvas.mask(canvas.box_of(disc, 3))
        mask.fill(disc)
        canvas.lay(mask, mix(c.ground, c.soft, 0.55))
        canvas.inner_grain(mask, c.hue.mid, self.reach * 0.5, 0.55)
        lines = canvas.mask(scale=3)
        for k in range(7):
            sweep = arc(*centre, self.reach * (1.86 + 0.13 * k), 2.6 + 0.12 * k, 5.6 - 0.2 * k)
            lines.stroke(sweep, 0.2 * u, 230 - 24 * k)
        canvas.lay(lines, c.line, 0.5)
        canvas.sphere(*self.at(1.55, -1.05), self.reach * 0.09, CORAL, c.ember, AMBER)

    def _hair_behind(self):
        canvas, sitter, reach = self.canvas, self.sitter, self.reach
        if sitter.style in BEHIND:
            right = bezier(*self.placed(BEHIND[sitter.style]), 40)
            left = [(2 * self.x - px, py) for px, py in right[::-1]]
            canvas.form(right + left, sitter.hair, self.dark_hair, None, 1, 0.9)
        elif sitter.style == "curls":
            self._curls(70, (0.92, 2.08), (0.6, 1.15), (0.16, 0.27))
        elif sitter.style == "bun":
            knot = self.at(0.1, -1.22)
            canvas.sphere(*knot, reach * 0.36, sitter.hair, self.dark_hair, self.pale_hair)

    def _curls(self, count, turns, distances, sizes):
        canvas, rng, reach = self.canvas, self.canvas.rng, self.reach
        for _ in range(count):
            a = math.pi * rng.uniform(*turns)
            centre = polar(*self.at(0, -0.14), reach * rng.uniform(*distances), a)
            size = reach * rng.uniform(*sizes)
            canvas.sphere(*centre, size, self.sitter.hair, self.dark_hair, self.pale_hair)

    def _neck(self):
        skin = mix(self.sitter.skin, self.shade, 0.35)
        neck = self.placed([(-0.36, 0.4), (0.36, 0.4), (0.42, 1.7), (-0.42, 1.7)])
        self.canvas.form(neck, skin, self.shade, None, 1, 0.9, (-0.5, 0.3))

    def _body(self):
        canvas, sitter, reach, low = self.canvas, self.sitter, self.reach, self.low
        left = bezier(*self.placed([(-0.42, 1.12), (-0.7, 1.42), (-1.72, 1.32), (-1.95, low)]), 30)
        right = [(2 * self.x - px, py) for px, py in left]
        depth = 1.42 if sitter.collar == "round" else 1.55
        neckline = bezier(right[0], self.at(0.3, depth), self.at(-0.3, depth), left[0], 24)
        body = left + right[::-1] + neckline
        mask = canvas.mask(canvas.box_of(body, 2))
        mask.fill(body)
        deep = mix(sitter.garment, INK, 0.55)
        light = mix(sitter.garment, PAPER, 0.3)
        centre = self.at(0, 2.2)
        canvas.model(mask, *centre, reach * 1.9, sitter.garment, deep, light, 1, 0.85, (-0.4, -0.5))
        weave = canvas.mask(mask.box, 2)
        for k in range(1, 28):
            weave.stroke(arc(*self.at(0, 0.7), reach * (0.55 + 0.11 * k), 0.05, 3.09), 0.0)
        self._lay_inside(weave, mask, mix(sitter.garment, PAPER, 0.6), 0.3)
        if sitter.collar == "round":
            band = canvas.mask(scale=3)
            band.stroke(neckline, reach * 0.07)
            canvas.lay(band, mix(sitter.garment, PAPER, 0.55))
        elif sitter.collar == "shirt":
            self._collar(mix(sitter.garment, PAPER, 0.82))
            placket = canvas.mask(scale=3)
            placket.stroke(self.placed([(0, 1.6), (0, low)]), reach * 0.025)
            for k in range(6):
                placket.dot(*self.at(0, 1.85 + 0.32 * k), reach * 0.04)
            canvas.lay(placket, mix(sitter.garment, PAPER, 0.75), 0.85)
        elif sitter.collar == "coat":
            shirt = self.placed([(-0.45, 1.1), (0.45, 1.1), (0.5, low), (-0.5, low)])
            canvas.form(shirt, HUES["petrol"].base, HUES["petrol"].deep)
            throat = self.placed([(-0.36, 1.0), (0.36, 1.0), (0, 1.5)])
            canvas.form(throat, mix(sitter.skin, self.shade, 0.35), self.shade)
            for side, outline in ((-1, left), (1, right)):
                flap = [*outline, *self.placed([(side * 0.46, low), (side * 0.3, 1.9)])]
                canvas.form(flap, PAPER, HUES["petrol"].light, None, 1, 0.6, (-0.3, -0.6))
            self._collar(PAPER, ((0.38, 1.04), (0.78, 1.4), (0.44, 2.3), (0.3, 1.7)))

    def _collar(self, colour, lapel=((0.40, 1.06), (0.66, 1.36), (0.28, 1.82), (0.02, 1.58))):
        edge = mix(colour, self.canvas.colours.hue.base, 0.45)
        for side in (-1, 1):
            points = self.placed([(side * px, py) for px, py in lapel])
            self.canvas.form(points, colour, edge, None, 1, 0.7)

    def _outline(self, grow=1.0):
        points = []
        for k in range(90):
            px, py = math.cos(math.tau * k / 90) * 0.74, math.sin(math.tau * k / 90)
            if py > 0:
                px *= 1 - 0.2 * py * py
            points.append(self.at(px * grow, py * grow))
        return points

    def _head(self):
        canvas, sitter, reach = self.canvas, self.sitter, self.reach
        if sitter.style not in ("bob", "scarf"):
            for side in (-1, 1):
                ear = [(side * 0.72 + px * 0.6, 0.12 + py) for px, py in arc(0, 0, 0.17, 0, 6.28)]
                canvas.form(self.placed(ear), mix(sitter.skin, self.shade, 0.25), self.shade)
        light = mix(sitter.skin, PAPER, 0.45)
        canvas.form(self._outline(), sitter.skin, self.shade, light, 1, 0.95, (-0.45, -0.3))
        if sitter.beard:
            jaw = [p for p in self._outline(1.03) if p[1] > self.y + reach * 0.22]
            jaw.sort()
            inner = self.curves([((0.66, 0.2), (0.45, 0.62), (-0.45, 0.62), (-0.66, 0.2))])
            canvas.form(
                jaw + inner, sitter.hair, self.dark_hair, self.pale_hair, 1, 0.8, (-0.3, -0.2)
            )

    def _hair_before(self):
        canvas, sitter, reach = self.canvas, self.sitter, self.reach
        if sitter.style == "curls":
            self._curls(34, (1.1, 1.9), (0.72, 0.92), (0.13, 0.22))
        elif sitter.style == "scarf":
            self._scarf()
        elif sitter.style in BEFORE:
            cap = self.curves(BEFORE[sitter.style])
            mask = canvas.mask(canvas.box_of(cap))
            mask.fill(cap)
            colours = (sitter.hair, self.dark_hair, self.pale_hair)
            canvas.model(mask, *self.at(0, -0.4), reach, *colours, 1, 0.85, (-0.35, -0.4))
            strands = canvas.mask(mask.box)
            for k in range(9):
                sweep = arc(*self.at(0, -0.05), reach * (0.8 + 0.05 * k), 3.5 + 0.03 * k, 5.5, 30)
                strands.stroke(sweep, reach * 0.012, 150)
            self._lay_inside(strands, mask, self.pale_hair, 0.5)

    def _scarf(self):
        canvas, reach = self.canvas, self.reach
        cloth = self.curves(SCARF)
        mask = canvas.mask(canvas.box_of(cloth, 2))
        mask.fill(cloth)
        mask.fill([(px, py + reach * 0.06) for px, py in self._outline(0.84)], 0)
        colours = (self.sitter.hair, self.dark_hair, self.pale_hair)
        canvas.model(mask, self.x, self.y, reach * 1.3, *colours, 1, 0.9, (-0.4, -0.4))
        folds = canvas.mask(mask.box)
        for k in range(6):
            sag = ((-0.9, 0.4 + 0.09 * k), (-0.5, 1.1 + 0.12 * k), (0.4, 1.2 + 0.1 * k))
            path = bezier(*self.placed([*sag, (0.9, 0.6 + 0.14 * k)]), 30)
            folds.stroke(path, reach * 0.018, 210 - 20 * k)
        self._lay_inside(folds, mask, self.pale_hair, 0.7)

    def _lay_inside(self, lines, shape, colour, opacity):
        """Lay ``lines`` where ``shape`` is; both masks have the same box and scale."""
        clipped = self.canvas.mask(lines.box)
        clipped.image.paste(lines.image, (0, 0), shape.image)
        self.canvas.lay(clipped, colour, opacity)

    def _glasses(self):
        rims, reach = self.canvas.mask(scale=3), self.reach
        for side in (-1, 1):
            rims.ring(*self.at(side * 0.3, 0.03), reach * 0.21, reach * 0.04)
            rims.stroke(self.placed([(side * 0.5, 0.0), (side * 0.74, -0.05)]), reach * 0.035)
        rims.stroke(arc(*self.at(0, 0.05), reach * 0.11, -2.6, -0.54, 12), reach * 0.035)
        self.canvas.lay(rims, self.canvas.colours.hue.deep)


def sitting(number):
    """The motif that draws the sitter of this number, counted from 1."""

    def motif(canvas, x, y, reach):
        Bust(canvas, x, y, reach, SITTERS[number - 1]).draw()

    return motif
