"""Hands to the workers what is to happen by the clock: every minute, or once a day.

Every machine with workers looks at each full minute. A row a job says for which moment it was
handed over last; whoever moves it on hands it over, in the same transaction, so each moment's job
is there once, however many machines look. A job whose last run is not over is not begun again.
"""

import io
import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from .models import RegularJob
from .queues import CLOCK, SLOW

logger = logging.getLogger(__name__)

MINUTE = 60
FIRST = 100
"""The priority of what is due now, over what waits in the same queue."""


@dataclass(frozen=True)
class Job:
    """A management command: every minute, or once a day at an hour of Luxembourg."""

    command: str
    hour: time | None = None

    def last_due(self, now: datetime) -> datetime:
        """The newest moment up to now at which the job was to run; `now` is local."""
        if self.hour is None:
            return now.replace(second=0, microsecond=0)
        today = datetime.combine(now.date(), self.hour, now.tzinfo)
        return today if today <= now else today - timedelta(days=1)

    @property
    def queue(self) -> str:
        return CLOCK if self.hour is None else SLOW


JOBS = (
    Job("publish_scheduled"),
    Job("seal_secrets", time(2, 45)),
    Job("delete_expired", time(3)),
    Job("empty_trash", time(3, 15)),
    Job("delete_old_tasks", time(3, 30)),
    Job("check_links", time(4)),
)
"""The hours are those of few visitors. What falls due while no machine is on is done once one is on
again; a new site begins with the next hour."""


@task
def run_command(command: str) -> None:
    """What it has to say when all is well is not for the log."""
    call_command(command, stdout=io.StringIO())


class Clock:
    """Looks what is due, from `start` to `stop`, in a thread."""

    def __init__(self, jobs: Iterable[Job] = JOBS):
        self.jobs = tuple(jobs)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.keep, name="clock", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()

    def keep(self) -> None:
        """A longer sleep than to the next minute would not notice that the machine was asleep."""
        while not self.stopping.is_set():
            for job in self.jobs:
                try:
                    hand_over(job, timezone.localtime())
                except Exception:
                    # Whatever goes wrong once must not keep the next time from coming.
                    logger.exception("“%s” could not be handed to the workers", job.command)
            connections.close_all()
            self.stopping.wait(seconds_to_next_minute(timezone.now()))


def hand_over(job: Job, now: datetime) -> bool:
    """Have the job done if it is due and nobody has seen to it yet; returns whether it will be."""
    due = job.last_due(now)
    with transaction.atomic():
        _row, is_new = RegularJob.objects.get_or_create(
            command=job.command, defaults={"last_due": due}
        )
        if is_new and job.hour is not None:
            # A new site has nothing to catch up with.
            return False
        moved = RegularJob.objects.filter(command=job.command, last_due__lt=due)
        if not (is_new or moved.update(last_due=due)) or is_under_way(job):
            return False
        if job.hour is None:
            # Of what is done each minute the last time says enough: all others would hide the rest.
            runs_of(job).successful().delete()
        run_command.using(queue_name=job.queue, priority=FIRST).enqueue(job.command)
    return True


def runs_of(job: Job):
    return DBTaskResult.objects.filter(
        task_path=run_command.module_path, args_kwargs__args=[job.command]
    )


def is_under_way(job: Job) -> bool:
    """Whether the last run of the job waits for a worker, or for its next try, or is not over."""
    return (
        runs_of(job).filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()
    )


def seconds_to_next_minute(now: datetime) -> float:
    """Ever so little past it, so that what is due at the minute is due."""
    return MINUTE - now.second - now.microsecond / 1_000_000 + 0.01
