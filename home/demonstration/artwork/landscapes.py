"""Fields of numbers seen as land: streams, heights and horizons."""

import math

from PIL import Image, ImageOps

from .geometry import blob, polar, sector, softened
from .palette import PAPER, mix
from .terrain import Terrain, area, closed_contours


def streams(canvas, x, y, reach):
    """Lines of flow that part before a body and close behind it."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.5, 1.0))
    canvas.glow(x, y, reach * 2.2, c.body, 0.5, multiply=not c.dark)
    bend = Terrain(rng, 55 * u)
    w, h = canvas.width, canvas.height
    spacing = 1.45 * u
    taken = {}

    def direction(px, py):
        dx, dy = (px - x) / reach, (py - y) / reach
        d2 = dx * dx + dy * dy
        a = (bend.at(px, py) - 0.5) * 2.6 - 0.25
        vx, vy = math.cos(a), math.sin(a)
        if d2 < 9:
            # Flow round a cylinder, fading into the free field.
            share = 1 / max(d2, 1.0)
            r = math.sqrt(d2) or 1e-6
            nx, ny = dx / r, dy / r
            along = (vx * nx + vy * ny) * share
            vx, vy = vx * (1 + share) - 2 * along * nx, vy * (1 + share) - 2 * along * ny
        length = math.hypot(vx, vy) or 1e-6
        return vx / length, vy / length

    masks = [canvas.mask(scale=2) for _ in range(4)]
    starts = [
        (i * spacing, j * spacing)
        for j in range(-4, int(h / spacing) + 5)
        for i in range(-4, int(w / spacing) + 5, 3)
    ]
    rng.shuffle(starts)
    step = 1.0 * u
    for number, start in enumerate(starts):
        if (int(start[0] // spacing), int(start[1] // spacing)) in taken:
            continue
        halves = []
        for way in (-1, 1):
            px, py = start
            half = []
            for _ in range(110):
                cell = int(px // spacing), int(py // spacing)
                if taken.get(cell, number) != number:
                    break
                if not (-8 * u < px < w + 8 * u and -8 * u < py < h + 8 * u):
                    break
                if math.dist((px, py), (x, y)) < reach * 1.04:
                    break
                taken[cell] = number
                half.append((px, py))
                vx, vy = direction(px, py)
                px, py = px + way * vx * step, py + way * vy * step
            halves.append(half)
        path = halves[0][::-1] + halves[1][1:]
        if len(path) < 7:
            continue
        middle = path[len(path) // 2]
        tone = bend.at(middle[0] * 1.3 + 400, middle[1] * 1.3)
        near = min(math.dist(p, (x, y)) for p in path[:: max(1, len(path) // 8)]) / reach
        if near < 1.5 and rng.random() < 0.55:
            layer = 3 if rng.random() < 0.5 else 2
        else:
            layer = 1 if tone > 0.5 else 0
        wide = u * rng.uniform(0.25, 0.75)
        last = len(path) - 1
        widths = [wide * (0.12 + abs(math.sin(math.pi * i / last)) ** 0.7) for i in range(last + 1)]
        masks[layer].stroke(path, widths, rng.randint(150, 255))
    colours = (c.hue.light, c.hue.tint if c.dark else c.hue.base, c.glow, c.accent)
    for mask, colour in zip(masks, colours, strict=True):
        canvas.lay(mask, colour, 0.9)
    body = blob(x, y, reach * 0.93, rng, 0.012)
    canvas.form(body, c.accent, c.ember, c.glow, 1.0, 0.9, (-0.4, -0.42))
    pores = canvas.mask(scale=3)
    for k in range(190):
        r = reach * 0.9 * math.sqrt((k + 0.5) / 190)
        px, py = polar(x, y, r, k * 2.39996)
        pores.ring(px, py, reach * 0.020 * (1.15 - 0.7 * r / reach), 0.12 * u, 150)
    canvas.lay(pores, mix(c.glow, PAPER, 0.4), 0.5)


def contours(canvas, x, y, reach):
    """A map of heights in tinted bands, a river through it, and one marked place."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    step = max(1.0, canvas.width / 110)
    # The grid reaches beyond the frame, so that loops close out of sight.
    edge = 2 * step
    columns, rows = int(canvas.width / step) + 6, int(canvas.height / step) + 6
    land = Terrain(rng, 42 * u, 3)
    course = Terrain(rng, 50 * u)
    heights = []
    for j in range(rows):
        for i in range(columns):
            px, py = i * step - edge, j * step - edge
            d = math.dist((px, py), (x, y)) / reach
            valley = abs(py - _river(px, canvas, course)) / (26 * u)
            hill = 0.42 * math.exp(-d * d * 0.8)
            heights.append(land.at(px, py) * 0.75 + hill - 0.3 * math.exp(-valley * valley))
    low, high = min(heights), max(heights)
    heights = [(v - low) / (high - low) for v in heights]
    levels = 13
    bands, lines = canvas.mask(scale=2), canvas.mask(scale=3)
    for k in range(1, levels):
        loops = [
            softened([(px - edge, py - edge) for px, py in loop], 1)
            for loop in closed_contours(heights, columns, rows, step, k / levels)
        ]
        loops.sort(key=lambda loop: -abs(area(loop)))
        hills = 1 if not loops or area(loops[0]) > 0 else -1
        for loop in loops:
            inside = area(loop) * hills > 0
            bands.fill(loop, round(255 * (k if inside else k - 1) / (levels - 1)))
        for loop in loops:
            if len(loop) > 12:
                lines.outline(loop, (0.26 if k % 4 == 0 else 0.12) * u, 255 if k % 4 == 0 else 170)
    steps = bands.reduced()
    if c.dark:
        ramp = ImageOps.colorize(steps, c.ground_far, c.hue.light, mid=c.hue.base, midpoint=150)
    else:
        ramp = ImageOps.colorize(
            steps, mix(PAPER, c.hue.tint, 0.5), c.hue.base, mid=c.hue.light, midpoint=165
        )
    canvas.image = ramp
    relief = Image.new("L", (columns, rows))
    relief.putdata(
        [
            round(max(0, min(255, 118 + 1300 * (_down_right(heights, n, columns) - v))))
            for n, v in enumerate(heights)
        ]
    )
    relief = relief.resize((round(columns * step), round(rows * step)), Image.BICUBIC)
    corner = round(edge)
    relief = relief.crop((corner, corner, corner + canvas.width, corner + canvas.height))
    dark = relief.point([min(255, max(0, (112 - v) * 2)) for v in range(256)])
    lit = relief.point([min(255, max(0, (v - 128) * 2)) for v in range(256)])
    canvas.lay_image(canvas.stippled(dark, canvas.frame), c.hue.deep, opacity=0.55)
    canvas.lay_image(canvas.stippled(lit, canvas.frame), PAPER, opacity=0.5 if not c.dark else 0.25)
    canvas.lay(lines, c.line, 0.6)
    river = [
        (i * 1.5 * u, _river(i * 1.5 * u, canvas, course))
        for i in range(-2, int(canvas.width / (1.5 * u)) + 4)
    ]
    water = canvas.mask(scale=3)
    water.stroke(river, [u * (0.9 + 0.8 * i / len(river)) for i in range(len(river))])
    canvas.lay(water, PAPER if not c.dark else c.hue.tint, 0.92)
    rings = canvas.mask(scale=3)
    for k in range(1, 6):
        rings.ring(x, y, (2.0 + 2.4 * k) * u, 0.26 * u, 255 - 40 * k)
    canvas.lay(rings, c.accent)
    canvas.sphere(x, y, 2.5 * u, c.accent, c.ember, c.glow)
    places = canvas.mask(scale=3)
    for _ in range(16):
        i = rng.randrange(len(river))
        px, py = river[i][0] + rng.gauss(0, 4 * u), river[i][1] + rng.gauss(0, 8 * u)
        places.dot(px, py, u * rng.uniform(0.25, 0.6))
        places.stroke([(px, py), (x, y)], 0.09 * u, 120)
    canvas.lay(places, c.accent, 0.85)


