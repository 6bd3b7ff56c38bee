"""From bed to bench to bed: four stations and the way between them, with room for words."""

import math
from itertools import pairwise

from .geometry import arc, bezier, blob, capsule, polar, sector
from .palette import HUES, PAPER, mix

STATIONS = 4


def _stations(width, height):
    """Centre and radius of each station, in pixels."""
    radius = min(width * 0.088, height * 0.15)
    return [
        (width * (0.14 + 0.24 * k), height * (0.435 + (0.05 if k % 2 else -0.05)), radius)
        for k in range(STATIONS)
    ]


def label_boxes(width, height):
    """Where words may stand, as ``(left, top, right, bottom)``: the title, then each station's."""
    boxes = [(round(width * 0.05), round(height * 0.06), round(width * 0.8), round(height * 0.18))]
    for x, y, radius in _stations(width, height):
        top = y + radius * 1.38
        boxes.append(
            (round(x - width * 0.1), round(top), round(x + width * 0.1), round(top + height * 0.17))
        )
    return boxes


def journey(canvas, x, y, reach):
    """The patient, the sample, the laboratory, the data, and the way back to the patient."""
    c, u = canvas.colours, canvas.unit
    canvas.ground((1.0, 0.4))
    stations = _stations(canvas.width, canvas.height)
    _way(canvas, stations)
    hues = [HUES[name] for name in ("petrol", "biobank", "cancer", "digital")]
    for n, (px, py, radius) in enumerate(stations):
        hue = hues[n]
        plate = canvas.mask(
            (px - radius * 1.6, py - radius * 1.6, px + radius * 1.6, py + radius * 1.6)
        )
        plate.dot(px, py, radius)
        canvas.shadow(plate, c.hue.deep, (0.5 * u, 1.0 * u), 2.2 * u, 0.28)
        canvas.lay(plate, mix(PAPER, hue.tint, 0.9))
        canvas.inner_grain(plate, hue.light, radius * 0.5, 0.6)
        (_patient, _sample, _laboratory, _data)[n](canvas, px, py, radius, hue)
        rim = canvas.mask(scale=3)
        rim.ring(px, py, radius, 0.3 * u)
        rim.ring(px, py, radius * 1.09, 0.12 * u, 170)
        canvas.lay(rim, hue.base, 0.9)
        left, top, right, _ = label_boxes(canvas.width, canvas.height)[n + 1]
        rule = canvas.mask((left, top - u, right, top + u))
        rule.stroke([(left, top - 0.6 * u), (right, top - 0.6 * u)], 0.28 * u)
        canvas.lay(rule, hue.base)


