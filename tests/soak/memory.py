"""The memory of the server's processes while they work."""

import statistics
import threading
from pathlib import Path

from tests.machines import children

EVERY = 1.0
"""Seconds between two looks."""
MOST_GROWTH_MB = 25
"""From the second quarter of the run, when caches are warm, to the last one."""
MOST_MB = 250
"""Of one worker."""


class Memory:
    """Resident megabytes of the largest worker of a server, second by second (`proc(5)`)."""

    def __init__(self, parent: int):
        self.parent = parent
        self.megabytes: list[float] = []

    def watch(self, ended: threading.Event) -> None:
        while not ended.wait(EVERY):
            sizes = [resident(child) for child in children(self.parent)]
            if sizes:
                self.megabytes.append(max(sizes))

    def figures(self) -> dict:
        """`is_flat` says whether memory has stayed below what the module allows."""
        quarter = max(1, len(self.megabytes) // 4)
        warm = statistics.median(self.megabytes[quarter : 2 * quarter] or self.megabytes)
        last = statistics.median(self.megabytes[-quarter:])
        return {
            "warm_mb": round(warm, 1),
            "last_mb": round(last, 1),
            "most_mb": round(max(self.megabytes), 1),
            "is_flat": last - warm <= MOST_GROWTH_MB and max(self.megabytes) <= MOST_MB,
        }


def resident(process: int) -> float:
    """In megabytes; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    facts = dict(line.split(":", 1) for line in lines if ":" in line)
    return int(facts.get("VmRSS", "0 kB").split()[0]) / 1000
