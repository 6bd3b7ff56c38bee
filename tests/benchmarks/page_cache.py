"""Measures the page cache over HTTP, beside a static file of the same size on the same server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.request import urlopen

from lihsite.operations import server
from tests.benchmarks import over_http
from tests.benchmarks.databases import FOLDER, Site
from tests.redis_server import EXECUTABLE, RedisServer

PAGE = "/en/"
STATIC = "bench/page.txt"
REQUESTS = 100_000
EARLY = 10_000
"""After so many requests the memory is looked at for the first time."""

LEAST_RATIOS = {"memory": 1.0, "Redis": 0.8}
"""Of the page's requests per second to those of a static file of the same size."""
LONGEST_START = 3.0
"""In seconds."""
MOST_MEGABYTES, MOST_GROWTH = 250, 5
"""Of a worker after all requests, and since the early look."""


def measured(site: Site, seconds: float) -> dict:
    """Loads in memory and, where one is installed, with Redis; the memory of a worker."""
    results = {"memory": measured_load(site, seconds), "worker": measured_worker(site)}
    if EXECUTABLE:
        redis = RedisServer(FOLDER)
        redis.start()
        try:
            results["Redis"] = measured_load(site, seconds, REDIS_URL=redis.url)
        finally:
            redis.kill()
    return results


def missed_goals(results: dict) -> list[str]:
    """A sentence for each figure that is worse than it should be."""
    missed = []
    for store, least in LEAST_RATIOS.items():
        if store not in results:
            continue
        ratio, start = results[store]["ratio"], results[store]["cold_start_s"]
        if ratio < least:
            missed.append(f"{store}: the ratio is {ratio}, less than {least}")
        if start > LONGEST_START:
            missed.append(f"{store}: the server started in {start} s, more than {LONGEST_START}")
    worker = results["worker"]
    growth = worker["late_mb"] - worker["early_mb"]
    if worker["late_mb"] >= MOST_MEGABYTES:
        missed.append(f"a worker takes {worker['late_mb']} MB, not under {MOST_MEGABYTES}")
    if growth > MOST_GROWTH:
        missed.append(f"a worker grew by {growth:.1f} MB, more than {MOST_GROWTH}")
    return missed


def measured_load(site: Site, seconds: float, **environment: str) -> dict:
    """What the page and the static file bear, and the ratio of the first to the second."""
    with running(site, **environment) as (_process, port):
        size = len(urlopen(f"http://{server.HOST}:{port}{PAGE}").read())
    # The server finds its static files as it starts.
    file = FOLDER / "static" / STATIC
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"x" * size)
    started = time.perf_counter()
    with running(site, **environment) as (_process, port):
        cold_start = time.perf_counter() - started
        page = over_http.measure(port, PAGE, seconds)
        static = over_http.measure(port, f"/static/{STATIC}", seconds)
    return {
        "page": asdict(page),
        "static": asdict(static),
        "ratio": round(page.requests_per_second / static.requests_per_second, 3),
        "bytes": size,
        "cold_start_s": round(cold_start, 2),
    }


def measured_worker(site: Site) -> dict:
    """Megabytes of the only worker, early and late."""
    with running(site, workers=1) as (process, port):
        over_http.ask_often(port, PAGE, EARLY)
        early = worker_megabytes(process.pid)
        over_http.ask_often(port, PAGE, REQUESTS - EARLY)
        late = worker_megabytes(process.pid)
    return {"requests": REQUESTS, "early_mb": early, "late_mb": late}


@contextmanager
def running(site: Site, workers: int | None = None, **environment: str) -> Iterator[tuple]:
    """The server's process and port."""
    port = server.free_port()
    process = server.start(port, workers, environment={**site.environment(), **environment})
    try:
        server.wait_until_ready(process, port)
        yield process, port
    finally:
        server.stop(process)


def worker_megabytes(parent: int) -> float:
    """The resident memory of the largest child of a process (`proc(5)`)."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:
            # It has ended meanwhile.
            continue
        facts = dict(line.split(":", 1) for line in lines if ":" in line)
        if facts["PPid"].strip() == str(parent):
            sizes.append(int(facts.get("VmRSS", "0 kB").split()[0]) / 1000)
    return round(max(sizes), 1)
