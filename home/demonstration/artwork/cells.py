"""Cells: the sentinel of the immune system, tumours, division, tissue, microbes.

A motif draws on a canvas round its focus: ``x``, ``y`` and ``reach``, in pixels.
"""

import math

from .geometry import (
    arc,
    blob,
    capsule,
    polar,
    scaled,
    scattered,
    softened,
    voronoi,
)
from .immunity import antibody
from .palette import AMBER, PAPER, mix
from .terrain import Terrain


def sentinel(canvas, x, y, reach):
    """One large immune cell, its receptors out, among drifting antibodies."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, -0.6))
    canvas.glow(x, y, reach * 2.0, c.body, 0.55)
    _far_cells(canvas, x, y, reach)
    flow = Terrain(rng, 40 * u)
    threads = canvas.mask(scale=3)
    for _ in range(150):
        px, py = rng.uniform(-0.1, 1.1) * canvas.width, rng.uniform(-0.1, 1.1) * canvas.height
        path = []
        for _ in range(rng.randint(14, 40)):
            a = flow.at(px, py) * 6 - 1.5
            px, py = px + math.cos(a) * u * 1.1, py + math.sin(a) * u * 1.1
            path.append((px, py))
        threads.stroke(path, 0.11 * u, rng.randint(40, 150))
    canvas.lay(threads, c.soft, 0.5)

    outline = blob(x, y, reach, rng, 0.03, (2, 3, 5, 7), 260)
    body = canvas.mask(canvas.box_of(outline, 4))
    body.fill(outline)
    canvas.model(
        body, x, y, reach, mix(c.body, c.ground, 0.45), c.shade, c.soft, 0.92, 0.8, (-0.3, -0.45)
    )
    canvas.inner_grain(body, c.hue.tint, reach * 0.16, 0.55)

    nucleus = (x + reach * 0.16, y + reach * 0.1)
    _folds(canvas, nucleus, reach)
    _organelles(canvas, x, y, reach, nucleus)
    core = blob(*nucleus, reach * 0.39, rng, 0.035)
    halo = canvas.mask(canvas.box_of(core, reach * 0.12))
    halo.fill(scaled(core, *nucleus, 1.09))
    canvas.lay(halo, c.shade, 0.35)
    canvas.form(core, c.accent, c.ember, c.glow, 1.0, 0.75, (-0.4, -0.42))
    _chromatin(canvas, nucleus, reach * 0.36)
    _membrane(canvas, outline, x, y, reach)

    placed = []
    for _ in range(140):
        px, py = polar(x, y, reach * (1.2 + rng.random() ** 1.5 * 0.75), rng.uniform(0, math.tau))
        size = u * rng.uniform(1.6, 3.2)
        if len(placed) > 32 or any(math.dist((px, py), q) < 8 * u for q in placed):
            continue
        placed.append((px, py))
        colour = c.glow if rng.random() < 0.3 else c.hue.tint
        antibody(canvas, px, py, size, rng.uniform(0, math.tau), colour, rng.uniform(0.5, 1))
    canvas.dust(240, c.hue.tint, 0.7, (0.05, 0.28), (x, y), 45)
    canvas.dust(50, c.glow, 0.9, (0.08, 0.3), (x, y), 40)


def _far_cells(canvas, x, y, reach):
    c, rng = canvas.colours, canvas.rng
    for dx, dy, size in (
        (-1.75, 0.95, 0.62),
        (1.25, -1.1, 0.4),
        (-1.5, -0.9, 0.2),
        (0.9, 1.3, 0.3),
    ):
        px, py = x + dx * reach, y + dy * reach
        outline = blob(px, py, size * reach, rng, 0.05)
        body = canvas.mask(canvas.box_of(outline, 2))
        body.fill(outline)
        canvas.lay(body, c.body, 0.28)
        canvas.inner_grain(body, c.soft, size * reach * 0.3, 0.5)
        inner = blob(px, py, size * reach * 0.4, rng, 0.05)
        canvas.form(inner, mix(c.body, c.soft, 0.3), c.shade, None, 0.6)


def _folds(canvas, nucleus, reach):
    """The pleated membranes that wrap the nucleus."""
    c, rng = canvas.colours, canvas.rng
    lines = canvas.mask(scale=3)
    for k in range(9):
        radius = reach * (0.45 + 0.036 * k)
        start = rng.uniform(0, math.tau)
        for _ in range(rng.randint(2, 3)):
            end = start + rng.uniform(0.5, 1.6)
            wave, phase = rng.randint(9, 15), rng.uniform(0, 6)
            path = []
            steps = 90
            for i in range(steps + 1):
                a = start + (end - start) * i / steps
                r = radius + reach * 0.010 * math.sin(a * wave + phase)
                path.append(polar(*nucleus, r, a))
            taper = [
                reach * 0.012 * (0.3 + math.sin(math.pi * i / steps)) for i in range(steps + 1)
            ]
            lines.stroke(path, taper, rng.randint(90, 230))
            start = end + rng.uniform(0.25, 0.8)
    canvas.lay(lines, c.hue.tint, 0.5)


def _organelles(canvas, x, y, reach, nucleus):
    c, rng = canvas.colours, canvas.rng
    placed = []
    for _ in range(400):
        a, d = rng.uniform(0, math.tau), reach * rng.uniform(0.3, 0.86)
        px, py = polar(x, y, d, a)
        if math.dist((px, py), nucleus) < reach * 0.52:
            continue
        if any(math.dist((px, py), q) < reach * 0.165 for q in placed):
            continue
        placed.append((px, py))
    for n, (px, py) in enumerate(placed):
        if n % 3 == 0:
            turn = rng.uniform(0, math.tau)
            long, wide = reach * rng.uniform(0.13, 0.19), reach * 0.062
            canvas.form(
                capsule(px, py, long, wide, turn),
                c.glow if n % 4 == 0 else c.soft,
                c.body,
                c.hue.tint,
                0.9,
                0.7,
            )
            lines = canvas.mask((px - long, py - long, px + long, py + long), 3)
            for k in range(5):
                t = (k - 2) / 2.4 * long / 2
                q = (px + math.cos(turn) * t, py + math.sin(turn) * t)
                ends = [polar(*q, s * wide * 0.33, turn + 1.35) for s in (-1, 1)]
                lines.stroke(ends, reach * 0.007)
            canvas.lay(lines, c.shade, 0.7)
        else:
            radius = reach * rng.uniform(0.014, 0.045)
            canvas.sphere(px, py, radius, c.hue.tint, c.body, PAPER, rng.uniform(0.55, 0.95))


def _chromatin(canvas, centre, radius):
    c, rng = canvas.colours, canvas.rng
    lines = canvas.mask(
        (centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius), 3
    )
    bends = Terrain(rng, radius * 0.28)
    for _ in range(46):
        px, py = polar(*centre, radius * 0.85 * math.sqrt(rng.random()), rng.uniform(0, math.tau))
        path = []
        for _ in range(26):
            path.append((px, py))
            a = bends.at(px, py) * 14
            px, py = px + math.cos(a) * radius * 0.03, py + math.sin(a) * radius * 0.03
            if math.dist((px, py), centre) > radius * 0.9:
                break
        lines.stroke(path, radius * 0.016, rng.randint(90, 220))
    canvas.lay(lines, mix(c.glow, PAPER, 0.3), 0.6)
    px, py = centre[0] + radius * 0.24, centre[1] + radius * 0.2
    canvas.sphere(px, py, radius * 0.24, c.ember, mix(c.ember, c.shade, 0.6), c.accent, 0.95)


def _membrane(canvas, outline, x, y, reach):
    """Two fine lines, the beads of the lipids between them, and receptors standing out."""
    c, rng = canvas.colours, canvas.rng
    lines = canvas.mask(scale=3)
    lines.outline(outline, reach * 0.010)
    lines.outline(scaled(outline, x, y, 0.955), reach * 0.006, 200)
    canvas.lay(lines, c.hue.tint, 0.9)
    beads = canvas.mask(scale=3)
    for px, py in scaled(outline, x, y, 0.978):
        beads.dot(px, py, reach * 0.0065)
    canvas.lay(beads, PAPER, 0.8)
    stems, heads = canvas.mask(scale=3), canvas.mask(scale=3)
    i = 0
    while i < len(outline) - 2:
        px, py = outline[i]
        a = math.atan2(py - y, px - x)
        tall = reach * rng.uniform(0.05, 0.10)
        top = polar(px, py, tall, a)
        stems.stroke([(px, py), top], reach * 0.009)
        if rng.random() < 0.5:
            for side in (-0.75, 0.75):
                tip = polar(*top, tall * 0.55, a + side)
                stems.stroke([top, tip], reach * 0.010)
                heads.dot(*tip, reach * 0.012)
        else:
            heads.dot(*top, reach * rng.uniform(0.014, 0.022))
        i += rng.randint(3, 8)
    canvas.lay(stems, c.soft, 0.95)
    canvas.lay(heads, c.hue.tint)


def spheroid(canvas, x, y, reach):
    """A tumour grown in a dish: a packed ball of cells, a few of them leaving."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.8, 1.0))
    rings = canvas.mask(scale=3)
    for k in range(1, 9):
        rings.outline(blob(x, y, reach * (1.06 + 0.11 * k**1.15), rng, 0.02), 0.1 * u, 220 - 20 * k)
    canvas.lay(rings, c.line, 0.28)
    canvas.glow(x, y, reach * 1.5, c.hue.mid, 0.35, multiply=not c.dark)
    points, gap = [], reach * 0.105
    for px, py in scattered(rng, 520, reach * 2, reach * 2, gap):
        if math.dist((px, py), (reach, reach)) < reach:
            points.append((x - reach + px, y - reach + py))
    # A ring of points beyond the last cells rounds the ball off.
    rim = [polar(x, y, reach * 1.07, math.tau * k / 60) for k in range(60)]
    bounds = (x - reach * 1.1, y - reach * 1.1, x + reach * 1.1, y + reach * 1.1)
    polygons = voronoi(points + rim, bounds, reach * 0.42)[: len(points)]
    chosen = min(points, key=lambda p: math.dist(p, (x - reach * 0.28, y - reach * 0.34)))
    for (px, py), polygon in zip(points, polygons, strict=True):
        if len(polygon) < 3:
            continue
        deep = 1 - math.dist((px, py), (x, y)) / reach
        warm = rng.random()
        base = mix(c.hue.light, c.hue.base, min(1, deep * 1.2 + rng.uniform(-0.15, 0.2)))
        if warm < 0.16:
            base = mix(base, c.accent, 0.6)
        elif warm > 0.9:
            base = mix(base, c.hue.tint, 0.55)
        if (px, py) == chosen:
            base = c.glow
        cell = softened(scaled(polygon, px, py, 0.93), 2)
        canvas.form(cell, base, mix(base, c.hue.deep, 0.75), mix(base, PAPER, 0.55), 0.95, 0.85)
        size = gap * rng.uniform(0.2, 0.3)
        core = blob(
            px + rng.gauss(0, gap * 0.06), py + rng.gauss(0, gap * 0.06), size, rng, 0.1, (2, 3), 24
        )
        canvas.shape(core, mix(c.hue.deep, base, 0.2), 0.85)
    shade = canvas.mask((x - reach * 1.1, y - reach * 1.1, x + reach * 1.1, y + reach * 1.1), 1)
    for (px, py), polygon in zip(points, polygons, strict=True):
        shade.fill(softened(scaled(polygon, px, py, 0.93), 1))
    _turned_away(canvas, shade, x, y, reach)
    for _ in range(26):
        a = rng.gauss(-0.3, 0.75)
        d = reach * (1.1 + rng.random() ** 1.6 * 1.2)
        px, py = polar(x, y, d, a)
        size = gap * rng.uniform(0.22, 0.52)
        base = rng.choice((c.hue.mid, c.hue.light, c.accent, c.hue.light))
        canvas.form(
            blob(px, py, size, rng, 0.07, (2, 3), 40),
            base,
            c.hue.deep,
            mix(base, PAPER, 0.6),
            0.92,
            0.8,
        )
        canvas.shape(blob(px, py, size * 0.4, rng, 0.1, (2, 3), 24), c.hue.deep, 0.8)
    canvas.dust(150, c.line, 0.5, (0.06, 0.22), (x + reach, y), 40)


