"""What a biobank keeps: racks of tubes, plates of wells, tanks of cold."""

import math

from .geometry import polar, rounded_box, sector
from .palette import PAPER, mix
from .terrain import Terrain


def rack(canvas, x, y, reach):
    """Capped tubes seen from above in their rack, some places empty, one tube taken out."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((1.0, 1.0))
    tilt, pitch = -0.32, reach * 0.42
    ct, st = math.cos(tilt), math.sin(tilt)

    def at(i, j):
        return x + (i * ct - j * st) * pitch, y + (i * st + j * ct) * pitch

    plate = [at(-4.75, -2.75), at(8.8, -2.75), at(8.8, 5.8), at(-4.75, 5.8)]
    centre = at(2.02, 1.52)
    board = rounded_box(*centre, 13.5 * pitch, 8.5 * pitch, 0.45 * pitch, tilt)
    mask = canvas.mask(canvas.box_of(plate, 8 * u))
    mask.fill(board)
    canvas.shadow(mask, c.hue.deep, (2 * u, 3 * u), 5 * u, 0.45)
    panel = mix(c.hue.tint, PAPER, 0.4) if not c.dark else mix(c.hue.deep, c.hue.base, 0.6)
    canvas.lay(mask, panel)
    canvas.inner_grain(mask, c.soft, 6 * u, 0.5)
    lines = canvas.mask(scale=3)
    for i in range(-4, 10):
        lines.stroke([at(i - 0.5, -2.5), at(i - 0.5, 5.5)], 0.12 * u, 190)
    for j in range(-2, 7):
        lines.stroke([at(-4.5, j - 0.5), at(8.5, j - 0.5)], 0.12 * u, 190)
    lines.outline(rounded_box(*centre, 13.2 * pitch, 8.2 * pitch, 0.35 * pitch, tilt), 0.16 * u)
    canvas.lay(lines, c.hue.base, 0.5)
    groups = Terrain(rng, 2.6, 1)
    radius = pitch * 0.415
    tubes = []
    wells = canvas.mask(scale=2)
    for j in range(-2, 6):
        for i in range(-4, 9):
            px, py = at(i, j)
            if not (-pitch < px < canvas.width + pitch and -pitch < py < canvas.height + pitch):
                continue
            wells.dot(px, py, radius * 0.98)
            if (i, j) != (0, 0) and rng.random() > 0.13:
                tubes.append((px, py, groups.at(i, j)))
    canvas.lay(wells, mix(c.hue.deep, c.hue.base, 0.25), 0.95)
    canvas.inner_grain(wells, c.hue.deep, radius * 0.5, 0.7)
    shade = canvas.mask(scale=1)
    for px, py, _ in tubes:
        shade.dot(px, py, radius * 1.02)
    canvas.shadow(shade, c.hue.deep, (0.9 * u, 1.3 * u), 1.6 * u, 0.6)
    for px, py, group in tubes:
        base = c.hue.base if group > 0.58 else c.hue.mid if group > 0.44 else c.hue.light
        if rng.random() < 0.09:
            base = mix(c.hue.tint, PAPER, 0.3)
        _cap(canvas, px, py, radius, base, rng.uniform(0, 1))
    px, py = at(0, 0)
    _cap(canvas, px, py, radius, c.accent, 0.3)
    halo = canvas.mask(scale=3)
    for k in range(3):
        halo.ring(px, py, radius * (1.22 + 0.2 * k), 0.2 * u, 255 - 70 * k)
    canvas.lay(halo, c.accent, 0.9)
    canvas.dust(90, PAPER, 0.7, (0.05, 0.2))


def _cap(canvas, x, y, radius, base, turn):
    c = canvas.colours
    deep = mix(base, c.hue.deep, 0.75) if base != c.accent else c.ember
    ridges = canvas.mask(
        (x - radius * 1.1, y - radius * 1.1, x + radius * 1.1, y + radius * 1.1), 3
    )
    for k in range(36):
        a = math.tau * k / 36 + turn
        ridges.stroke([polar(x, y, radius * 0.86, a), polar(x, y, radius * 0.99, a)], radius * 0.05)
    canvas.sphere(x, y, radius, base, deep, None, 1.0, 0.75)
    canvas.lay(ridges, deep, 0.7)
    canvas.sphere(
        x, y, radius * 0.8, mix(base, PAPER, 0.12), deep, mix(base, PAPER, 0.55), 1.0, 0.55
    )
    canvas.sphere(x, y, radius * 0.5, mix(base, deep, 0.3), deep, None, 1.0, 0.6, (0.4, 0.45))
    rim = canvas.mask((x - radius, y - radius, x + radius, y + radius), 3)
    rim.ring(x, y, radius * 0.8, radius * 0.03, 220)
    rim.ring(x, y, radius * 0.5, radius * 0.03, 150)
    canvas.lay(rim, mix(base, PAPER, 0.6), 0.8)


def wells(canvas, x, y, reach):
    """A plate of wells: an assay whose colour rises towards one corner."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((-1.0, 1.0))
    tilt, pitch = 0.26, reach * 0.29
    ct, st = math.cos(tilt), math.sin(tilt)

    def at(i, j):
        return x + (i * ct - j * st) * pitch, y + (i * st + j * ct) * pitch

    centre = at(-0.5, 0.5)
    frames = ((14.2, 10.2, 0.9), (13.3, 9.3, 0.55))
    for n, (wide, tall, corner) in enumerate(frames):
        board = rounded_box(*centre, wide * pitch, tall * pitch, corner * pitch, tilt)
        mask = canvas.mask(canvas.box_of(board, 8 * u))
        mask.fill(board)
        if n == 0:
            canvas.shadow(mask, c.hue.deep, (2.5 * u, 3.5 * u), 6 * u, 0.5)
        canvas.lay(mask, mix(PAPER, c.hue.tint, 0.25 + 0.3 * n), 0.96)
        canvas.inner_grain(mask, c.hue.light, 3 * u, 0.45)
        edge = canvas.mask(scale=3)
        edge.outline(board, 0.16 * u)
        canvas.lay(edge, c.hue.base, 0.7)
    radius = pitch * 0.4
    for j in range(-3, 5):
        for i in range(-6, 6):
            px, py = at(i, j)
            if not (-pitch < px < canvas.width + pitch and -pitch < py < canvas.height + pitch):
                continue
            d = math.dist((i, j), (2.5, -1.0)) / 7.5
            value = max(0, min(1, 1.05 - d + rng.gauss(0, 0.08)))
            ramp = (mix(PAPER, c.hue.tint, 0.5), c.hue.tint, c.hue.light, c.glow, c.accent, c.ember)
            place = value * 4.6
            base = mix(ramp[int(place)], ramp[int(place) + 1], place % 1)
            deep = mix(base, c.hue.deep, 0.7)
            canvas.sphere(
                px, py, radius, mix(base, c.hue.deep, 0.18), deep, None, 1, 0.5, (0.3, 0.35)
            )
            canvas.sphere(
                px, py, radius * 0.86, base, deep, mix(base, PAPER, 0.5), 1, 0.7, (0.25, 0.3)
            )
            gleam = canvas.mask((px - radius, py - radius, px + radius, py + radius), 3)
            gleam.ring(px, py, radius, radius * 0.05, 200)
            crescent = sector(px, py, radius * 0.66, radius * 0.74, 3.5, 4.7, 12)
            gleam.fill(crescent, 230)
            canvas.lay(gleam, PAPER, 0.8)
    canvas.dust(120, c.line, 0.5, (0.05, 0.2))


