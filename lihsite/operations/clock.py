"""What has to happen by the clock, where nothing but the server runs: on one machine.

Elsewhere cron, or what stands for it, runs the same commands (README). Here each has a thread that
lives as long as the server. A command that takes long, such as asking other sites for what is
linked, keeps no other waiting: what is to be published at a minute is published then.
"""

import io
import logging
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

logger = logging.getLogger(__name__)

STOP_TIME = 5
"""How long commands in hand may take to end once the server has stopped, in seconds. What takes
longer is given up, and the database undoes what it had begun."""
MINUTE = 60


@dataclass(frozen=True)
class Job:
    """A management command: every minute, or once a day at an hour of Luxembourg."""

    command: str
    hour: time | None = None

    def last_due(self, now: datetime) -> datetime:
        """The newest moment up to now at which a job of the day was to run; `now` is local."""
        today = datetime.combine(now.date(), self.hour, now.tzinfo)
        return today if today <= now else today - timedelta(days=1)


JOBS = (
    Job("publish_scheduled"),
    Job("delete_expired", time(3)),
    Job("check_links", time(4)),
)
"""The hours are those of few visitors. What falls due while the machine is off is done once it is
on again; a new machine begins with the next hour."""


class Diary:
    """When each job of the day ran last, for the next start: files that each hold a moment."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, job: Job) -> datetime | None:
        with suppress(OSError, ValueError):
            moment = datetime.fromisoformat((self.folder / job.command).read_text())
            return moment if moment.tzinfo else None
        return None

    def write(self, job: Job, moment: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / job.command).write_text(moment.isoformat())


class Clock:
    """Runs jobs when they are due, from `start` to `stop`."""

    def __init__(self, folder: Path, jobs: Iterable[Job] = JOBS):
        self.diary = Diary(folder)
        self.jobs = tuple(jobs)
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self) -> None:
        for job in self.jobs:
            thread = threading.Thread(
                target=self.keep, args=[job], name=f"clock: {job.command}", daemon=True
            )
            self.threads.append(thread)
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(STOP_TIME)

    def keep(self, job: Job) -> None:
        """Look at each full minute whether the job is due.

        A longer sleep would not notice that the machine was asleep itself.
        """
        while not self.stopping.is_set():
            try:
                self.look(job)
            except Exception:
                # Whatever goes wrong once must not keep the next time from coming.
                logger.exception("“%s” could not be run by the clock", job.command)
            finally:
                connections.close_all()
            self.stopping.wait(seconds_to_next_minute(timezone.now()))

    def look(self, job: Job) -> None:
        if self.is_due(job, timezone.localtime()):
            # What it has to say when all is well is not for the terminal.
            call_command(job.command, stdout=io.StringIO())

    def is_due(self, job: Job, now: datetime) -> bool:
        """Whether the job is to run now; one of the day is then noted as run.

        It is noted ahead, so that a job that fails waits for its next time like any other.
        """
        if job.hour is None:
            return True
        last = self.diary.read(job)
        if last and last >= job.last_due(now):
            return False
        self.diary.write(job, now)
        # A new machine has nothing to catch up with.
        return last is not None


def seconds_to_next_minute(now: datetime) -> float:
    """Ever so little past it, so that what is due at the minute is due."""
    return MINUTE - now.second - now.microsecond / 1_000_000 + 0.01
