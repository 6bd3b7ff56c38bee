"""The genome: helix, spiral and rings of data."""

import math

from .geometry import bezier, polar, sector
from .palette import PAPER, mix
from .terrain import Terrain


def helix(canvas, x, y, reach):
    """A double helix across the picture, near strands before far ones."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, -0.5))
    canvas.glow(x, y, reach * 2.0, c.soft, 0.55, multiply=not c.dark)
    axis = -0.5
    ca, sa = math.cos(axis), math.sin(axis)
    half, turn = reach * 0.52, reach * 0.95
    bow = 0.10

    def at(along, phase):
        """A point of a strand, and its depth from -1 (far) to 1 (near)."""
        t = along / turn * math.pi + phase
        across = math.cos(t) * half
        s = along / reach
        off = across + bow * s * s * reach
        return (x + along * ca - off * sa, y + along * sa + off * ca), math.sin(t)

    length = math.hypot(canvas.width, canvas.height) * 0.75
    far = canvas.mask(scale=3)
    for k in range(-3, 4):
        path = [
            polar(*at(s * u * 2, 0)[0], 0, 0)
            for s in range(int(-length / (2 * u)), int(length / (2 * u)))
        ]
        far.stroke(
            [(px + k * 9 * u * sa, py - k * 9 * u * ca - 2 * u) for px, py in path], 0.1 * u, 150
        )
    canvas.lay(far, c.line, 0.25)
    pieces = []
    step = reach * 0.022
    count = int(length / step)
    for n in range(-count, count):
        along = n * step
        for strand, phase in enumerate((0.0, 2.35)):
            p, depth = at(along, phase)
            q, _ = at(along + step * 1.6, phase)
            pieces.append((depth, "strand", strand, p, q))
        if n % 5 == 0:
            (p, dp), (q, dq) = at(along, 0.0), at(along, 2.35)
            pieces.append(((dp + dq) / 2 - 0.25, "rung", n // 5, p, q))
    pieces.sort(key=lambda piece: piece[0])
    letters = (c.accent, c.glow, c.hue.light, c.hue.mid)
    for depth, kind, which, p, q in pieces:
        if not (-20 * u < p[0] < canvas.width + 20 * u and -20 * u < p[1] < canvas.height + 20 * u):
            continue
        fade = (1 - depth) / 2
        if kind == "strand":
            base = c.hue.base if which else c.hue.mid
            if c.dark:
                base = c.hue.light if which else c.hue.tint
            colour = mix(base, c.ground, 0.55 * fade)
            width = reach * (0.085 + 0.04 * depth)
            mask = canvas.mask(canvas.box_of([p, q], width), 2)
            mask.stroke([p, q], width)
            canvas.lay(mask, colour)
        else:
            middle = ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)
            pick = rng.randrange(4)
            for a, b, letter in ((p, middle, pick), (middle, q, (pick + 2) % 4)):
                colour = mix(letters[letter], c.ground, 0.45 * fade)
                mask = canvas.mask(canvas.box_of([a, b], reach * 0.05), 3)
                mask.stroke([a, b], reach * 0.042)
                canvas.lay(mask, colour)
    _strand_shading(canvas, at, length, step, reach)
    canvas.dust(170, c.line, 0.5, (0.06, 0.24))
    for _ in range(14):
        px, py = x + rng.gauss(0, 0.9) * reach, y + rng.gauss(0, 0.7) * reach
        canvas.sphere(px, py, u * rng.uniform(0.4, 1.2), c.glow, c.accent, PAPER, 0.95)


def _strand_shading(canvas, at, length, step, reach):
    """Grain on the strands where they turn away, and a light line where they are nearest."""
    c = canvas.colours
    mask, shine = canvas.mask(scale=2), canvas.mask(scale=3)
    for phase in (0.0, 2.35):
        count = int(length / step)
        run = []
        for n in range(-count, count):
            p, depth = at(n * step, phase)
            if depth > -0.1:
                run.append((p, depth))
                continue
            if len(run) > 3:
                mask.stroke([r[0] for r in run], [reach * (0.085 + 0.04 * r[1]) for r in run], 255)
                lifted = [(r[0][0] - reach * 0.016, r[0][1] - reach * 0.02) for r in run]
                shine.stroke(lifted, [reach * 0.012 * max(0, r[1]) for r in run])
            run = []
    canvas.inner_grain(mask, c.hue.deep, reach * 0.06, 0.6)
    canvas.lay(shine, PAPER, 0.8)


def spiral(canvas, x, y, reach):
    """A genome unrolled along a spiral, a bar for each region and one gene picked out."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 0.7))
    canvas.glow(x, y, reach * 1.9, c.body if c.dark else c.soft, 0.5, multiply=not c.dark)
    turns, inner = 8, reach * 0.16
    pitch = (reach * 1.5 - inner) / turns
    signal, second = Terrain(rng, 14, 2), Terrain(rng, 90, 1)
    masks = {
        colour: canvas.mask(scale=2)
        for colour in (c.hue.base, c.hue.mid, c.hue.light, c.accent, c.glow)
    }
    thread = canvas.mask(scale=3)
    a, number, path = 0.0, 0, []
    gene = range(470, 530)
    while a < turns * math.tau:
        radius = inner + pitch * a / math.tau
        path.append(polar(x, y, radius - pitch * 0.42, a))
        value = max(0.06, min(1, signal.at(number, 3) * 1.5 - 0.3))
        tall = pitch * 0.76 * value
        family = second.at(number, 40)
        colour = c.hue.base if family > 0.56 else c.hue.mid if family > 0.42 else c.hue.light
        if c.dark and colour == c.hue.base:
            colour = c.hue.light
        if number in gene:
            colour = c.accent
            tall = pitch * (0.4 + 0.45 * value)
        elif rng.random() < 0.025:
            colour = c.glow
        low, high = radius - pitch * 0.38, radius - pitch * 0.38 + tall
        masks[colour].stroke([polar(x, y, low, a), polar(x, y, high, a)], 0.62 * u)
        a += 0.98 * u / radius
        number += 1
    thread.stroke(path, 0.14 * u)
    canvas.lay(thread, c.line, 0.7)
    for colour, mask in masks.items():
        canvas.lay(mask, colour, 0.95)
    canvas.sphere(x, y, inner * 0.5, c.accent, c.ember, c.glow)
    rays = canvas.mask(scale=3)
    for k in range(24):
        b = math.tau * k / 24
        rays.stroke([polar(x, y, reach * 1.52, b), polar(x, y, reach * 2.6, b)], 0.08 * u, 150)
    canvas.lay(rays, c.line, 0.3)
    canvas.dust(150, c.line, 0.5, (0.06, 0.22))


