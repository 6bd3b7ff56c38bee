"""Counts in memory are added to what others wrote, at once, and never lost to a busy database."""

import threading
from datetime import date

import pytest
from django.db import OperationalError, connections
from django.test import override_settings

from home.models import HomePage
from lihsite import tallies
from lihsite.tallies import Tally, Writer, add_counts
from lihsite.visits.models import PageVisits
from tests import factories


@pytest.fixture(autouse=True)
def own_writer(monkeypatch):
    monkeypatch.setattr(tallies, "writer", Writer())


def test_a_key_is_counted_with_the_last_facts():
    tally = Tally(lambda counted: None)
    for fact in ("first", "last", None):
        tally.add("key", {"fact": fact})
    assert tally.take() == {"key": (3, {"fact": "last"})}
    assert tally.take() == {}


def test_new_keys_are_not_counted_while_it_is_full(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_KEYS", 2)
    tally = Tally(lambda counted: None)
    for key in ("a", "b", "c", "a"):
        tally.add(key)
    assert {key: one.count for key, one in tally.take().items()} == {"a": 2, "b": 1}


@pytest.mark.django_db
def test_what_a_busy_database_refuses_is_written_the_next_time():
    written, busy = [], [True]

    def write(counted):
        if busy:
            raise OperationalError("database is locked")
        written.append(counted)

    tally = Tally(write)
    tally.add("key", {"fact": 1})
    tally.write_out()
    busy.clear()
    tally.add("key")
    tally.write_out()
    assert written == [{"key": (2, {"fact": 1})}]


@pytest.mark.django_db
def test_counts_are_added_to_the_row_that_is_there():
    page = factories.home()
    row = {"page": page.pk, "language": "fr", "day": date(2026, 3, 2), "count": 2}
    for _process in range(2):
        add_counts(PageVisits, [row], key=("page", "language", "day"))
    assert PageVisits.objects.get().count == 4
    add_counts(PageVisits, [], key=("page", "language", "day"))


@pytest.mark.usefixtures("database_of_its_own")
def test_processes_add_at_once_without_losing_any():
    page = HomePage.objects.get()
    rows = [
        {"page": page.pk, "language": "fr", "day": date(2026, 3, day), "count": 1}
        for day in range(1, 8)
    ]

    def process(number):
        try:
            for start in range(20):
                turned = rows[(start + number) % 7 :] + rows[: (start + number) % 7]
                add_counts(PageVisits, turned, key=("page", "language", "day"))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=process, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(PageVisits.objects.values_list("count", flat=True)) == [80] * 7


@override_settings(COUNTS_WRITTEN_EVERY=0.05)
def test_a_thread_writes_from_time_to_time():
    written = threading.Event()
    names = []

    def write(counted):
        names.append(threading.current_thread().name)
        written.set()

    tally = Tally(write)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tallies.transaction, "atomic", lambda: threading.Lock())
        tally.add("key")
        assert written.wait(5)
    assert names == ["tallies"]
