"""`python -m tests.soak --seconds 1800`: prints a table, and writes it to `var/soak/`.

The status is 1 if a request failed, if the log tells of an error, or if memory grew.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django
import requests
from environ import Env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lihsite.settings.test")
django.setup()

from lihsite.operations.environment import ROOT  # noqa: E402 - the settings come first
from tests.__main__ import SQLITE_URL  # noqa: E402
from tests.damage.articles import Articles  # noqa: E402
from tests.demonstration_database import MigratedDatabase  # noqa: E402
from tests.machines import Machine, environment_of, machines  # noqa: E402
from tests.soak.memory import Memory  # noqa: E402
from tests.soak.work import Reader, Record, Writer  # noqa: E402

FOLDER = ROOT / "var" / "soak"
WORKERS = 2
PATIENTLY = ("Slow query", "Counts were not written, and will be later")
"""What is to be expected where editors write without a pause."""
READERS = 6
WRITERS = 3


def main() -> int:
    arguments = parse_arguments()
    database = Env.db_url_config(arguments.database or SQLITE_URL)
    with tempfile.TemporaryDirectory() as folder, site(database, Path(folder)) as (machine, made):
        results = soaked(machine, made, arguments.seconds)
    print_results(results)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    file.write_text(json.dumps(results, indent=2) + "\n")
    print(f"\nWritten to {file.relative_to(ROOT)}")
    errors = sum(row["errors"] for row in results["work"].values()) + len(results["log"])
    return 0 if not errors and results["memory"]["is_flat"] else 1


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak SECONDS=…")
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--database", default="", help="a PostgreSQL URL; SQLite without it")
    return parser.parse_args()


@contextmanager
def site(database: dict, folder: Path) -> Iterator[tuple[Machine, dict]]:
    """A machine with a small site, and what the writers write."""
    migrated = MigratedDatabase(database)
    migrated.prepare()
    media = folder / "media"
    media.mkdir()
    name = migrated.databases.copy(migrated.template, folder, f"soak_{os.getpid()}")
    try:
        with machines(folder, migrated.databases.url(name), media) as started:
            made = Articles(environment_of(folder, migrated.databases.url(name), media)).made(
                WRITERS, WRITERS
            )
            yield started(workers=WORKERS), made
    finally:
        migrated.databases.drop(name)


def soaked(machine: Machine, made: dict, seconds: float) -> dict:
    reading, opening, saving, publishing = (
        Record(name) for name in ("read", "open a form", "save", "publish")
    )
    reader = Reader(machine, public_paths(machine), reading)
    people = [reader] * READERS + [
        Writer(machine, username, page, opening, saving, publishing)
        for username, page in zip(made["editors"], made["pages"], strict=True)
    ]
    memory, ended = Memory(machine.process.pid), threading.Event()
    threads = [
        threading.Thread(target=one.work, args=[place, ended]) for place, one in enumerate(people)
    ]
    threads.append(threading.Thread(target=memory.watch, args=[ended]))
    started = time.monotonic()
    for thread in threads:
        thread.start()
    ended_by = started + seconds
    while time.monotonic() < ended_by and all(thread.is_alive() for thread in threads):
        time.sleep(1)
    ended.set()
    for thread in threads:
        thread.join()
    duration = time.monotonic() - started
    if duration < seconds:
        raise RuntimeError("Somebody stopped working before the end.")
    return {
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "workers": WORKERS,
        "seconds": round(duration),
        "work": {
            record.name: record.figures(duration)
            for record in (reading, opening, saving, publishing)
        },
        "memory": memory.figures(),
        "log": errors_in(machine.log.read_text())[:50],
    }


def errors_in(log: str) -> list[str]:
    """The lines that tell of neither a slow query nor of counts that wait for their turn."""
    return [line for line in log.splitlines() if not line.startswith(PATIENTLY)]


def public_paths(machine: Machine) -> list[str]:
    """The addresses of all pages in all languages, as the sitemap names them."""
    index = requests.get(f"{machine.url}/sitemap.xml", timeout=60).text
    maps = [requests.get(map_url, timeout=60).text for map_url in locations(index)]
    paths = [re.sub(r"^https?://[^/]+", "", url) for one in maps for url in locations(one)]
    if not paths:
        raise RuntimeError("The sitemap names no page.")
    return paths


def locations(sitemap: str) -> list[str]:
    return re.findall(r"<loc>(.*?)</loc>", sitemap)


def print_results(results: dict) -> None:
    print(f"\n{results['seconds']} seconds, {results['workers']} workers")
    print(f"{'':14}{'requests':>10}{'per s':>8}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
    for name, row in results["work"].items():
        print(
            f"{name:14}{row['requests']:>10}{row['per_second']:>8}{row['p50_ms']:>9}"
            f"{row['p99_ms']:>9}{row['errors']:>8}"
        )
        for failure in row["first_errors"]:
            print(f"  {failure}")
    memory = results["memory"]
    print(
        f"A worker: {memory['warm_mb']} MB once warm, {memory['last_mb']} MB in the end, "
        f"{memory['most_mb']} MB at most"
    )
    for line in results["log"]:
        print(f"  log: {line}")


if __name__ == "__main__":
    sys.exit(main())
