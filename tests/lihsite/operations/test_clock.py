"""What runs by the clock on one machine: every minute, and once a day."""

import time as clock_time
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.management import get_commands

from lihsite.operations import clock
from lihsite.operations.clock import JOBS, Clock, Job, seconds_to_next_minute

LUXEMBOURG = ZoneInfo("Europe/Luxembourg")
NIGHTLY = Job("delete_expired", time(3))
PUBLISHING = Job("publish_scheduled")


def local(*moment) -> datetime:
    return datetime(*moment, tzinfo=LUXEMBOURG)


@pytest.fixture
def machine(tmp_path):
    return Clock(tmp_path / "clock")


def test_all_that_a_site_needs_regularly_is_there():
    assert {job.command for job in JOBS} == {"publish_scheduled", "delete_expired", "check_links"}
    assert {job.command for job in JOBS} <= set(get_commands())
    assert [job.command for job in JOBS if job.hour is None] == ["publish_scheduled"]


def test_publishing_is_due_whenever_the_clock_looks(machine):
    assert all(machine.is_due(PUBLISHING, local(2026, 6, 1, 9, minute)) for minute in range(3))


def test_a_job_of_the_day_runs_once_after_its_hour(machine):
    assert not machine.is_due(NIGHTLY, local(2026, 6, 1, 9))
    assert not machine.is_due(NIGHTLY, local(2026, 6, 2, 2, 59))
    assert machine.is_due(NIGHTLY, local(2026, 6, 2, 3))
    assert not machine.is_due(NIGHTLY, local(2026, 6, 2, 3, 1))
    assert not machine.is_due(NIGHTLY, local(2026, 6, 2, 23, 59))
    assert machine.is_due(NIGHTLY, local(2026, 6, 3, 3))


def test_what_fell_due_while_the_machine_was_off_is_done_once(machine, tmp_path):
    machine.is_due(NIGHTLY, local(2026, 6, 1, 9))
    again = Clock(tmp_path / "clock")
    assert again.is_due(NIGHTLY, local(2026, 6, 5, 9))
    assert not again.is_due(NIGHTLY, local(2026, 6, 5, 9, 1))
    assert again.is_due(NIGHTLY, local(2026, 6, 6, 3))


@pytest.mark.parametrize("day", [29, 30])
def test_the_hour_is_there_when_the_clocks_change(machine, day):
    machine.is_due(NIGHTLY, local(2026, 3, day - 1, 12))
    assert not machine.is_due(NIGHTLY, local(2026, 3, day, 1, 59))
    assert machine.is_due(NIGHTLY, local(2026, 3, day, 3))


@pytest.mark.parametrize("note", ["when?", "", "2026-06-01"])
def test_a_spoilt_note_is_as_none(machine, note):
    machine.is_due(NIGHTLY, local(2026, 6, 1, 9))
    (machine.diary.folder / NIGHTLY.command).write_text(note)
    assert not machine.is_due(NIGHTLY, local(2026, 6, 2, 9))
    assert machine.is_due(NIGHTLY, local(2026, 6, 3, 9))


def test_the_clock_looks_at_full_minutes():
    assert 0 < seconds_to_next_minute(local(2026, 6, 1, 9, 0, 59, 999_999)) < 1
    assert 60 <= seconds_to_next_minute(local(2026, 6, 1, 9, 0)) < 60.1
    assert 29 < seconds_to_next_minute(local(2026, 6, 1, 9, 0, 30)) < 31


def test_a_job_that_fails_or_takes_long_keeps_no_other_from_running(monkeypatch, machine, caplog):
    ran, slow_began = [], []

    def run(command, **options):
        ran.append(command)
        if command == "check_links":
            slow_began.append(command)
            machine.stopping.wait(30)
        if command == "publish_scheduled" and ran.count(command) == 1:
            raise RuntimeError("busy")

    monkeypatch.setattr(clock, "call_command", run)
    monkeypatch.setattr(clock, "seconds_to_next_minute", lambda now: 0.01)
    monkeypatch.setattr(machine, "is_due", lambda job, now: job.command not in slow_began)
    monkeypatch.setattr(clock.connections, "close_all", lambda: None)
    machine.start()
    deadline = clock_time.monotonic() + 20
    while ran.count("publish_scheduled") < 3 and clock_time.monotonic() < deadline:
        clock_time.sleep(0.01)
    machine.stop()
    assert ran.count("publish_scheduled") >= 3
    assert slow_began == ["check_links"]
    assert "publish_scheduled" in caplog.text
    assert not any(thread.is_alive() for thread in machine.threads)
