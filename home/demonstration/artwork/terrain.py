"""Smooth random landscapes of numbers, and the lines of equal height in them."""

import math


class Terrain:
    """Smoothed lattice noise: ``at(x, y)`` is about 0 to 1 and changes over ``span`` pixels."""

    def __init__(self, rng, span, octaves=1):
        self.layers = [
            (span / 2**k, 0.5**k, [rng.random() for _ in range(64 * 64)]) for k in range(octaves)
        ]
        self.total = sum(weight for _, weight, _ in self.layers)

    def at(self, x, y):
        height = 0.0
        for span, weight, grid in self.layers:
            u, v = x / span + 16, y / span + 16
            i, j = math.floor(u), math.floor(v)
            u, v = u - i, v - j
            u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
            row, below = (j & 63) << 6, ((j + 1) & 63) << 6
            i, k = i & 63, (i + 1) & 63
            top = grid[row + i] + (grid[row + k] - grid[row + i]) * u
            low = grid[below + i] + (grid[below + k] - grid[below + i]) * u
            height += (top + (low - top) * v) * weight
        return height / self.total


def closed_contours(heights, columns, rows, step, level):
    """Loops round the ground higher than ``level``, by marching squares.

    ``heights`` is a flat list, row by row, of points ``step`` apart. What lies outside counts as
    low ground, so that every loop closes. High ground is always on the same side of the path: the
    sign of a loop's area tells hills from hollows.
    """
    low = level - 1.0

    def height(i, j):
        if 0 <= i < columns and 0 <= j < rows:
            return heights[j * columns + i]
        return low

    def crossing(i, j, k, m):
        a, b = height(i, j), height(k, m)
        t = (level - a) / (b - a)
        return (i + (k - i) * t) * step, (j + (m - j) * t) * step

    following, places = {}, {}
    for j in range(-1, rows):
        for i in range(-1, columns):
            corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
            high = [height(*corner) > level for corner in corners]
            if all(high) or not any(high):
                continue
            entries, exits = [], []
            for n in range(4):
                a, b = corners[n], corners[(n + 1) % 4]
                if high[n] != high[(n + 1) % 4]:
                    edge = (a, b) if a < b else (b, a)
                    if edge not in places:
                        places[edge] = crossing(*a, *b)
                    (exits if high[n] else entries).append(edge)
            for entry, leave in zip(entries, exits, strict=True):
                following[leave] = entry
    loops = []
    while following:
        start, edge = following.popitem()
        loop = [places[start]]
        while edge != start:
            loop.append(places[edge])
            edge = following.pop(edge)
        loops.append(loop)
    return loops


def area(loop):
    return (
        sum(loop[i - 1][0] * loop[i][1] - loop[i][0] * loop[i - 1][1] for i in range(len(loop))) / 2
    )
