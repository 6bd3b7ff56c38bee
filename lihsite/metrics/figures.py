"""What is counted and measured. Where `METRICS_PORT` is set, processes share it through files."""

import os
from pathlib import Path

from django.conf import settings
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.registry import Collector

if settings.METRICS_PORT:
    # prometheus-client makes its files as soon as there is something to count.
    settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)

REQUESTS = Histogram(
    "lihsite_request_seconds",
    "Requests that Django answered, by what was asked for and the status",
    ["kind", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
PAGE_CACHE = Counter(
    "lihsite_page_cache_requests", "Requests that met the page cache, by its answer", ["answer"]
)
DATABASE_ERRORS = Counter(
    "lihsite_database_errors", "Errors of the database, by their class", ["error"]
)
MEMORY = Gauge(
    "lihsite_memory_bytes", "Resident memory of each process", multiprocess_mode="liveall"
)


looked_up: list[Collector] = []
"""What is not counted, but asked for each time that Prometheus asks; rooms above add theirs."""


def measure_memory() -> None:
    """Does nothing where the system has no `/proc`."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        pages = int(statistics.read_text().split()[1])
        MEMORY.set(pages * os.sysconf("SC_PAGE_SIZE"))