def _down_right(heights, n, columns):
    """The height one step down and to the right of point ``n``, or its own at an edge."""
    below = n + columns + 1
    return heights[below] if below < len(heights) and below % columns else heights[n]


def _river(px, canvas, course):
    swing = (course.at(px, 500) - 0.5) * 46 * canvas.unit
    return canvas.height * (0.86 - 0.42 * px / canvas.width) + swing


def horizons(canvas, x, y, reach):
    """Traces laid one behind the other: the days of many people, one of them marked."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.2, 1.0))
    w, h = canvas.width, canvas.height
    canvas.glow(x, y - reach * 0.2, reach * 1.9, c.body, 0.7, multiply=not c.dark)
    _dial(canvas, x + reach * 0.66, y - reach * 0.84, reach * 0.27)
    rows = 34
    noise = Terrain(rng, 7.5 * u, 2)
    swell = Terrain(rng, 30 * u, 1)
    gap = 0.9 * u
    marked = 21
    top = y - reach * 0.36
    for k in range(rows):
        base = top + (h * 1.06 - top) * (k / (rows - 1)) ** 1.12
        line = []
        for i in range(-2, int(w / gap) + 4):
            px = i * gap
            d = (px - x) / (reach * 0.95)
            rise = math.exp(-d * d * 1.4) * (0.45 + swell.at(px, k * 9 * u))
            near = noise.at(px, k * 7.3 * u + 900) - 0.32
            wave = max(0, near) ** 1.15 * rise * reach * 0.8 + noise.at(px * 2, k * 31 * u) * u
            line.append((px, base - wave))
        fill = mix(c.ground, c.ground_far, k / rows)
        fill = mix(fill, c.body, 0.35 * (1 - k / rows))
        canvas.shape([*line, (w + 9 * u, h + 9 * u), (-9 * u, h + 9 * u)], fill, 0.97)
        trace = canvas.mask(canvas.box_of(line, 2 * u), 3)
        trace.stroke(line, (0.4 if k == marked else 0.2) * u)
        colour = mix(c.hue.light, c.hue.tint, k / rows) if c.dark else mix(c.soft, c.line, k / rows)
        if k == marked:
            colour = c.glow
        canvas.lay(trace, colour, 1 if k == marked else 0.4 + 0.5 * k / rows)
        if k == marked:
            peak = min(line, key=lambda p: p[1] + abs(p[0] - x) * 0.02)
            crest = peak
    canvas.glow(*crest, 9 * u, c.glow, 0.7)
    canvas.sphere(*crest, 1.2 * u, c.glow, c.accent, PAPER)
    canvas.dust(150, c.line, 0.6, (0.05, 0.2), (x, y - reach * 0.8), 40)


def _dial(canvas, x, y, radius):
    """The rings of a day's measurements, as a watch shows them."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.glow(x, y, radius * 2.2, c.soft, 0.35, multiply=not c.dark)
    ticks = canvas.mask(scale=3)
    for k in range(96):
        a = math.tau * k / 96
        tall = 1.14 + 0.03 * (k % 4 == 0) + 0.10 * rng.random() ** 2
        ticks.stroke([polar(x, y, radius * 1.1, a), polar(x, y, radius * tall, a)], 0.22 * u)
    for k in range(3):
        ticks.ring(x, y, radius * (0.94 - 0.26 * k), 0.14 * u, 150)
    canvas.lay(ticks, c.line, 0.55)
    start = -math.pi / 2
    for k, (share, colour) in enumerate(((0.78, c.accent), (0.56, c.glow), (0.36, c.hue.light))):
        middle, half = radius * (0.94 - 0.26 * k), radius * 0.085
        end = start + share * math.tau
        ring = canvas.mask((x - radius * 1.2, y - radius * 1.2, x + radius * 1.2, y + radius * 1.2))
        ring.fill(sector(x, y, middle - half, middle + half, start, end))
        for a in (start, end):
            ring.dot(*polar(x, y, middle, a), half)
        shade = c.ember if k == 0 else mix(colour, c.hue.deep, 0.6)
        canvas.model(ring, x, y, radius, colour, shade, None, 1, 0.6, (-0.3, -0.6))


