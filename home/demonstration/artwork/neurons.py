"""Neurons, the gaps between them, and networks."""

import math

from .geometry import bezier, blob, polar, scattered, softened
from .palette import PAPER, mix
from .terrain import Terrain


def _branches(rng, x, y, angle, width, length, unit, paths, depth=0):
    """Collect tapering, forking paths as ``(points, widths)``."""
    steps = max(6, int(length / unit))
    points, widths = [(x, y)], [width]
    end = width * 0.55
    drift = rng.gauss(0, 0.012)
    for i in range(1, steps + 1):
        angle += rng.gauss(0, 0.085) + drift
        x, y = polar(x, y, unit, angle)
        points.append((x, y))
        widths.append(width + (end - width) * i / steps)
    paths.append((points, widths))
    if depth < 6 and end > 0.05 * unit and length > 3 * unit:
        spread = rng.uniform(0.3, 0.62)
        for side in (-1, 1):
            if depth > 2 and rng.random() < 0.14:
                continue
            shorter = length * rng.uniform(0.62, 0.92)
            _branches(
                rng,
                x,
                y,
                angle + side * spread * rng.uniform(0.5, 1.1),
                end * 0.86,
                shorter,
                unit,
                paths,
                depth + 1,
            )


def _neuron(canvas, x, y, size, colour, opacity=1.0, lean=0.0, fine=True):
    """A pyramidal cell: a long tuft above, skirts below, and the axon leaving downwards."""
    c, rng = canvas.colours, canvas.rng
    unit = size * 0.035
    paths = []
    up = -math.pi / 2 + lean
    _branches(rng, *polar(x, y, size * 0.12, up), up, size * 0.075, size * 0.62, unit, paths)
    for k in range(5):
        a = up + math.pi + (k - 2) * 0.56 + rng.gauss(0, 0.1)
        if k != 2:
            _branches(
                rng,
                *polar(x, y, size * 0.09, a),
                a,
                size * 0.045,
                size * rng.uniform(0.24, 0.36),
                unit,
                paths,
                2,
            )
    for side in (-1, 1):
        a = up + side * rng.uniform(0.8, 1.1)
        start = polar(x, y, size * rng.uniform(0.25, 0.5), up)
        _branches(rng, *start, a, size * 0.03, size * 0.26, unit, paths, 2)
    mask = canvas.mask(scale=3)
    for points, widths in paths:
        mask.stroke(points, widths)
    axon, a = [], up + math.pi
    px, py = polar(x, y, size * 0.08, a)
    for _ in range(90):
        axon.append((px, py))
        a += rng.gauss(0, 0.035)
        px, py = polar(px, py, unit, a)
    mask.stroke(axon, [size * 0.026 * (1 - i / 130) for i in range(90)])
    soma = []
    for k in range(60):
        t = math.tau * k / 60
        r = size * (0.105 + 0.04 * math.cos(3 * t) + 0.02 * math.cos(t))
        soma.append(polar(x, y, r, t + up))
    mask.fill(soma)
    canvas.lay(mask, colour, opacity)
    if fine:
        spines = canvas.mask(scale=3)
        for points, widths in paths:
            for (px, py), width in zip(points, widths, strict=True):
                if rng.random() < 0.5:
                    a = rng.uniform(0, math.tau)
                    q = polar(px, py, width * 0.5 + size * 0.012, a)
                    spines.stroke([(px, py), q], size * 0.003)
                    spines.dot(*q, size * 0.0042)
        canvas.lay(spines, colour, opacity * 0.85)
        canvas.form(soma, colour, mix(colour, c.hue.deep, 0.75), mix(colour, PAPER, 0.45), opacity)
        core = blob(x, y, size * 0.052, rng, 0.05, (2, 3), 40)
        canvas.form(core, mix(colour, PAPER, 0.55), colour, PAPER, opacity * 0.9)
    return paths