def _turned_away(canvas, mask, x, y, reach):
    """Darken the side of a large body that the light does not reach."""
    c = canvas.colours
    lit = canvas.falloff(mask.box, x - 0.4 * reach, y - 0.45 * reach, reach * 2.7, 0.7)
    dark = lit.point([round((255 - v) * 0.85) for v in range(256)])
    grain = canvas.stippled(dark, mask.box)
    blank = canvas.mask(mask.box, 1)
    blank.image.paste(grain, (0, 0), mask.reduced())
    canvas.lay_image(blank.image, c.hue.deep, mask.box, 0.75, multiply=True)


def division(canvas, x, y, reach):
    """A cell at the moment when its two sets of chromosomes part."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((-0.7, 1.0))
    canvas.glow(x, y, reach * 1.9, c.hue.light, 0.4, multiply=not c.dark)
    tilt = -0.42
    ct, st = math.cos(tilt), math.sin(tilt)

    def at(px, py):
        return x + (px * ct - py * st) * reach, y + (px * st + py * ct) * reach

    for k in range(5, 0, -1):
        ring = canvas.mask(scale=3)
        ring.outline([at(*p) for p in _peanut(1 + 0.13 * k, rng)], 0.1 * u)
        canvas.lay(ring, c.line, 0.30 - 0.04 * k)
    outline = [at(*p) for p in _peanut(1.0, rng)]
    body = canvas.mask(canvas.box_of(outline, 4))
    body.fill(outline)
    canvas.model(
        body,
        x,
        y,
        reach * 1.1,
        mix(c.soft, c.ground, 0.25),
        c.body,
        PAPER,
        0.85,
        0.75,
        (-0.2, -0.5),
    )
    canvas.inner_grain(body, c.body, reach * 0.2, 0.8)
    poles = (-0.78, 0.78)
    fibres = canvas.mask(scale=3)
    for k in range(34):
        bow = (k / 33 - 0.5) * 1.5
        path = [
            at(poles[0] + 1.56 * t / 40, bow * math.sin(math.pi * t / 40) * 0.72) for t in range(41)
        ]
        fibres.stroke(path, 0.13 * u, rng.randint(120, 255))
    for pole in poles:
        side = 1 if pole > 0 else -1
        for k in range(38):
            a = (k / 37 - 0.5) * 4.6
            length = rng.uniform(0.14, 0.36)
            tip = (pole + side * length * math.cos(a), length * math.sin(a))
            fibres.stroke([at(pole, 0), at(*tip)], 0.11 * u, rng.randint(90, 210))
    canvas.lay(fibres, c.hue.deep, 0.62)
    for side in (-1, 1):
        for k in range(13):
            py = (k - 6) * 0.066 + rng.gauss(0, 0.008)
            px = side * (0.42 - 0.9 * py * py + rng.gauss(0, 0.015))
            for arm in (-1, 1):
                bend = [
                    (px, py),
                    (px - side * 0.06, py + arm * 0.012),
                    (px - side * rng.uniform(0.12, 0.2), py + arm * rng.uniform(0.02, 0.05)),
                ]
                path = softened([at(*p) for p in bend], 3, closed=False)
                colour = c.accent if (k + (side > 0)) % 3 else c.glow
                chromosome = canvas.mask(canvas.box_of(path, reach * 0.05), 3)
                width = reach * 0.036
                chromosome.stroke(path, width)
                for end in (path[0], path[-1]):
                    chromosome.dot(*end, width / 2)
                canvas.lay(chromosome, colour)
                canvas.inner_grain(chromosome, c.ember, width, 0.7)
        canvas.sphere(
            *at(poles[0] if side < 0 else poles[1], 0), reach * 0.035, c.glow, c.ember, PAPER
        )
    edge = canvas.mask(scale=3)
    edge.outline(outline, 0.35 * u)
    canvas.lay(edge, c.hue.deep if not c.dark else c.hue.tint, 0.85)
    for _ in range(60):
        px, py = rng.uniform(-1.3, 1.3), rng.uniform(-0.6, 0.6)
        if (abs(px) - 0.62) ** 2 + py * py < 0.2 and abs(px) > 0.7:
            canvas.sphere(
                *at(px, py), reach * rng.uniform(0.01, 0.028), c.hue.tint, c.body, PAPER, 0.9
            )
    canvas.dust(170, c.line, 0.5, (0.06, 0.22))


def _peanut(size, rng):
    """Cassini's oval, just before it would part in two, of half-length about 1.3."""
    a, b = 0.86 * size, 0.985 * size
    phase = rng.uniform(0, 6)
    outline = []
    for k in range(240):
        t = math.tau * k / 240
        inner = math.sqrt(b**4 - a**4 * math.sin(2 * t) ** 2)
        r = math.sqrt(a * a * math.cos(2 * t) + inner) * (1 + 0.008 * math.sin(5 * t + phase))
        outline.append((r * math.cos(t), r * math.sin(t)))
    return outline


