"""What runs by the clock, every minute and once a day, on one machine or many."""

import threading
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import get_commands
from django.db import connection, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lihsite.background import clock
from lihsite.background.clock import JOBS, Clock, Job, hand_over, seconds_to_next_minute
from lihsite.background.models import RegularJob
from lihsite.settings import base

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
NIGHTLY = Job("delete_expired", time(3))
PUBLISHING = Job("publish_scheduled")


def local(*moment) -> datetime:
    return datetime(*moment, tzinfo=LUXEMBOURG)


@pytest.fixture
def is_due(queue):
    """Whether a job is handed to the workers, who have done it by the next time."""

    def hand_over_and_do(job, now) -> bool:
        handed = hand_over(job, now)
        DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
        return handed

    return hand_over_and_do


def test_all_that_a_site_needs_regularly_is_there():
    assert {job.command for job in JOBS} == {
        *("publish_scheduled", "delete_expired", "check_links"),
        *("delete_old_tasks", "empty_trash", "seal_secrets"),
    }
    assert {job.command for job in JOBS} <= set(get_commands())
    assert [job.command for job in JOBS if job.hour is None] == ["publish_scheduled"]


def test_publishing_is_due_once_each_minute(is_due):
    assert all(is_due(PUBLISHING, local(2026, 6, 1, 9, minute)) for minute in range(3))
    assert not is_due(PUBLISHING, local(2026, 6, 1, 9, 2, 59))
    assert is_due(PUBLISHING, local(2026, 6, 1, 9, 3))


def test_a_job_of_the_day_runs_once_after_its_hour(is_due):
    assert not is_due(NIGHTLY, local(2026, 6, 1, 9))
    assert not is_due(NIGHTLY, local(2026, 6, 2, 2, 59))
    assert is_due(NIGHTLY, local(2026, 6, 2, 3))
    assert not is_due(NIGHTLY, local(2026, 6, 2, 3, 1))
    assert not is_due(NIGHTLY, local(2026, 6, 2, 23, 59))
    assert is_due(NIGHTLY, local(2026, 6, 3, 3))


def test_what_fell_due_while_no_machine_was_on_is_done_once(is_due):
    is_due(NIGHTLY, local(2026, 6, 1, 9))
    assert is_due(NIGHTLY, local(2026, 6, 5, 9))
    assert not is_due(NIGHTLY, local(2026, 6, 5, 9, 1))
    assert is_due(NIGHTLY, local(2026, 6, 6, 3))


@pytest.mark.parametrize("day", [29, 30])
def test_the_hour_is_there_when_the_clocks_change(is_due, day):
    is_due(NIGHTLY, local(2026, 3, day - 1, 12))
    assert not is_due(NIGHTLY, local(2026, 3, day, 1, 59))
    assert is_due(NIGHTLY, local(2026, 3, day, 3))


def test_a_clock_that_was_wrong_does_not_make_jobs_run_twice(is_due):
    assert is_due(PUBLISHING, local(2026, 6, 1, 9, 5))
    assert not is_due(PUBLISHING, local(2026, 6, 1, 9, 4))
    assert is_due(PUBLISHING, local(2026, 6, 1, 9, 6))


def test_the_clock_looks_at_full_minutes():
    assert 0 < seconds_to_next_minute(local(2026, 6, 1, 9, 0, 59, 999_999)) < 1
    assert 60 <= seconds_to_next_minute(local(2026, 6, 1, 9, 0)) < 60.1
    assert 29 < seconds_to_next_minute(local(2026, 6, 1, 9, 0, 30)) < 31


@pytest.mark.parametrize("status", [TaskResultStatus.READY, TaskResultStatus.RUNNING])
def test_a_job_that_is_not_over_is_not_begun_again(queue, status):
    assert hand_over(PUBLISHING, local(2026, 6, 1, 9, 1))
    DBTaskResult.objects.update(status=status)
    assert not hand_over(PUBLISHING, local(2026, 6, 1, 9, 2))
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert hand_over(PUBLISHING, local(2026, 6, 1, 9, 3))


def test_each_job_waits_in_its_own_queue_and_for_no_other(queue):
    for job in (PUBLISHING, NIGHTLY):
        RegularJob.objects.create(command=job.command, last_due=local(2026, 5, 1))
        assert hand_over(job, local(2026, 6, 1, 9))
    queues = dict(DBTaskResult.objects.values_list("queue_name", "args_kwargs"))
    assert {name: given["args"] for name, given in queues.items()} == {
        "clock": ["publish_scheduled"],
        "slow": ["delete_expired"],
    }


def test_of_what_is_done_each_minute_only_the_last_time_is_kept(queue):
    """Failures stay until they have been seen, and so does what is done once a day."""
    RegularJob.objects.create(command=NIGHTLY.command, last_due=local(2026, 5, 1))
    hand_over(NIGHTLY, local(2026, 6, 1, 9))
    hand_over(PUBLISHING, local(2026, 6, 1, 9))
    DBTaskResult.objects.filter(queue_name="clock").update(status=TaskResultStatus.FAILED)
    for minute in range(1, 4):
        hand_over(PUBLISHING, local(2026, 6, 1, 9, minute))
        ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        ready.update(status=TaskResultStatus.SUCCESSFUL)
    kept = DBTaskResult.objects.values_list("args_kwargs__args", "status")
    assert sorted((command, str(status)) for (command,), status in kept) == [
        ("delete_expired", "SUCCESSFUL"),
        ("publish_scheduled", "FAILED"),
        ("publish_scheduled", "SUCCESSFUL"),
    ]


def test_what_is_handed_over_is_done(queue, monkeypatch):
    ran = []
    monkeypatch.setattr(clock, "call_command", lambda command, **options: ran.append(command))
    hand_over(PUBLISHING, timezone.localtime())
    queue.work_off()
    assert ran == ["publish_scheduled"]


def test_machines_that_look_at_the_same_time_hand_a_job_over_once(database_of_its_own, settings):
    settings.TASKS = base.TASKS
    DBTaskResult.objects.all().delete()
    RegularJob.objects.all().delete()
    due = [timezone.localtime() + timedelta(minutes=minute) for minute in range(5)]
    machines, handed = 4, []
    together = threading.Barrier(machines)

    def look():
        for now in due:
            together.wait(30)
            if hand_over(PUBLISHING, now):
                handed.append(now)
            together.wait(30)
            # What failed is kept, and can be counted.
            DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(machines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert handed == due
    assert DBTaskResult.objects.count() == len(due)


def test_a_job_that_cannot_be_handed_over_keeps_no_other_from_it(monkeypatch, caplog):
    asked = threading.Semaphore(0)
    seen = []

    def refuse_the_first(job, now):
        seen.append(job)
        asked.release()
        if job is NIGHTLY:
            raise RuntimeError("busy")

    monkeypatch.setattr(clock, "hand_over", refuse_the_first)
    monkeypatch.setattr(clock, "seconds_to_next_minute", lambda now: 0.01)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    machine = Clock([NIGHTLY, PUBLISHING])
    machine.start()
    for _ in range(4):
        assert asked.acquire(timeout=20)
    machine.stop()
    machine.thread.join(20)
    assert seen[:4] == [NIGHTLY, PUBLISHING, NIGHTLY, PUBLISHING]
    assert "delete_expired" in caplog.text
    assert not machine.thread.is_alive()
