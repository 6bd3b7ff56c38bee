"""Runs the whole suite: on SQLite with the browser tests, then on PostgreSQL.

`python -m tests`; further arguments go to pytest. In a whole run the demonstration, which the last
tests need, is made for both meanwhile: no core waits for it. Where PostgreSQL or Chromium is
missing, the last lines say so; with `--no-skips` that is a failure.
"""

import os
import signal
import subprocess
import sys

import psycopg

from lihsite.operations.environment import ROOT
from tests.chromium import CHROMIUM

SETTINGS = "lihsite.settings.test"
SQLITE_URL = "sqlite:///:memory:"
POSTGRESQL_URL = os.environ.get("TEST_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/test")
WORKERS = str(os.cpu_count() or 1)
ON_EVERY_DATABASE = "not browser and not server and not no_database"
"""What is left out is the same on every database."""


def main(arguments: list[str]) -> int:
    # A shell that starts us in the background lets us and all servers of the tests ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    start("django", SQLITE_URL, "compile_catalogues", DJANGO_SETTINGS_MODULE=SETTINGS).wait()
    no_skips = "--no-skips" in arguments
    databases = [SQLITE_URL, *([POSTGRESQL_URL] if postgresql_answers() else [])]
    preparing = []
    if all(argument.startswith("-") for argument in arguments):
        preparing = [
            start("tests.demonstration_database", url, DJANGO_SETTINGS_MODULE=SETTINGS)
            for url in databases
        ]
    skipped = [] if CHROMIUM else ["the browser tests: no chromium was found in PATH"]
    print("SQLite", flush=True)
    status = run_suite(SQLITE_URL, arguments)
    if POSTGRESQL_URL in databases:
        print("PostgreSQL", flush=True)
        status = run_suite(POSTGRESQL_URL, [*arguments, "-m", ON_EVERY_DATABASE]) or status
    else:
        skipped.append(f"the suite on PostgreSQL: none answers at {POSTGRESQL_URL}")
    for process in preparing:
        status = process.wait() or status
    for what in skipped:
        print(f"Skipped: {what}.")
    return status or (1 if skipped and no_skips else 0)


def run_suite(database_url: str, arguments: list[str]) -> int:
    return start("pytest", database_url, "-n", WORKERS, *arguments).wait()


def start(module: str, database_url: str, *arguments: str, **variables: str) -> subprocess.Popen:
    environment = {**os.environ, "DATABASE_URL": database_url, **variables}
    return subprocess.Popen([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment)


def postgresql_answers() -> bool:
    try:
        psycopg.connect(POSTGRESQL_URL, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