def _way(canvas, stations):
    c, u = canvas.colours, canvas.unit
    band, arrows = canvas.mask(), canvas.mask(scale=3)
    for (ax, ay, radius), (bx, by, _) in pairwise(stations):
        bend = (bx - ax) * 0.5
        path = bezier((ax, ay), (ax + bend, ay), (bx - bend, by), (bx, by), 40)
        band.stroke(path, 1.5 * u)
        gap = [p for p in path if ax + radius * 1.25 < p[0] < bx - radius * 1.25]
        px, py = gap[len(gap) // 2]
        arrows.fill(
            [(px - 1.6 * u, py - 2.2 * u), (px + 2.2 * u, py), (px - 1.6 * u, py + 2.2 * u)]
        )
    first, last = stations[0], stations[-1]
    low = canvas.height * 0.9
    start, end = (last[0] + last[2] * 1.1, last[1]), (first[0] - first[2] * 1.1, first[1])
    out = canvas.width * 0.05
    back = bezier(
        (last[0], last[1]), start, (start[0] + out, last[1]), (start[0] + out, low * 0.8), 20
    )
    back += bezier(back[-1], (start[0] + out, low), (start[0], low), (start[0] - out, low), 16)
    back += [(end[0] + out, low)]
    back += bezier(
        (end[0] + out, low), (end[0], low), (end[0] - out, low), (end[0] - out, low * 0.8), 16
    )
    back += bezier(back[-1], (end[0] - out, first[1]), end, (first[0], first[1]), 20)
    band.stroke(back, 0.9 * u)
    canvas.lay(band, c.hue.light, 0.75)
    px, py = canvas.width / 2, low
    arrows.fill([(px + 1.6 * u, py - 2.0 * u), (px - 2.2 * u, py), (px + 1.6 * u, py + 2.0 * u)])
    canvas.lay(arrows, c.accent)


def _patient(canvas, x, y, r, hue):
    body = bezier(
        (x - r * 0.6, y + r * 0.72),
        (x - r * 0.55, y + r * 0.1),
        (x + r * 0.55, y + r * 0.1),
        (x + r * 0.6, y + r * 0.72),
        30,
    )
    canvas.form(body, hue.base, hue.deep, hue.mid, 1, 0.8)
    canvas.sphere(x, y - r * 0.24, r * 0.29, hue.mid, hue.deep, hue.light)
    canvas.sphere(
        x + r * 0.16,
        y + r * 0.42,
        r * 0.09,
        canvas.colours.accent,
        canvas.colours.ember,
        canvas.colours.glow,
    )


def _sample(canvas, x, y, r, hue):
    turn = math.pi / 2 - 0.35
    tube = capsule(x, y + r * 0.05, r * 0.85, r * 0.42, turn)
    canvas.form(tube, mix(PAPER, hue.tint, 0.4), hue.light, PAPER, 1, 0.7)
    half = capsule(*polar(x, y + r * 0.05, r * 0.2, turn), r * 0.45, r * 0.34, turn)
    canvas.form(half, canvas.colours.accent, canvas.colours.ember, canvas.colours.glow)
    cap = capsule(*polar(x, y + r * 0.05, -r * 0.52, turn), r * 0.1, r * 0.34, turn + math.pi / 2)
    canvas.form(cap, hue.base, hue.deep, hue.mid)
    edge = canvas.mask(scale=3)
    edge.outline(tube, r * 0.025)
    for k in range(4):
        q = polar(x, y + r * 0.05, r * (-0.2 + 0.15 * k), turn)
        edge.stroke(
            [polar(*q, r * 0.08, turn + math.pi / 2), polar(*q, r * 0.2, turn + math.pi / 2)],
            r * 0.02,
        )
    canvas.lay(edge, hue.deep, 0.8)


def _laboratory(canvas, x, y, r, hue):
    rng = canvas.rng
    canvas.sphere(x, y, r * 0.74, mix(PAPER, hue.tint, 0.5), hue.light, PAPER, 1, 0.6)
    placed = []
    for _ in range(200):
        q = polar(x, y, r * 0.56 * math.sqrt(rng.random()), rng.uniform(0, math.tau))
        if all(math.dist(q, p) > r * 0.25 for p in placed):
            placed.append(q)
    for n, (px, py) in enumerate(placed):
        base = canvas.colours.accent if n == 3 else (hue.base, hue.mid, hue.light)[n % 3]
        canvas.form(
            blob(px, py, r * 0.125, rng, 0.08, (2, 3), 40), base, hue.deep, mix(base, PAPER, 0.5)
        )
        canvas.shape(blob(px, py, r * 0.05, rng, 0.1, (2, 3), 20), hue.deep, 0.85)
    rim = canvas.mask(scale=3)
    rim.ring(x, y, r * 0.74, r * 0.035)
    rim.ring(x, y, r * 0.68, r * 0.015)
    canvas.lay(rim, hue.base, 0.9)


def _data(canvas, x, y, r, hue):
    rng = canvas.rng
    for ring, (inner, outer) in enumerate(((0.22, 0.36), (0.4, 0.54), (0.58, 0.72))):
        start = rng.uniform(0, 6)
        for share, colour in ((0.42, hue.base), (0.26, hue.mid), (0.14, hue.light)):
            end = start + share * math.tau
            accent = ring == 1 and colour == hue.light
            canvas.shape(
                sector(x, y, r * inner, r * outer, start, end - 0.06),
                canvas.colours.accent if accent else colour,
            )
            start = end
    lines = canvas.mask(scale=3)
    for k in range(40):
        a = math.tau * k / 40
        lines.stroke(
            [polar(x, y, r * 0.76, a), polar(x, y, r * (0.78 + 0.1 * rng.random()), a)], r * 0.03
        )
    lines.stroke(arc(x, y, r * 0.12, 0, math.tau, 30), r * 0.03)
    canvas.lay(lines, hue.deep, 0.8)
