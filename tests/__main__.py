"""Runs the whole suite: on SQLite with the browser tests, then on PostgreSQL.

`python -m tests`; further arguments go to pytest. Where PostgreSQL or Chromium is missing, the last
lines say so; with `--no-skips` that is a failure.
"""

import os
import subprocess
import sys

import psycopg

from lihsite.operations.environment import ROOT
from tests.chromium import CHROMIUM

POSTGRESQL_URL = os.environ.get("TEST_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/test")
WORKERS = str(os.cpu_count() or 1)
ONCE_IS_ENOUGH = "not browser and not server"
"""What is the same on every database, and takes long."""


def main(arguments: list[str]) -> int:
    no_skips = "--no-skips" in arguments
    skipped = [] if CHROMIUM else ["the browser tests: no chromium was found in PATH"]
    print("SQLite", flush=True)
    status = run_suite("sqlite:///:memory:", arguments)
    if postgresql_answers():
        print("PostgreSQL", flush=True)
        status = run_suite(POSTGRESQL_URL, [*arguments, "-m", ONCE_IS_ENOUGH]) or status
    else:
        skipped.append(f"the suite on PostgreSQL: none answers at {POSTGRESQL_URL}")
    for what in skipped:
        print(f"Skipped: {what}.")
    return status or (1 if skipped and no_skips else 0)


def run_suite(database_url: str, arguments: list[str]) -> int:
    environment = {**os.environ, "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def postgresql_answers() -> bool:
    try:
        psycopg.connect(POSTGRESQL_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
