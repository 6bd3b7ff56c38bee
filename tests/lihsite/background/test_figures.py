"""What Prometheus is told of tasks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lihsite.background.figures import longest_wait
from tests.lihsite.background.tasks import fail, write_line

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_tasks(queue):
    DBTaskResult.objects.all().delete()


def test_a_task_waits_since_it_was_asked_for(tmp_path):
    assert longest_wait() == 0
    write_line.enqueue(str(tmp_path / "lines"), "line")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - HOUR)
    assert 3600 <= longest_wait() < 3660


def test_a_task_that_failed_waits_since_its_next_try_was_due(queue):
    fail.enqueue("the store is away")
    queue.work_off()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - HOUR)
    assert longest_wait() == 0
    queue.let_time_pass(queue.pause() + timedelta(seconds=5))
    assert 5 <= longest_wait() < 60
