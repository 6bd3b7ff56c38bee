"""Tells the other machines that a running task has a worker, and finds those that have none.

A worker that is killed leaves its task marked as running. All times are the database's, so that
clocks which differ from machine to machine do no harm.
"""

import logging
import threading
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from .models import Heartbeat
from .queues import CLOCK
from .retries import MOST_TRIES, again_or_never, is_stored

logger = logging.getLogger(__name__)

BEAT = 5
"""Seconds between two heartbeats of a running task."""

SILENCE = timedelta(seconds=30)
"""After so long without one, its worker counts as gone, and another takes the task up."""

_running: dict[int, UUID] = {}
"""The tasks that this process is working on, by thread: each works on one at a time."""


@receiver(task_started)
def begin(sender, task_result, **kwargs) -> None:
    if is_stored(task_result):
        _running[threading.get_ident()] = task_result.db_result.pk
        beat()


@receiver(task_finished)
def end(sender, task_result, **kwargs) -> None:
    if is_stored(task_result):
        forget_own()
        Heartbeat.objects.filter(pk=task_result.db_result.pk).delete()


def forget_own() -> None:
    """This thread works on nothing, however it came to an end."""
    _running.pop(threading.get_ident(), None)


def beat() -> None:
    """Tell of the tasks that this process is working on."""
    running = list(_running.values())
    if running:
        Heartbeat.objects.bulk_create(
            [Heartbeat(task_id=pk, seen_at=Now()) for pk in running],
            update_conflicts=True,
            unique_fields=["task_id"],
            update_fields=["seen_at"],
        )


def take_up_again() -> int:
    """Let the tasks wait anew whose workers have gone; returns of how many these were.

    One that has taken all its workers down with it is left as failed.
    """
    is_alive = Heartbeat.objects.filter(task_id=OuterRef("pk"), seen_at__gt=Now() - SILENCE)
    orphans = DBTaskResult.objects.filter(
        ~Exists(is_alive), status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - SILENCE
    )
    count = 0
    for task in list(orphans):
        is_last = len(task.worker_ids) >= MOST_TRIES
        status = TaskResultStatus.FAILED if is_last else TaskResultStatus.READY
        # Of all machines that look, one does it: the task has then been run by as many as before.
        changed = DBTaskResult.objects.filter(
            pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at
        ).update(status=status, finished_at=timezone.now() if is_last else None)
        if changed:
            then = "has failed for good" if is_last else "is taken up again"
            logger.warning("The worker of %s has gone; the task %s", task.task_path, then)
        count += changed
    # A worker that was killed right after a failure could not say when the next try is due.
    unsaid = DBTaskResult.objects.failed().filter(
        finished_at__gt=timezone.now() - 10 * SILENCE, finished_at__lt=timezone.now() - SILENCE
    )
    for task in unsaid.exclude(queue_name=CLOCK):
        if len(task.worker_ids) < MOST_TRIES:
            again_or_never(task)
    Heartbeat.objects.filter(seen_at__lt=Now() - 10 * SILENCE).delete()
    return count
