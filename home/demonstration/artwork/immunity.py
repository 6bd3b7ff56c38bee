"""Antibodies and what they meet."""

import math

from .geometry import blob, polar
from .palette import PAPER, mix
from .terrain import Terrain


def antibody(canvas, x, y, size, turn, colour, opacity=1.0):
    """A small antibody in plain lines, its stem at ``(x, y)`` and its arms towards ``turn``."""
    box = (x - size * 2.2, y - size * 2.2, x + size * 2.2, y + size * 2.2)
    mask = canvas.mask(box, 3)
    foot = polar(x, y, -size, turn)
    mask.stroke([foot, (x, y)], size * 0.26)
    mask.dot(*foot, size * 0.16)
    for side in (-1, 1):
        a = turn + side * 0.68
        tip = polar(x, y, size, a)
        mask.stroke([(x, y), tip], size * 0.26)
        mask.dot(*tip, size * 0.17)
        begin = polar(*polar(x, y, size * 0.45, a), side * size * 0.3, a + math.pi / 2)
        end = polar(*polar(x, y, size * 1.02, a), side * size * 0.3, a + math.pi / 2)
        mask.stroke([begin, end], size * 0.17)
        mask.dot(*end, size * 0.11)
    mask.dot(x, y, size * 0.15)
    canvas.lay(mask, colour, opacity)


ARM = 0.9


def _molecule(canvas, x, y, size, turn, heavy, light, opacity=1.0):
    """An antibody as its twelve folded domains: stem, two arms, and the light chains."""
    c, rng = canvas.colours, canvas.rng
    hinge = canvas.mask((x - size * 2, y - size * 2, x + size * 2, y + size * 2), 3)
    hinge.stroke([polar(x, y, -size * 0.3, turn), (x, y)], size * 0.07)
    for side in (-1, 1):
        hinge.stroke([(x, y), polar(x, y, size * 0.6, turn + side * ARM)], size * 0.07)
    canvas.lay(hinge, heavy, opacity)
    parts = []
    for side in (-1, 1):
        for k in (1, 0):
            q = polar(x, y, -size * (0.34 + 0.38 * k), turn)
            parts.append((*polar(*q, side * size * 0.17, turn + math.pi / 2), turn, heavy))
        a = turn + side * ARM
        for k in (0, 1):
            q = polar(x, y, size * (0.42 + 0.4 * k), a)
            parts.append((*polar(*q, -side * size * 0.165, a + math.pi / 2), a, heavy))
            parts.append((*polar(*q, side * size * 0.18, a + math.pi / 2), a, light))
    for px, py, a, colour in parts:
        round_one = blob(0, 0, size * 0.2, rng, 0.06, (2, 3, 5), 60)
        ca, sa = math.cos(a), math.sin(a)
        outline = [
            (px + 1.08 * ox * ca - 0.86 * oy * sa, py + 1.08 * ox * sa + 0.86 * oy * ca)
            for ox, oy in round_one
        ]
        canvas.form(
            outline, colour, mix(colour, c.hue.deep, 0.8), mix(colour, PAPER, 0.6), opacity, 0.9
        )
        if size > 12 * canvas.unit:
            _thread(canvas, px, py, size * 0.15, mix(colour, PAPER, 0.7), opacity)


def _thread(canvas, x, y, radius, colour, opacity):
    """The fold of a chain, as one fine line inside a domain."""
    rng = canvas.rng
    mask = canvas.mask((x - radius * 1.3, y - radius * 1.3, x + radius * 1.3, y + radius * 1.3), 3)
    a, b = rng.uniform(0, 6), rng.uniform(0, 6)
    path = []
    for i in range(90):
        t = i / 89 * math.tau
        r = radius * (0.62 + 0.33 * math.sin(5 * t + a))
        path.append(polar(x, y, r, t * 2 + 0.4 * math.sin(3 * t + b)))
    mask.stroke(path, radius * 0.055, 220)
    canvas.lay(mask, colour, opacity * 0.55)


