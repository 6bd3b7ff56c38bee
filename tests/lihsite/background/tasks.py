"""Tasks that leave traces, for tests of whatever runs them."""

import time
from pathlib import Path

from django_tasks import task

from lihsite.background.queues import CLOCK


@task
def write_line(file: str, line: str) -> None:
    with Path(file).open("a") as target:
        target.write(f"{line}\n")


@task
def write_line_slowly(file: str, begun: str, seconds: float) -> None:
    """Says in one file that it has begun, and writes into the other at its end, unless it did."""
    Path(begun).touch()
    time.sleep(seconds)
    if not Path(file).exists():
        Path(file).write_text("done\n")


@task
def fail(reason: str) -> None:
    raise RuntimeError(reason)


@task(queue_name=CLOCK)
def fail_by_the_clock() -> None:
    raise RuntimeError("not this minute")


@task
def fail_until_there(file: str) -> str:
    return Path(file).read_text()
