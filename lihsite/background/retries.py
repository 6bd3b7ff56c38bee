"""Tries tasks again that failed or whose worker has gone, each time after a longer pause."""

import logging
from datetime import timedelta

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.backend import TaskResult as StoredResult
from django_tasks_db.models import DBTaskResult

from .queues import CLOCK

logger = logging.getLogger(__name__)

PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=16),
    timedelta(hours=24),
)
"""After the first try, the second, and so on: a mail server may be away for a weekend."""

MOST_TRIES = len(PAUSES) + 1


@receiver(task_finished)
def follow_end(sender, task_result, **kwargs) -> None:
    """Called by the worker within the handling of the exception, if there was one."""
    if task_result.status == TaskResultStatus.FAILED and is_stored(task_result):
        again_or_never(task_result.db_result)


def is_stored(task_result) -> bool:
    """Whether the task is one of the database, and not done where it was asked for."""
    return isinstance(task_result, StoredResult)


def again_or_never(failed: DBTaskResult) -> None:
    """Let the task wait for its next try, or leave it failed: after the last, and by the clock."""
    tries, error = len(failed.worker_ids), error_of(failed)
    if failed.queue_name == CLOCK or tries >= MOST_TRIES:
        logger.error("%s failed after %d tries: %s", failed.task_path, tries, error)
        return
    pause = PAUSES[tries - 1]
    waits = DBTaskResult.objects.filter(pk=failed.pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + pause, finished_at=None
    )
    if waits:
        logger.warning(
            "%s failed, and is tried again in %d seconds: %s",
            failed.task_path,
            pause.total_seconds(),
            error,
        )


def error_of(task: DBTaskResult) -> str:
    """What went wrong in the last try, in one line."""
    return task.traceback.strip().rpartition("\n")[2]


def try_now(tasks) -> int:
    """Let tasks of a query set that failed, or wait for another try, run at once.

    Returns how many. Those that failed for good have all their tries again.
    """
    waiting = tasks.filter(status__in=[TaskResultStatus.FAILED, TaskResultStatus.READY])
    return waiting.update(
        status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None, worker_ids=[]
    )
