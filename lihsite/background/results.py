"""What is kept of tasks and mails that are over, and for how long."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from .models import OutgoingMail
from .queues import MAIL
from .retries import is_stored

NO_ARGUMENTS = {"args": [], "kwargs": {}}


@receiver(task_finished)
def forget_done(sender, task_result, **kwargs) -> None:
    """Whom a mail was for is in what its task was given: nobody needs it once that is done."""
    if task_result.status == TaskResultStatus.SUCCESSFUL and is_stored(task_result):
        forget_addressees(DBTaskResult.objects.filter(pk=task_result.db_result.pk))


def forget_addressees(tasks) -> None:
    tasks.successful().filter(queue_name=MAIL).update(args_kwargs=NO_ARGUMENTS)


def delete_old_results() -> dict[str, int]:
    """Delete what is over for `TASK_DAYS_KEPT`, failed tasks for `FAILED_TASK_DAYS_KEPT`.

    A mail goes when its task would, also one that was never delivered. Returns how many `tasks` and
    `mails` there were.
    """
    now = timezone.now()
    short = now - timedelta(days=settings.TASK_DAYS_KEPT)
    long = now - timedelta(days=settings.FAILED_TASK_DAYS_KEPT)
    successful, failed = DBTaskResult.objects.successful(), DBTaskResult.objects.failed()
    # Whoever was killed right after a mail could not see to it.
    forget_addressees(successful)
    mails = OutgoingMail.objects.filter(Q(sent_at__lt=short) | Q(queued_at__lt=long, sent_at=None))
    return {
        "tasks": successful.filter(finished_at__lt=short).delete()[0]
        + failed.filter(finished_at__lt=long).delete()[0],
        "mails": mails.delete()[0],
    }
