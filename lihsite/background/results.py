"""What is kept of tasks and mails that are over, and for how long."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import OutgoingMail


def delete_old_results() -> dict[str, int]:
    """Delete what is over for `TASK_DAYS_KEPT`, failed tasks for `FAILED_TASK_DAYS_KEPT`.

    A mail goes when its task would, also one that was never delivered. Returns how many `tasks` and
    `mails` there were.
    """
    now = timezone.now()
    short = now - timedelta(days=settings.TASK_DAYS_KEPT)
    long = now - timedelta(days=settings.FAILED_TASK_DAYS_KEPT)
    successful, failed = DBTaskResult.objects.successful(), DBTaskResult.objects.failed()
    mails = OutgoingMail.objects.filter(Q(sent_at__lt=short) | Q(queued_at__lt=long, sent_at=None))
    return {
        "tasks": successful.filter(finished_at__lt=short).delete()[0]
        + failed.filter(finished_at__lt=long).delete()[0],
        "mails": mails.delete()[0],
    }
