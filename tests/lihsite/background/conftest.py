from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult, get_date_max

from lihsite.background.queues import QUEUES
from lihsite.background.workers import worker_of
from lihsite.settings import base


class Queue:
    """The queue of the tests' database, worked off when a test says so."""

    def work_off(self) -> None:
        """Do all that is due, as one worker after the other would."""
        for queue in QUEUES:
            worker = worker_of(queue)
            worker.batch = True
            worker.run()

    def let_time_pass(self, span: timedelta) -> None:
        """All that waits for its time waits for so much less."""
        DBTaskResult.objects.exclude(run_after=get_date_max()).update(
            run_after=F("run_after") - span
        )

    def only(self) -> DBTaskResult:
        return DBTaskResult.objects.get()

    def pause(self) -> timedelta:
        """For how long the only task waits for its next try."""
        return self.only().run_after - timezone.now()


@pytest.fixture
def queue(settings, db, monkeypatch) -> Queue:
    # A worker between two tasks would close the connection, with the test's transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    settings.TASKS = base.TASKS
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return Queue()