def tissue(canvas, x, y, reach):
    """A stained section: sheets of cells round an open vessel, one cluster standing out."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 0.3))
    w, h = canvas.width, canvas.height
    span = 4.4 * u
    density = Terrain(rng, 34 * u, 2)
    vessel = _vessel(w, h, u, rng)
    points = []
    for px, py in scattered(rng, 1500, w, h, span * 0.72, span):
        away = min(math.dist((px, py), q) for q in vessel) - 7.5 * u
        if away > 0 and (away < span or rng.random() < 0.35 + density.at(px, py)):
            points.append((px, py, away))
    polygons = voronoi([p[:2] for p in points], (-span, -span, w + span, h + span), span * 2)
    for (px, py, away), polygon in zip(points, polygons, strict=True):
        if len(polygon) < 3:
            continue
        stain = density.at(px + 900, py + 300)
        marked = math.dist((px, py), (x, y)) < reach * (0.35 + 0.65 * density.at(px * 3, py * 3))
        base = mix(c.hue.tint, c.hue.light, min(1, max(0, stain * 1.5 - 0.25)))
        if away < span * 0.9:
            base = mix(base, c.hue.mid, 0.6)
        if marked:
            base = mix(c.glow, c.accent, rng.uniform(0, 0.8))
        cell = softened(scaled(polygon, px, py, 0.92), 2)
        canvas.shape(cell, base, rng.uniform(0.75, 1))
        core = blob(px, py, span * rng.uniform(0.15, 0.27), rng, 0.16, (2, 3), 18)
        canvas.shape(core, mix(c.hue.deep, c.hue.base, rng.random() * 0.7), 0.85)
    border = canvas.mask(scale=2)
    for (px, py, _), polygon in zip(points, polygons, strict=True):
        if len(polygon) > 2:
            border.outline(softened(scaled(polygon, px, py, 0.92), 1), 0.08 * u, 160)
    canvas.lay(border, c.hue.deep, 0.45)
    walls = canvas.mask(scale=3)
    for offset in (7.4, 6.6, 5.9):
        for side in (-1, 1):
            path = [(px, py + side * offset * u) for px, py in vessel]
            walls.stroke(path, 0.16 * u, 200)
    canvas.lay(walls, c.hue.base, 0.5)
    for k in range(30):
        px, py = vessel[rng.randrange(len(vessel))]
        px, py = px + rng.gauss(0, 3 * u), py + rng.uniform(-4.2, 4.2) * u
        size = u * rng.uniform(0.9, 1.35)
        canvas.sphere(
            px, py, size, mix(c.accent, c.hue.light, rng.uniform(0.2, 0.9)), c.hue.base, PAPER, 0.9
        )
        if k % 3:
            canvas.glow(px, py, size * 0.6, c.hue.base, 0.5)
    cloud = canvas.clouds(4).point([max(0, v - 120) for v in range(256)])
    canvas.lay_image(canvas.stippled(cloud, canvas.frame), c.hue.deep, opacity=0.45, multiply=True)


def _vessel(w, h, u, rng):
    """The middle line of a vessel that crosses the picture."""
    level, swing, phase = rng.uniform(0.3, 0.42) * h, 0.16 * h, rng.uniform(0, 6)
    steps = max(12, int(w / (3 * u)))
    path = []
    for i in range(-2, steps + 3):
        t = i / steps
        path.append((t * w, level + swing * math.sin(t * 3.6 + phase) + 0.16 * h * (t - 0.5)))
    return path


def microbes(canvas, x, y, reach):
    """A drift of bacteria of several kinds, thick at the focus and thin at the edges."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.4, 1.0))
    drift = Terrain(rng, 46 * u)
    canvas.glow(x, y, reach * 2, c.soft, 0.5, multiply=not c.dark)
    rods = []
    for px, py in scattered(rng, 420, canvas.width, canvas.height, 5.0 * u, 8 * u):
        near = math.dist((px, py), (x, y)) / reach
        if rng.random() < math.exp(-0.55 * near * near) + 0.05:
            rods.append((px, py, near))
    hairs = canvas.mask(scale=3)
    for px, py, _ in rods[::3]:
        a = drift.at(px, py) * 7 + math.pi
        path, phase = [], rng.uniform(0, 6)
        for i in range(44):
            d = u * (2.5 + i * 0.26)
            qx, qy = polar(px, py, d, a)
            sway = math.sin(i * 0.33 + phase) * u * 0.6
            path.append((qx - math.sin(a) * sway, qy + math.cos(a) * sway))
        hairs.stroke(path, [0.2 * u * (1 - i / 50) for i in range(44)], 220)
    canvas.lay(hairs, c.line, 0.5)
    rods.sort(key=lambda rod: -rod[2])
    for n, (px, py, near) in enumerate(rods):
        a = drift.at(px, py) * 7 + rng.gauss(0, 0.12)
        kind = rng.random()
        base = rng.choice((c.hue.base, c.hue.mid, c.hue.light, c.hue.mid))
        if kind > 0.93 or (near < 0.35 and n % 4 == 0):
            base = c.accent if n % 2 else c.glow
        shade = mix(base, c.hue.deep, 0.8)
        light = mix(base, PAPER, 0.55)
        if kind < 0.2:
            for k in range(rng.randint(3, 6)):
                qx, qy = polar(px, py, k * 2.3 * u, a + 0.12 * k)
                canvas.sphere(qx, qy, 1.3 * u, base, shade, light, 0.96)
            continue
        long, wide = u * rng.uniform(6.5, 11), u * rng.uniform(2.6, 3.3)
        rod = capsule(px, py, long, wide, a)
        canvas.form(rod, base, shade, light, 0.96, 0.95, (-0.2, -0.3))
        box = canvas.mask(canvas.box_of(rod), 3)
        for _ in range(9):
            t, s = rng.uniform(-0.42, 0.42) * long, rng.uniform(-0.3, 0.3) * wide
            box.dot(
                px + math.cos(a) * t - math.sin(a) * s,
                py + math.sin(a) * t + math.cos(a) * s,
                u * rng.uniform(0.08, 0.2),
            )
        if rng.random() < 0.3:
            waist = [polar(px, py, s * wide * 0.5, a + math.pi / 2) for s in (-1, 1)]
            box.stroke(waist, 0.14 * u)
        canvas.lay(box, mix(shade, c.hue.deep, 0.4), 0.75)
    canvas.dust(260, c.line, 0.5, (0.05, 0.2))


