"""In which state each task is, and since when it could have been begun."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

OVERDUE = timedelta(minutes=5)
"""A task that could have begun so long ago shows that no worker runs, or too few do."""


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    AGAIN = "again", _("Waiting for another try")
    RUNNING = "running", _("Running")
    FAILED = "failed", _("Failed")
    DONE = "done", _("Done")


STATE = Case(
    When(status=TaskResultStatus.READY, worker_ids=[], then=Value(State.WAITING)),
    When(status=TaskResultStatus.READY, then=Value(State.AGAIN)),
    When(status=TaskResultStatus.RUNNING, then=Value(State.RUNNING)),
    When(status=TaskResultStatus.FAILED, then=Value(State.FAILED)),
    default=Value(State.DONE),
    output_field=models.CharField(),
)


def tasks_with_state() -> models.QuerySet:
    """All tasks, each with its `state`."""
    return DBTaskResult.objects.annotate(state=STATE)


def due_tasks() -> models.QuerySet:
    """The tasks that could be begun, each with the moment `due_since` which it could."""
    at_once = When(run_after=get_date_max(), then=F("enqueued_at"))
    return DBTaskResult.objects.ready().annotate(due_since=Case(at_once, default=F("run_after")))


def overdue_tasks() -> models.QuerySet:
    return due_tasks().filter(due_since__lt=timezone.now() - OVERDUE)
