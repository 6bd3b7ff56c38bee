"""Workers as processes: killed, stopped, and several at once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as configured
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lihsite.background import heartbeats
from lihsite.background.models import Heartbeat, OutgoingMail, RegularJob
from lihsite.background.workers import Crew, Worker
from lihsite.settings import base
from tests.lihsite.background.mail_server import MailServer
from tests.lihsite.background.tasks import write_line, write_line_slowly

pytestmark = pytest.mark.server

PATIENCE = 120
"""Seconds; the machine may be busy."""


@pytest.fixture
def machines(demonstration, database_of_its_own, settings):
    """Begins workers that work on the tests' own database: `machines()` is one more process."""
    settings.TASKS, settings.EMAIL_BACKEND = base.TASKS, base.EMAIL_BACKEND
    DBTaskResult.objects.all().delete()
    # Nothing is due by the clock while a test runs.
    hour = timezone.now().replace(year=timezone.now().year + 1)
    RegularJob.objects.update_or_create(command="publish_scheduled", defaults={"last_due": hour})
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.queue_settings",
        "DATABASE_URL": demonstration.databases.url(connection.settings_dict["NAME"]),
    }
    begun = []

    def begin(**variables) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker"],
            cwd=configured.BASE_DIR,
            env={**environment, **{name: str(value) for name, value in variables.items()}},
            stdout=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        assert process.stdout.readline() == "Working.\n"
        return process

    yield begin
    for process in begun:
        process.kill()
        process.wait()
        process.stdout.close()


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, "It did not happen."
        time.sleep(0.1)
    return found


def statuses() -> set[str]:
    return set(DBTaskResult.objects.values_list("status", flat=True))


def let_worker_be_silent() -> None:
    """As if the silence after which a worker counts as gone was over."""
    long_ago = timezone.now() - 2 * heartbeats.SILENCE
    Heartbeat.objects.update(seen_at=long_ago)
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(started_at=long_ago)


def test_the_task_of_a_killed_worker_is_taken_up_and_its_effect_happens_once(machines, tmp_path):
    done, begun = tmp_path / "done", tmp_path / "begun"
    first = machines()
    write_line_slowly.enqueue(str(done), str(begun), 3.0)
    wait_until(begun.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    begun.unlink()
    assert statuses() == {TaskResultStatus.RUNNING}
    assert heartbeats.take_up_again() == 0
    let_worker_be_silent()
    machines()
    machines()
    wait_until(lambda: statuses() == {TaskResultStatus.SUCCESSFUL})
    assert done.read_text() == "done\n"
    assert len(DBTaskResult.objects.get().worker_ids) == 2


def test_the_task_of_a_worker_that_lives_is_left_to_it(machines, tmp_path):
    done, begun = tmp_path / "done", tmp_path / "begun"
    machines()
    write_line_slowly.enqueue(str(done), str(begun), 3.0)
    wait_until(begun.exists)
    DBTaskResult.objects.update(started_at=timezone.now() - 2 * heartbeats.SILENCE)
    assert heartbeats.take_up_again() == 0
    assert statuses() == {TaskResultStatus.RUNNING}
    wait_until(lambda: statuses() == {TaskResultStatus.SUCCESSFUL})
    assert len(DBTaskResult.objects.get().worker_ids) == 1


def test_a_worker_that_is_told_to_stop_finishes_its_task_and_begins_no_other(machines, tmp_path):
    done, begun, later = tmp_path / "done", tmp_path / "begun", tmp_path / "later"
    worker = machines()
    write_line_slowly.enqueue(str(done), str(begun), 3.0)
    wait_until(begun.exists)
    write_line.enqueue(str(later), "later")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
    assert done.exists()
    assert not later.exists()
    assert statuses() == {TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY}
    machines()
    wait_until(later.exists)


def test_a_task_that_takes_too_long_keeps_no_worker_from_stopping(machines, tmp_path):
    begun = tmp_path / "begun"
    worker = machines(WORKER_STOP_SECONDS=1)
    write_line_slowly.enqueue(str(tmp_path / "done"), str(begun), 600.0)
    wait_until(begun.exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 1


def test_several_workers_do_each_task_once(machines, tmp_path):
    file = tmp_path / "lines"
    for number in range(40):
        write_line.enqueue(str(file), str(number))
    machines()
    machines()
    wait_until(lambda: statuses() == {TaskResultStatus.SUCCESSFUL})
    assert sorted(map(int, file.read_text().split())) == list(range(40))


def test_a_mail_survives_the_death_of_the_worker_that_was_sending_it(machines):
    mail_server = MailServer()
    mail_server.seconds = 600
    mail_server.start()
    try:
        first = machines(EMAIL_PORT=mail_server.port)
        send_mail("Approved", "…", None, ["ada@example.org"])
        assert mail_server.asked.wait(PATIENCE)
        first.send_signal(signal.SIGKILL)
        first.wait()
        mail_server.seconds = 0
        let_worker_be_silent()
        machines(EMAIL_PORT=mail_server.port)
        wait_until(lambda: OutgoingMail.objects.filter(sent_at__isnull=False).exists())
        assert [mail["Subject"] for mail in mail_server.mails] == ["Approved"]
    finally:
        mail_server.stop()


@contextmanager
def crew_in_this_process():
    crew = Crew()
    crew.start()
    try:
        yield crew
    finally:
        assert crew.stop(PATIENCE)


def test_workers_go_on_after_the_database_was_away(machines, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr("lihsite.background.workers.PAUSE", 0.2)
    away = True

    def run(self):
        if away:
            raise OSError("the database is away")
        return original(self)

    original = Worker.run
    monkeypatch.setattr(Worker, "run", run)
    write_line.enqueue(str(tmp_path / "lines"), "a line")
    with crew_in_this_process():
        wait_until(lambda: "goes on in" in caplog.text)
        away = False
        wait_until((tmp_path / "lines").exists)