def tank(canvas, x, y, reach):
    """A cold store opened and seen from above: racks in rings, mist, one box in the light."""
    c, u, rng = canvas.colours, canvas.unit, canvas.rng
    canvas.ground((0.7, -1.0))
    size = reach * 2.15
    away, angle = size * 0.66, 0.62
    # The focus is a box in the third ring; the middle of the tank lies away from it.
    x, y = polar(x, y, away, angle)
    floor = canvas.mask(scale=3)
    for k in range(14):
        floor.ring(x, y, size * (1.2 + 0.09 * k), 0.13 * u, max(20, 220 - 14 * k))
    canvas.lay(floor, c.line, 0.4)
    rim = canvas.mask(scale=1)
    rim.dot(x, y, size * 1.1)
    canvas.shadow(rim, c.hue.deep, (-2 * u, 3 * u), 7 * u, 0.6)
    canvas.sphere(x, y, size * 1.1, mix(c.hue.tint, PAPER, 0.3), c.hue.light, PAPER, 1, 0.8)
    canvas.sphere(x, y, size * 0.985, c.hue.light, c.hue.base, c.hue.tint, 1, 0.9, (0.35, 0.4))
    canvas.sphere(x, y, size * 0.945, c.hue.deep, "#000000", None, 1, 0.5)
    bolts = canvas.mask(scale=3)
    bolts.ring(x, y, size * 1.1, 0.25 * u)
    bolts.ring(x, y, size * 0.985, 0.2 * u)
    for k in range(48):
        bolts.dot(*polar(x, y, size * 1.045, math.tau * k / 48), 0.55 * u)
    canvas.lay(bolts, c.hue.deep, 0.6)
    pitch = size * 0.135
    tones = Terrain(rng, 4.0, 1)
    for ring in range(1, 7):
        middle = pitch * (ring + 0.02)
        count = int(math.tau * middle / (pitch * 1.04))
        for k in range(count):
            a = math.tau * k / count + angle + math.pi
            px, py = polar(x, y, middle, a)
            if not (-9 * u < px < canvas.width + 9 * u and -9 * u < py < canvas.height + 9 * u):
                continue
            marked = ring == 5 and k == 0
            if rng.random() < 0.1 and not marked:
                continue
            tone = tones.at(px / pitch, py / pitch)
            base = mix(c.hue.mid, c.hue.light, max(0, min(1, tone * 2 - 0.5)))
            if rng.random() < 0.05:
                base = c.glow
            _box(canvas, px, py, pitch * 0.88, a, c.accent if marked else base)
    frost = canvas.clouds(7).point([min(255, max(0, v - 105) * 3) for v in range(256)])
    for dx, dy, wide in ((0.15, 0.2, 0.9), (-0.75, 0.75, 0.7)):
        veil = canvas.mask(scale=1)
        near = canvas.falloff(canvas.frame, x + dx * size, y + dy * size, wide * size, 0.7)
        veil.image.paste(frost, (0, 0), near)
        canvas.lay_image(canvas.stippled(veil.image, canvas.frame, 0.8), PAPER, opacity=0.55)
        canvas.lay_image(veil.image, c.hue.tint, opacity=0.55)
    canvas.dust(260, PAPER, 0.85, (0.05, 0.24))


def _box(canvas, x, y, side, turn, base):
    """The lid-less box of a rack: a grid of vials in a square frame."""
    c, rng = canvas.colours, canvas.rng
    deep = mix(base, c.hue.deep, 0.75) if base != c.accent else c.ember
    frame = rounded_box(x, y, side, side, side * 0.08, turn)
    canvas.form(frame, base, deep, mix(base, PAPER, 0.45), 1, 0.75)
    inside = rounded_box(x, y, side * 0.86, side * 0.86, side * 0.05, turn)
    canvas.shape(inside, deep, 0.85)
    vials = canvas.mask(canvas.box_of(frame), 3)
    n = 5
    ct, st = math.cos(turn), math.sin(turn)
    for j in range(n):
        for i in range(n):
            if rng.random() < 0.1:
                continue
            dx, dy = ((i + 0.5) / n - 0.5) * side * 0.8, ((j + 0.5) / n - 0.5) * side * 0.8
            vials.dot(
                x + dx * ct - dy * st, y + dx * st + dy * ct, side * 0.062, rng.randint(120, 255)
            )
    canvas.lay(vials, mix(base, PAPER, 0.65))