def antibodies(canvas, x, y, reach):
    """A large antibody before fainter ones, and the antigens it is about to bind."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.6, -1.0))
    canvas.glow(x, y, reach * 1.9, c.soft, 0.5, multiply=not c.dark)
    field = Terrain(rng, 60 * u)
    lines = canvas.mask(scale=3)
    for px, py in scattered_rows(canvas, 3.4 * u):
        a = field.at(px, py) * 8
        lines.stroke([polar(px, py, -1.1 * u, a), polar(px, py, 1.1 * u, a)], 0.12 * u, 170)
    canvas.lay(lines, c.line, 0.22)
    far = [
        (-1.75, 0.55),
        (-1.2, -0.95),
        (1.35, 0.95),
        (1.75, -0.5),
        (-0.75, 1.3),
        (0.35, -1.35),
        (-2.4, -0.4),
        (2.5, 0.5),
    ]
    for dx, dy in far:
        px, py = x + (dx + rng.gauss(0, 0.1)) * reach, y + (dy + rng.gauss(0, 0.1)) * reach
        colour = mix(c.soft, c.ground, rng.uniform(0.25, 0.6))
        _molecule(
            canvas,
            px,
            py,
            reach * rng.uniform(0.26, 0.4),
            rng.uniform(0, math.tau),
            colour,
            mix(colour, c.ground, 0.4),
            0.75,
        )
    turn = -math.pi / 2 + 0.28
    _molecule(
        canvas,
        x,
        y + reach * 0.15,
        reach * 0.95,
        turn,
        c.hue.base if not c.dark else c.hue.mid,
        c.hue.light,
        1.0,
    )
    for side in (-1, 1):
        px, py = polar(x, y + reach * 0.15, reach * 1.22, turn + side * ARM)
        canvas.glow(px, py, reach * 0.45, c.glow if c.dark else PAPER, 0.6)
        outline = blob(px, py, reach * 0.17, rng, 0.12, (3, 4, 7), 80)
        canvas.form(outline, c.accent, c.ember, c.glow)
    for _ in range(18):
        a, d = rng.uniform(0, math.tau), reach * rng.uniform(1.0, 2.3)
        px, py = polar(x, y, d, a)
        size = reach * rng.uniform(0.02, 0.055)
        canvas.form(blob(px, py, size, rng, 0.12, (3, 4), 40), c.accent, c.ember, c.glow, 0.95)
    canvas.dust(200, c.line, 0.5, (0.05, 0.22))


def scattered_rows(canvas, step):
    """Points in even rows, every other row moved by half a step."""
    rows = int(canvas.height / step) + 2
    for j in range(rows):
        for i in range(int(canvas.width / step) + 2):
            yield (i + (j % 2) / 2) * step, j * step


def pollen(canvas, x, y, reach):
    """A grain of pollen, spines and pores, with antibodies of the allergic kind around it."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((-0.8, 1.0))
    canvas.glow(x, y, reach * 2.1, c.soft, 0.55, multiply=not c.dark)
    for dx, dy, size in (
        (-2.15, 0.75, 0.3),
        (1.55, 1.2, 0.19),
        (-1.3, -1.15, 0.13),
        (1.8, -0.9, 0.1),
    ):
        _grain(canvas, x + dx * reach, y + dy * reach, reach * size, 70, 0.55, far=True)
    wind = canvas.mask(scale=3)
    flow = Terrain(rng, 70 * u)
    for k in range(46):
        px, py = -0.1 * canvas.width, canvas.height * (k / 45 * 1.5 - 0.3)
        path = []
        while px < canvas.width * 1.1:
            path.append((px, py))
            a = (flow.at(px, py) - 0.5) * 2.0 - 0.1
            px, py = px + math.cos(a) * 1.6 * u, py + math.sin(a) * 1.6 * u
        wind.stroke(path, 0.1 * u, 60 + (k * 53) % 150)
    canvas.lay(wind, c.line, 0.32)
    _grain(canvas, x, y, reach, 260, 1.0)
    for k in range(15):
        a = -0.2 + math.tau * k / 15 + rng.gauss(0, 0.12)
        d = reach * rng.uniform(1.28, 1.85)
        px, py = polar(x, y, d, a)
        colour = c.accent if k % 3 else c.glow
        near = d < reach * 1.5
        turn = a + math.pi if near else rng.uniform(0, math.tau)
        antibody(canvas, px, py, reach * rng.uniform(0.09, 0.13), turn, colour)
    canvas.dust(240, c.line, 0.55, (0.05, 0.25))


def _grain(canvas, x, y, radius, spines, opacity, far=False):
    """A ball of spines, set on a Fibonacci lattice so that they lie evenly."""
    c, rng = canvas.colours, canvas.rng
    golden = math.pi * (3 - math.sqrt(5))
    tilt, ct, st = 0.5, math.cos(0.5 + rng.random()), math.sin(0.5 + rng.random())
    base = mix(c.hue.mid, c.glow, 0.25) if not far else mix(c.soft, c.ground, 0.35)
    shade = c.hue.deep if not far else c.body
    light = mix(c.glow, PAPER, 0.45)
    points = []
    for k in range(spines):
        z = 1 - 2 * (k + 0.5) / spines
        r = math.sqrt(1 - z * z)
        px, py = r * math.cos(golden * k + tilt), r * math.sin(golden * k + tilt)
        points.append((px, py * ct - z * st, py * st + z * ct))
    core = radius * 0.84

    def spine(px, py, pz, colour):
        # The root sits on the ball, the tip stands out along the normal.
        root = (x + px * core, y + py * core)
        tip = (x + px * radius * 1.14, y + py * radius * 1.14)
        a = math.atan2(py, px)
        wide = radius * 0.052
        left = polar(*root, wide, a + math.pi / 2)
        right = polar(*root, wide, a - math.pi / 2)
        mask = canvas.mask(canvas.box_of([root, left, right, tip], wide * 1.6), 3)
        mask.dot(*root, wide * (1.25 if pz > 0 else 1))
        mask.fill([left, tip, right])
        canvas.lay(mask, colour, opacity)

    for px, py, pz in points:
        if -0.5 < pz <= 0:
            spine(px, py, pz, mix(base, shade, 0.55))
    canvas.sphere(x, y, core, base, shade, light, opacity, 1.0, (-0.4, -0.45))
    mesh = canvas.mask((x - radius, y - radius, x + radius, y + radius), 3)
    front = [(px, py, pz) for px, py, pz in points if pz > 0]
    for n, (px, py, _pz) in enumerate(front):
        nearest = sorted(front, key=lambda q: (q[0] - px) ** 2 + (q[1] - py) ** 2)[1:5]
        for q in nearest:
            mesh.stroke(
                [(x + px * core, y + py * core), (x + q[0] * core, y + q[1] * core)],
                radius * 0.008,
                150 if n % 2 else 220,
            )
    canvas.lay(mesh, light, opacity * 0.5)
    for px, py, pz in sorted(front, key=lambda q: q[2]):
        lit = max(0, -px * 0.5 - py * 0.6 + pz * 0.6)
        spine(px, py, pz, mix(mix(shade, base, 0.6), light, min(1, lit)))
