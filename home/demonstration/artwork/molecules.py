"""Small molecules and the proteins that they fit."""

import math

from .geometry import blob, polar
from .palette import PAPER, mix
from .terrain import Terrain

ROOT3 = math.sqrt(3)


def lattice(canvas, x, y, reach):
    """A molecule of fused rings, atoms as balls, before a faint honeycomb."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 0.5))
    canvas.glow(x, y, reach * 1.9, c.soft, 0.55, multiply=not c.dark)
    _honeycomb(canvas, x, y, reach * 0.21)
    bond = reach * 0.27
    cells = [(0, 0), (1, 0), (1, 1), (2, 0), (-1, 1), (-1, 2)]
    corners, bonds = {}, set()
    for a, b in cells:
        cx, cy = bond * ROOT3 * (a + b / 2), bond * 1.5 * b
        ring = []
        for k in range(6):
            px, py = polar(cx, cy, bond, math.pi / 6 + k * math.pi / 3)
            ring.append((round(px / bond * 4), round(py / bond * 4)))
            corners[ring[-1]] = (px, py)
        bonds |= {tuple(sorted((ring[k - 1], ring[k]))) for k in range(6)}
    degree = {key: sum(key in pair for pair in bonds) for key in corners}
    middle = [sum(p[k] for p in corners.values()) / len(corners) for k in (0, 1)]
    tails = []
    for n, (key, (px, py)) in enumerate(list(corners.items())):
        if degree[key] == 2 and n % 3 != 1:
            a = math.atan2(py - middle[1], px - middle[0]) + rng.gauss(0, 0.25)
            here, there = key, None
            for step in range(rng.choice((1, 1, 2, 3))):
                px, py = polar(px, py, bond * 0.92, a + (0.5 if step % 2 else -0.5) * (step > 0))
                if any(math.dist((px, py), q) < bond * 0.85 for q in corners.values()):
                    break
                there = (f"{n}", step)
                corners[there] = (px, py)
                tails.append((here, there))
                here = there
    bonds = sorted(bonds, key=str) + tails
    tilt = -0.38
    ct, st = math.cos(tilt), math.sin(tilt)
    depth = {key: rng.gauss(0, 0.5) for key in corners}
    place = {}
    for key, (px, py) in corners.items():
        px, py = px - middle[0], py - middle[1]
        place[key] = (x + px * ct - py * st, y + px * st + py * ct)
    mask = canvas.mask(scale=3)
    for n, (a, b) in enumerate(bonds):
        p, q = place[a], place[b]
        turn = math.atan2(q[1] - p[1], q[0] - p[0]) + math.pi / 2
        if n % 3 == 0:
            for side in (-1, 1):
                ends = [polar(*p, side * bond * 0.055, turn), polar(*q, side * bond * 0.055, turn)]
                mask.stroke(ends, bond * 0.055)
        else:
            mask.stroke([p, q], bond * 0.09)
    canvas.shadow(mask, c.hue.deep, (1.2 * u, 1.8 * u), 2 * u, 0.3)
    canvas.lay(mask, c.line, 0.9)
    kinds = [c.hue.base, c.hue.base, c.hue.mid, c.hue.mid, c.hue.light]
    if c.dark:
        kinds = [c.hue.mid, c.hue.light, c.hue.light, c.hue.tint]
    for n, key in enumerate(sorted(place, key=lambda k: depth[k])):
        px, py = place[key]
        end = isinstance(key[0], str)
        base = rng.choice(kinds)
        size = bond * (0.21 + 0.045 * depth[key])
        if end and n % 3 == 0:
            base, size = (c.accent, bond * 0.34) if n % 2 else (c.glow, bond * 0.27)
        canvas.sphere(
            px,
            py,
            max(size, bond * 0.12),
            base,
            mix(base, c.hue.deep, 0.8),
            mix(base, PAPER, 0.6),
            1,
            0.95,
        )
    canvas.dust(170, c.line, 0.5, (0.06, 0.22))


def _honeycomb(canvas, x, y, side):
    c, rng = canvas.colours, canvas.rng
    mask = canvas.mask(scale=3)
    faded = Terrain(rng, 50 * canvas.unit)
    rows = int(canvas.height / (side * 1.5)) + 2
    for j in range(rows):
        for i in range(int(canvas.width / (side * ROOT3)) + 2):
            cx, cy = (i + (j % 2) / 2) * side * ROOT3, j * side * 1.5
            strength = faded.at(cx, cy) - 0.4
            if strength > 0:
                ring = [polar(cx, cy, side * 0.94, math.pi / 6 + k * math.pi / 3) for k in range(6)]
                mask.outline(ring, 0.12 * canvas.unit, min(255, round(strength * 700)))
    canvas.lay(mask, c.line, 0.28)


def fold(canvas, x, y, reach):
    """A protein as one folded chain, coils and turns, with a small molecule in its pocket."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.8, 1.0))
    canvas.glow(x, y, reach * 2.0, c.soft, 0.6, multiply=not c.dark)
    surface = canvas.mask(scale=3)
    for k in range(9):
        surface.outline(
            blob(x, y, reach * (1.12 + 0.11 * k), rng, 0.05 + 0.006 * k, (2, 3, 4)),
            0.12 * u,
            230 - 22 * k,
        )
    canvas.lay(surface, c.line, 0.4)
    knots, golden = [], math.pi * (3 - math.sqrt(5))
    for k in range(17):
        z = 1 - 2 * ((k * 7) % 17 + 0.5) / 17
        flat = math.sqrt(1 - z * z) * reach * 0.86
        a = golden * ((k * 7) % 17) + rng.gauss(0, 0.15)
        knots.append((flat * math.cos(a), z * reach * 0.8, flat * math.sin(a)))
    chain = _chain(knots, reach)
    tones = (c.hue.base, c.hue.mid, c.hue.light, c.hue.tint)
    pieces = []
    for i in range(0, len(chain) - 4, 4):
        middle, longer = chain[i : i + 5], chain[max(0, i - 3) : i + 8]
        pieces.append((middle[2][2] / reach, i / len(chain), middle, longer))
    pieces.sort(key=lambda piece: piece[0])
    canvas.glow(x, y, reach * 0.8, mix(c.glow, PAPER, 0.65), 0.8)
    for z, share, middle, longer in pieces:
        near = max(-1, min(1, z))
        k = share * 2.999
        fog = 0.3 * (1 - near)
        base = mix(mix(tones[int(k)], tones[int(k) + 1], k % 1), c.ground, fog)
        width = reach * (0.088 + 0.02 * near)
        # The rim is shorter than the body laid over it, so that pieces join without a seam.
        for part, wide, colour, lift in (
            (middle, width + 0.5 * u, mix(c.hue.deep, c.ground, fog), 0),
            (longer, width, mix(base, c.hue.deep, 0.25), 0),
            (longer, width * 0.7, base, width * 0.1),
            (longer, width * 0.22, mix(base, PAPER, 0.5), width * 0.2),
        ):
            path = [(x + p[0] - lift * 0.7, y + p[1] - lift) for p in part]
            mask = canvas.mask(canvas.box_of(path, width))
            mask.stroke(path, wide)
            canvas.lay(mask, colour)
    bond = reach * 0.13
    ring = [polar(x, y, bond, k * math.pi / 3 + 0.3) for k in range(6)]
    tails = [polar(*ring[k], bond, k * math.pi / 3 + 0.3) for k in (0, 2, 5)]
    bonds = canvas.mask(scale=3)
    bonds.outline(ring, bond * 0.16)
    for k, tail in zip((0, 2, 5), tails, strict=True):
        bonds.stroke([ring[k], tail], bond * 0.16)
    canvas.shadow(bonds, c.hue.deep, (u, 1.4 * u), 1.5 * u, 0.6)
    canvas.lay(bonds, c.ember)
    for px, py in ring:
        canvas.sphere(px, py, bond * 0.36, c.accent, c.ember, c.glow)
    for px, py in tails:
        canvas.sphere(px, py, bond * 0.46, c.glow, c.accent, PAPER)
    canvas.dust(170, c.line, 0.5, (0.06, 0.22))


def _chain(knots, reach):
    """A smooth path in space through ``knots`` that winds into coils on every other stretch."""
    chain, steps, coil = [], 72, reach * 0.115
    for n in range(1, len(knots) - 2):
        for s in range(steps):
            t = s / steps
            point = []
            for a, b, d, e in zip(*knots[n - 1 : n + 3], strict=True):
                point.append(
                    0.5
                    * (
                        2 * b
                        + (d - a) * t
                        + (2 * a - 5 * b + 4 * d - e) * t * t
                        + (3 * b - a - 3 * d + e) * t**3
                    )
                )
            tight = math.sin(math.pi * t) ** 0.5 * coil if n % 2 else 0.0
            dx, dy = knots[n + 1][0] - knots[n][0], knots[n + 1][1] - knots[n][1]
            length = math.hypot(dx, dy) or 1.0
            wind = t * math.tau * 3.25
            across = tight * math.cos(wind)
            chain.append(
                (
                    point[0] - dy / length * across,
                    point[1] + dx / length * across,
                    point[2] + tight * math.sin(wind),
                )
            )
    return chain
