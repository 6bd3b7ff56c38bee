"""Compares what was measured with the run before it."""

import json
from collections.abc import Iterator
from pathlib import Path

DRIFT = 0.3
"""Figures drift by so much with what else the machine does; less is not worth a line."""


def last_results(folder: Path) -> dict | None:
    """What the newest run in the folder wrote; None if there was none."""
    files = sorted(folder.glob("*.json"))
    return json.loads(files[-1].read_text()) if files else None


def print_comparison(before: dict, now: dict) -> None:
    """A line for each figure that is far from the one before."""
    earlier = dict(figures(before))
    print(f"\nAgainst the run of {before['made']}, where it differs by more than {DRIFT:.0%}")
    lines = [
        f"{name:70}{earlier[name]:>12g}{value:>12g}{value / earlier[name] - 1:>+9.0%}"
        for name, value in figures(now)
        if earlier.get(name) and abs(value / earlier[name] - 1) > DRIFT
    ]
    print("\n".join(lines) or "nothing")


def figures(results: dict, path: str = "") -> Iterator[tuple[str, float]]:
    """Each number with the names that lead to it."""
    for name, value in results.items():
        full = f"{path} · {name}" if path else name
        if isinstance(value, dict):
            yield from figures(value, full)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield full, value