def pyramids(canvas, x, y, reach):
    """A slice of cortex after Golgi's stain: layers of neurons, one of them firing."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.3, 1.0))
    h = canvas.height
    layers = canvas.mask(scale=3)
    undulation = Terrain(rng, 60 * u)
    for k in range(7):
        level = h * (0.1 + 0.15 * k)
        path = [
            (i * 2 * u, level + (undulation.at(i * 2 * u, level) - 0.5) * 14 * u)
            for i in range(-1, int(canvas.width / (2 * u)) + 3)
        ]
        layers.stroke(path, 0.13 * u, 200)
    canvas.lay(layers, c.line, 0.25)
    specks = canvas.mask(scale=3)
    for px, py in scattered(rng, 420, canvas.width, h, 2.3 * u):
        size = u * rng.uniform(0.15, 0.55)
        specks.fill(blob(px, py, size, rng, 0.2, (2, 3), 14), rng.randint(60, 220))
    canvas.lay(specks, c.soft, 0.5)
    for _ in range(9):
        px = rng.uniform(-0.02, 1.02) * canvas.width
        py = h * rng.uniform(0.3, 0.95)
        if abs(px - x) < reach * 0.4:
            px += reach * 0.8
        _neuron(
            canvas,
            px,
            py,
            reach * rng.uniform(0.45, 0.75),
            mix(c.soft, c.ground, 0.25),
            0.55,
            rng.gauss(0, 0.12),
            fine=False,
        )
    for dx, dy, size in ((-1.45, 0.3, 0.95), (1.3, 0.5, 0.85), (-2.6, 0.6, 0.8), (2.3, 0.05, 0.8)):
        _neuron(
            canvas, x + dx * reach, y + dy * reach, reach * size, c.body, 0.92, rng.gauss(0, 0.08)
        )
    canvas.glow(x, y + reach * 0.3, reach * 1.0, c.glow, 0.5)
    _neuron(canvas, x, y + reach * 0.42, reach * 1.25, c.accent, 1.0, 0.06)
    canvas.dust(90, c.glow, 0.9, (0.08, 0.28), (x, y), 22)


def synapse(canvas, x, y, reach):
    """The cleft between two nerve cells, and the messengers that cross it."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 1.0))
    canvas.glow(x, y, reach * 1.8, c.soft, 0.6, multiply=not c.dark)
    tilt = 0.62
    down = math.pi / 2 + tilt

    def bulb(side):
        """A nerve's end as an outline: a stalk that swells into a foot before the cleft."""
        profile = [
            (-2.6, 0.17),
            (-1.9, 0.18),
            (-1.5, 0.2),
            (-1.15, 0.3),
            (-0.85, 0.55),
            (-0.55, 0.74),
            (-0.3, 0.77),
            (-0.14, 0.68),
            (-0.085, 0.4),
        ]
        right, left = [], []
        for along, half in profile:
            spine = polar(x, y, along * reach * side, down)
            bend = 0.12 * along * along * reach * side
            spine = polar(*spine, bend, down + math.pi / 2)
            right.append(polar(*spine, half * reach, down + math.pi / 2))
            left.append(polar(*spine, -half * reach, down + math.pi / 2))
        return right + left[::-1]

    for side in (1, -1):
        outline = softened(bulb(side), 3)
        body = canvas.mask(canvas.box_of(outline, 4))
        body.fill(outline)
        if side > 0:
            terminal = body
        colour = c.hue.base if side > 0 else c.hue.mid
        centre = polar(x, y, -0.6 * reach * side, down)
        canvas.shadow(body, c.hue.deep, (u, 1.5 * u), 3 * u, 0.3 if not c.dark else 0.5)
        canvas.model(
            body, *centre, reach * 1.1, colour, c.hue.deep, c.hue.light, 1, 0.9, (-0.35, -0.4)
        )
        canvas.inner_grain(body, c.hue.light, reach * 0.12, 0.7)
        edge = canvas.mask(scale=3)
        edge.outline(outline, 0.28 * u)
        canvas.lay(edge, c.hue.tint, 0.8)
    fibres = canvas.mask(scale=3)
    for side in (1, -1):
        for k in range(9):
            path = []
            for i in range(30):
                along = -2.6 + i * 0.06
                bend = 0.12 * along * along * reach * side
                p = polar(x, y, along * reach * side, down)
                p = polar(*p, bend + (k - 4) * 0.03 * reach * (1 + i * 0.02), down + math.pi / 2)
                path.append(p)
            fibres.stroke(path, 0.12 * u, 200)
    canvas.lay(fibres, c.hue.tint, 0.5)
    placed = []
    for _ in range(260):
        along, across = -rng.uniform(0.2, 1.15), rng.gauss(0, 0.3)
        if abs(across) > 0.62 - max(0, -along - 0.55) * 0.75:
            continue
        p = polar(*polar(x, y, along * reach, down), across * reach, down + math.pi / 2)
        if any(math.dist(p, q) < reach * 0.135 for q in placed):
            continue
        if not all(_covers(terminal, polar(*p, reach * 0.085, k)) for k in range(7)):
            continue
        placed.append(p)
        size = reach * rng.uniform(0.05, 0.064)
        canvas.sphere(*p, size, c.hue.tint, c.hue.mid, PAPER, 0.95)
        load = canvas.mask((p[0] - size, p[1] - size, p[0] + size, p[1] + size), 3)
        for _ in range(7):
            q = polar(*p, size * 0.6 * math.sqrt(rng.random()), rng.uniform(0, math.tau))
            load.dot(*q, size * 0.15)
        canvas.lay(load, c.accent)
    for k in range(13):
        across = (k - 6) * 0.095
        p = polar(*polar(x, y, 0.085 * reach, down), across * reach, down + math.pi / 2)
        for side in (-1, 1):
            q = polar(*p, side * reach * 0.014, down + math.pi / 2)
            path = [polar(*q, -reach * 0.03, down), polar(*q, reach * 0.06, down)]
            gate = canvas.mask(canvas.box_of(path, reach * 0.03), 3)
            gate.stroke(path, reach * 0.02)
            canvas.lay(gate, c.glow)
    for _ in range(120):
        p = polar(x, y, rng.uniform(-0.075, 0.06) * reach, down)
        p = polar(*p, rng.gauss(0, 0.3) * reach, down + math.pi / 2)
        canvas.sphere(*p, reach * rng.uniform(0.007, 0.014), c.accent, c.ember, c.glow)
    canvas.dust(160, c.line, 0.5, (0.05, 0.22))