def encounter(canvas, x, y, reach):
    """A killer cell docks on a diseased cell: two bodies and the seam between them."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 0.8))
    left = (x - reach * 0.78, y + reach * 0.16, reach * 0.98)
    right = (x + reach * 0.62, y - reach * 0.2, reach * 0.58)
    canvas.glow(x - reach * 0.1, y, reach * 1.7, c.soft, 0.45, multiply=not c.dark)
    ripples = canvas.mask(scale=3)
    for k in range(1, 14):
        ripples.stroke(
            arc(*right[:2], right[2] + reach * 0.09 * k, -2.0, 1.4), 0.12 * u, 230 - 14 * k
        )
    canvas.lay(ripples, c.line, 0.4)
    big = blob(*left, rng, 0.04, (2, 3, 4, 6), 200)
    mask = canvas.mask(canvas.box_of(big, 3))
    mask.fill(big)
    canvas.model(mask, *left, c.hue.base, c.hue.deep, c.hue.mid, 1, 0.95, (-0.2, -0.5))
    canvas.inner_grain(mask, c.hue.light, reach * 0.15, 0.6)
    for _ in range(70):
        a, d = rng.uniform(0, math.tau), left[2] * math.sqrt(rng.random()) * 0.86
        px, py = polar(left[0], left[1], d, a)
        if math.dist((px, py), (left[0] - reach * 0.15, left[1])) > left[2] * 0.46:
            canvas.sphere(
                px, py, reach * rng.uniform(0.012, 0.04), c.hue.light, c.hue.base, c.hue.tint, 0.9
            )
    core = blob(left[0] - reach * 0.15, left[1], left[2] * 0.42, rng, 0.07, (2, 3, 5))
    canvas.form(core, c.hue.deep, mix(c.hue.deep, "#000000", 0.35), c.hue.mid, 1, 0.9)
    hairs = canvas.mask(scale=3)
    for k in range(120):
        a = math.tau * k / 120 + rng.gauss(0, 0.01)
        px, py = polar(*right, a)
        tip = polar(px, py, reach * rng.uniform(0.05, 0.13), a + rng.gauss(0, 0.3))
        hairs.stroke([(px, py), tip], [reach * 0.014, reach * 0.004])
    canvas.lay(hairs, c.accent, 0.9)
    small = blob(*right, rng, 0.035, (2, 3, 5, 7), 200)
    canvas.form(small, c.accent, c.ember, AMBER, 1, 0.85, (-0.35, -0.45))
    core = blob(right[0] + reach * 0.09, right[1] - reach * 0.02, right[2] * 0.56, rng, 0.05)
    canvas.form(core, mix(c.ember, c.accent, 0.35), mix(c.ember, c.hue.deep, 0.6), c.accent, 0.95)
    angle = math.atan2(left[1] - right[1], left[0] - right[0])
    for _ in range(46):
        a = angle + rng.gauss(0, 0.28)
        d = right[2] * rng.uniform(0.78, 1.22)
        px, py = polar(right[0], right[1], d, a)
        canvas.sphere(px, py, reach * rng.uniform(0.012, 0.03), c.glow, c.accent, PAPER, 1)
    edge = canvas.mask(scale=3)
    edge.outline(big, 0.22 * u)
    edge.outline(small, 0.18 * u)
    canvas.lay(edge, c.hue.tint if c.dark else c.hue.deep, 0.6)
    canvas.dust(200, c.line, 0.5, (0.05, 0.24))