def rings(canvas, x, y, reach):
    """Measurements in rings round a person: chromosomes, profiles, links."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((-1.0, 0.7))
    canvas.glow(x, y, reach * 1.7, c.body if c.dark else c.soft, 0.5, multiply=not c.dark)
    sizes = [rng.uniform(0.5, 1.6) for _ in range(17)]
    total, gap = sum(sizes), 0.028
    arcs, a = [], -1.1
    for size in sizes:
        span = (math.tau - gap * len(sizes)) * size / total
        arcs.append((a, a + span))
        a += span + gap
    strong = 3
    tones = (c.hue.base, c.hue.mid, c.hue.light) if not c.dark else (c.hue.mid, c.hue.light, c.soft)
    outer, thin = canvas.mask(scale=2), canvas.mask(scale=3)
    for n, (start, end) in enumerate(arcs):
        colour = c.accent if n == strong else tones[n % 3]
        canvas.shape(sector(x, y, reach * 0.985, reach * 1.06, start, end), colour, 1.0)
        bands = start
        while bands < end - 0.012:
            wide = rng.uniform(0.004, 0.02)
            outer.fill(
                sector(x, y, reach * 0.985, reach * 1.06, bands, min(end, bands + wide), 3),
                rng.randint(40, 170),
            )
            bands += wide + rng.uniform(0.005, 0.03)
        thin.stroke(
            [polar(x, y, reach * 1.09, start + (end - start) * i / 30) for i in range(31)], 0.12 * u
        )
    canvas.lay(outer, c.hue.deep if not c.dark else c.ground_far, 0.75)
    profile, points = canvas.mask(scale=2), canvas.mask(scale=3)
    hot = canvas.mask(scale=2)
    level, other = Terrain(rng, 9, 2), Terrain(rng, 30, 2)
    for n, (start, end) in enumerate(arcs):
        steps = max(4, int((end - start) / 0.0125))
        for k in range(steps):
            b = start + (end - start) * (k + 0.5) / steps
            value = max(0.04, level.at(n * 61 + k, 8) * 1.3 - 0.2)
            mask = hot if n == strong else profile
            mask.stroke(
                [polar(x, y, reach * 1.13, b), polar(x, y, reach * (1.13 + 0.3 * value), b)],
                0.5 * u,
            )
            points.dot(*polar(x, y, reach * (0.80 + 0.15 * other.at(n * 40 + k, 2)), b), 0.2 * u)
            if k % 2 == 0:
                points.dot(*polar(x, y, reach * (0.80 + 0.15 * rng.random()), b), 0.12 * u, 150)
    canvas.lay(profile, c.body if not c.dark else c.hue.light, 0.8)
    canvas.lay(hot, c.glow)
    canvas.lay(points, c.line, 0.75)
    for radius in (0.79, 0.96, 1.13, 1.45, 1.6, 1.8, 2.05):
        thin.ring(x, y, reach * radius, 0.08 * u, 130 if radius > 1.2 else 200)
    canvas.lay(thin, c.line, 0.5)
    cords = []
    for _ in range(44):
        n, m = rng.sample(range(len(arcs)), 2)
        if rng.random() < 0.3:
            n = strong
        cords.append((n, m))
    for n, m in sorted(cords, key=lambda cord: cord[0] == strong):
        b = rng.uniform(*arcs[n])
        d = rng.uniform(*arcs[m])
        wide = rng.uniform(0.006, 0.045)
        p, q = polar(x, y, reach * 0.77, b - wide), polar(x, y, reach * 0.77, d)
        r, s = polar(x, y, reach * 0.77, b + wide), polar(x, y, reach * 0.77, d + wide)
        there = bezier(p, polar(x, y, reach * 0.2, b), polar(x, y, reach * 0.2, d), q, 28)
        back = bezier(s, polar(x, y, reach * 0.2, d), polar(x, y, reach * 0.2, b), r, 28)
        colour = rng.choice((c.accent, c.accent, c.glow)) if n == strong else tones[m % 3]
        canvas.shape(there + back, colour, 0.62 if n == strong else 0.34)
    canvas.dust(140, c.line, 0.5, (0.06, 0.22))