def _covers(mask, point):
    """Whether ``mask`` is filled at a point of the picture."""
    px = int((point[0] - mask.box[0]) * mask.scale)
    py = int((point[1] - mask.box[1]) * mask.scale)
    width, height = mask.image.size
    return 0 <= px < width and 0 <= py < height and mask.image.getpixel((px, py)) > 0


def connectome(canvas, x, y, reach):
    """Regions on a ring and the bundles that join them, cut by the edge of the picture."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((-1.0, 0.5))
    canvas.glow(x, y, reach * 1.5, c.body, 0.45, multiply=not c.dark)
    count = 96
    groups, start = [], 0
    while start < count:
        size = min(rng.randint(7, 16), count - start)
        groups.append(range(start, start + size))
        start += size
    hub = groups[1]
    # The ring is turned so that the marked region stands at the upper left.
    start = -2.5 - math.tau * (hub[0] + hub[-1]) / 2 / count
    angle = [math.tau * k / count + start for k in range(count)]
    group_of = {k: n for n, members in enumerate(groups) for k in members}
    links = []
    for _ in range(230):
        a = rng.randrange(count)
        b = rng.choice(groups[rng.randrange(len(groups))])
        if group_of[a] != group_of[b]:
            links.append((a, b))
    for colour, chosen, opacity, width in (
        (c.soft, [link for link in links if not set(link) & set(hub)], 0.34, 0.17),
        (c.accent, [link for link in links if link[0] in hub], 0.85, 0.24),
        (c.glow, [link for link in links if link[1] in hub], 0.85, 0.24),
    ):
        mask = canvas.mask(scale=3)
        for a, b in chosen:
            p, q = polar(x, y, reach, angle[a]), polar(x, y, reach, angle[b])
            pull = 0.22
            first = polar(x, y, reach * pull, angle[a])
            second = polar(x, y, reach * pull, angle[b])
            mask.stroke(bezier(p, first, second, q, 40), width * u, rng.randint(130, 255))
        canvas.lay(mask, colour, opacity)
    marks = canvas.mask(scale=3)
    for n, members in enumerate(groups):
        for k in members:
            value = rng.random() ** 2
            p = polar(x, y, reach * 1.035, angle[k])
            q = polar(x, y, reach * (1.06 + 0.22 * value), angle[k])
            marks.stroke([p, q], 0.75 * u, 150 + 100 * (n % 2))
    canvas.lay(marks, c.body if c.dark else c.hue.base, 0.85)
    dots = canvas.mask(scale=3)
    for k in range(count):
        dots.dot(*polar(x, y, reach, angle[k]), 0.42 * u)
    canvas.lay(dots, c.line)
    for members in groups:
        arc_points = [
            polar(
                x,
                y,
                reach * 1.36,
                angle[members[0]] + (angle[members[-1]] - angle[members[0]]) * i / 20,
            )
            for i in range(21)
        ]
        band = canvas.mask(scale=3)
        band.stroke(arc_points, 0.5 * u)
        canvas.lay(band, c.accent if members == hub else c.soft, 0.95)
    for k in hub:
        px, py = polar(x, y, reach, angle[k])
        canvas.sphere(px, py, 1.0 * u, c.accent, c.ember, c.glow)
    far = canvas.mask(scale=3)
    for k in range(7):
        far.ring(x, y, reach * (1.5 + 0.16 * k), 0.1 * u, 150 - 16 * k)
    canvas.lay(far, c.line, 0.4)
    canvas.dust(180, c.line, 0.5, (0.05, 0.22))


def constellation(canvas, x, y, reach):
    """People, places and findings as a loose net with one strong knot."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 1.0))
    canvas.glow(x, y, reach * 1.7, c.soft, 0.5, multiply=not c.dark)
    points = scattered(rng, 420, canvas.width, canvas.height, 4.0 * u, 8 * u)
    near = sorted(points, key=lambda p: math.dist(p, (x, y)))
    kept = [
        p
        for p in near
        if rng.random() < 0.16 + math.exp(-((math.dist(p, (x, y)) / reach) ** 2) / 3)
    ]
    lines, strong = canvas.mask(scale=3), canvas.mask(scale=3)
    degree = dict.fromkeys(kept, 0)
    for p in kept:
        others = sorted(kept, key=lambda q: math.dist(p, q))
        for q in others[1 : rng.randint(3, 5)]:
            if math.dist(p, q) > 13 * u:
                continue
            degree[p] += 1
            degree[q] += 1
            lines.stroke([p, q], 0.13 * u, rng.randint(120, 255))
    heart = kept[0]
    for q in kept[1:90:2]:
        bow = math.dist(heart, q) * 0.25
        a = math.atan2(q[1] - heart[1], q[0] - heart[0])
        middle = polar((heart[0] + q[0]) / 2, (heart[1] + q[1]) / 2, bow, a - math.pi / 2)
        strong.stroke(bezier(heart, middle, middle, q), 0.16 * u, rng.randint(120, 255))
        degree[q] += 2
    canvas.lay(lines, c.line, 0.5)
    canvas.lay(strong, c.accent, 0.8)
    for p in reversed(kept):
        if p != heart and math.dist(p, heart) < 7 * u:
            continue
        size = u * (0.3 + 0.02 * degree[p] ** 2) * rng.uniform(0.7, 1.5)
        if rng.random() < 0.05:
            size = u * rng.uniform(1.8, 3.0)
        colour = rng.choice((c.hue.base, c.hue.mid, c.hue.light, c.hue.mid, c.glow))
        if c.dark:
            colour = mix(colour, c.hue.light, 0.4) if colour != c.glow else colour
        halo = canvas.mask((p[0] - size * 3, p[1] - size * 3, p[0] + size * 3, p[1] + size * 3), 3)
        halo.dot(*p, size * 2.0, 60)
        halo.ring(*p, size * 2.0, 0.1 * u, 190)
        canvas.lay(halo, c.soft, 0.55)
        canvas.sphere(*p, size, colour, mix(colour, c.hue.deep, 0.75), mix(colour, PAPER, 0.5))
    for k in range(4):
        ring = canvas.mask(scale=3)
        ring.ring(*heart, (5 + 3.2 * k) * u, 0.16 * u, 255 - 50 * k)
        canvas.lay(ring, c.accent, 0.8)
    canvas.sphere(*heart, 3.6 * u, c.accent, c.ember, c.glow)
    canvas.dust(160, c.line, 0.5, (0.05, 0.2))
