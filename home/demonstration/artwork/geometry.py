"""Outlines and paths: lists of ``(x, y)`` in pixels, angles in radians."""

import math


def blob(x, y, radius, rng, wobble=0.05, waves=(2, 3, 5), count=120):
    """A closed, gently uneven outline round a centre."""
    parts = [(k, wobble * rng.uniform(0.4, 1) / k**0.5, rng.uniform(0, math.tau)) for k in waves]
    outline = []
    for i in range(count):
        a = math.tau * i / count
        r = radius * (1 + sum(size * math.sin(k * a + phase) for k, size, phase in parts))
        outline.append((x + r * math.cos(a), y + r * math.sin(a)))
    return outline


def scaled(outline, x, y, factor):
    return [(x + (px - x) * factor, y + (py - y) * factor) for px, py in outline]


def polar(x, y, radius, angle):
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def arc(x, y, radius, start, end, count=None):
    count = count or max(8, int(abs(end - start) * 40))
    return [polar(x, y, radius, start + (end - start) * i / count) for i in range(count + 1)]


def sector(x, y, inner, outer, start, end, count=None):
    """A closed piece of a ring."""
    outside = arc(x, y, outer, start, end, count)
    return outside + arc(x, y, inner, end, start, count)


def bezier(p0, p1, p2, p3, count=32):
    path = []
    for i in range(count + 1):
        t = i / count
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        path.append(
            (
                a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
            )
        )
    return path


def softened(points, rounds=2, closed=True):
    """Corners cut after Chaikin: every round replaces a corner by two points."""
    for _ in range(rounds):
        result = [] if closed else [points[0]]
        last = len(points) if closed else len(points) - 1
        for i in range(last):
            (ax, ay), (bx, by) = points[i], points[(i + 1) % len(points)]
            result.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            result.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        if not closed:
            result.append(points[-1])
        points = result
    return points


def ribbon(points, widths):
    """The outline of a stroke along ``points`` whose width changes from point to point."""
    left, right = [], []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(last, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length, (bx - ax) / length
        half = widths[i] / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    return left + right[::-1]


def capsule(x, y, length, width, angle):
    """A rod with round ends."""
    dx, dy = math.cos(angle) * length / 2, math.sin(angle) * length / 2
    head = arc(x + dx, y + dy, width / 2, angle - math.pi / 2, angle + math.pi / 2, 14)
    tail = arc(x - dx, y - dy, width / 2, angle + math.pi / 2, angle + math.pi * 1.5, 14)
    return head + tail


def rounded_box(x, y, width, height, radius, angle=0.0):
    """A box with round corners, centred on ``(x, y)`` and turned by ``angle``."""
    w, h = width / 2 - radius, height / 2 - radius
    corners = [(w, -h, -math.pi / 2), (w, h, 0), (-w, h, math.pi / 2), (-w, -h, math.pi)]
    c, s = math.cos(angle), math.sin(angle)
    return [
        (x + px * c - py * s, y + px * s + py * c)
        for cx, cy, start in corners
        for px, py in arc(cx, cy, radius, start, start + math.pi / 2, 8)
    ]


def scattered(rng, count, width, height, distance, margin=0.0):
    """Up to ``count`` points at least ``distance`` apart in a frame."""
    taken, points = {}, []
    for _ in range(count * 8):
        x = rng.uniform(-margin, width + margin)
        y = rng.uniform(-margin, height + margin)
        i, j = int(x // distance), int(y // distance)
        near = (taken.get((i + a, j + b)) for a in (-1, 0, 1) for b in (-1, 0, 1))
        if all(p is None or math.hypot(p[0] - x, p[1] - y) >= distance for p in near):
            taken[i, j] = (x, y)
            points.append((x, y))
            if len(points) == count:
                break
    return points


def voronoi(points, bounds, reach):
    """For each point the polygon of what is nearer to it than to the others.

    Only neighbours within ``reach`` are looked at, ``bounds`` (left, top, right, bottom) closes
    the outer polygons. The order is that of ``points``; a polygon may be empty.
    """
    buckets = {}
    for index, (x, y) in enumerate(points):
        buckets.setdefault((int(x // reach), int(y // reach)), []).append(index)
    left, top, right, bottom = bounds
    polygons = []
    for index, (x, y) in enumerate(points):
        i, j = int(x // reach), int(y // reach)
        near = [
            points[k]
            for a in (-1, 0, 1)
            for b in (-1, 0, 1)
            for k in buckets.get((i + a, j + b), ())
            if k != index
        ]
        near.sort(key=lambda p: (p[0] - x) ** 2 + (p[1] - y) ** 2)
        polygon = [
            (max(left, x - reach), max(top, y - reach)),
            (min(right, x + reach), max(top, y - reach)),
            (min(right, x + reach), min(bottom, y + reach)),
            (max(left, x - reach), min(bottom, y + reach)),
        ]
        for nx, ny in near[:18]:
            polygon = _nearer(polygon, (x, y), (nx, ny))
        polygons.append(polygon)
    return polygons


def _nearer(polygon, here, there):
    """The part of ``polygon`` that lies on the side of ``here``."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    limit = dx * (here[0] + there[0]) / 2 + dy * (here[1] + there[1]) / 2
    kept = []
    for k, b in enumerate(polygon):
        a = polygon[k - 1]
        sa, sb = dx * a[0] + dy * a[1] - limit, dx * b[0] + dy * b[1] - limit
        if (sa > 0) != (sb > 0):
            t = sa / (sa - sb)
            kept.append((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t))
        if sb <= 0:
            kept.append(b)
    return kept