def strata(canvas, x, y, reach):
    """Broad translucent layers, like a valley in the morning or a gel in bands."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.2, 1.0))
    w, h = canvas.width, canvas.height
    canvas.glow(x, y - reach * 0.3, reach * 2.4, c.glow, 0.35, multiply=not c.dark)
    canvas.sphere(x, y - reach * 0.35, reach * 0.42, c.glow, c.accent, PAPER, 1, 0.8, (-0.2, -0.6))
    rings = canvas.mask(scale=3)
    for k in range(1, 8):
        rings.ring(x, y - reach * 0.35, reach * (0.42 + 0.13 * k), 0.12 * u, 220 - 26 * k)
    canvas.lay(rings, c.accent, 0.6)
    layers = 8
    for k in range(layers):
        shape = Terrain(rng, (60 - 4 * k) * u, 2)
        base = y - reach * 0.35 + (h * 1.12 - y + reach * 0.35) * ((k + 0.4) / layers)
        ridge = [
            (i * 1.5 * u, base - (shape.at(i * 1.5 * u, 0) - 0.5) * (34 - 1.5 * k) * u)
            for i in range(-2, int(w / (1.5 * u)) + 4)
        ]
        polygon = [*ridge, (w + 9 * u, h + 9 * u), (-9 * u, h + 9 * u)]
        far = c.hue.tint if not c.dark else c.hue.light
        ramp = (mix(far, c.ground, 0.3), c.hue.light, c.hue.mid, c.hue.base, c.hue.deep)
        place = k / (layers - 1) * 3.999
        colour = mix(ramp[int(place)], ramp[int(place) + 1], place % 1)
        mask = canvas.mask(canvas.box_of(polygon, 1))
        mask.fill(polygon)
        canvas.lay(mask, colour)
        canvas.inner_grain(mask, mix(colour, PAPER, 0.45 if k < 4 else 0.2), 9 * u, 0.75)
        lines = canvas.mask(canvas.box_of(polygon, 1), 3)
        for n in range(1, 7):
            lines.stroke(
                [(px, py + n * (0.6 + 0.32 * n) * u) for px, py in ridge], 0.1 * u, 230 - 30 * n
            )
        canvas.lay(lines, PAPER if k > 2 else c.line, 0.35)
