"""Counts that are kept in memory and added to the database together, every few seconds.

    visits = Tally(add_visits)
    visits.add(key)

Counting costs a request no query and no wait. Each process has its own counts and adds them to what
the others wrote, so several processes count rightly; what a process has not yet written is written
when it ends, and lost only if it is killed.
"""

import logging
import threading
from collections.abc import Callable, Hashable
from multiprocessing.util import Finalize
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

logger = logging.getLogger(__name__)

MOST_KEYS = 2_000
"""How many different keys a tally keeps in memory; while it is full, new keys are not counted."""


class Counted(NamedTuple):
    """How often a key came since the last writing, and the newest of the facts told with it."""

    count: int
    facts: dict


class Tally:
    """Counts of keys; `write` gets a dict of `Counted` by key and adds it to the database."""

    def __init__(self, write: Callable[[dict[Hashable, Counted]], None]):
        self.write = write
        self.counts: dict[Hashable, Counted] = {}
        self.lock = threading.Lock()
        writer.tallies.append(self)

    def add(self, key: Hashable, facts: dict | None = None, count: int = 1) -> None:
        """Count the key once more; a fact that is None leaves the one that was told before."""
        told = {name: fact for name, fact in (facts or {}).items() if fact is not None}
        with self.lock:
            if key not in self.counts and len(self.counts) >= MOST_KEYS:
                return
            before = self.counts.get(key, Counted(0, {}))
            self.counts[key] = Counted(before.count + count, before.facts | told)
        writer.start()

    def take(self) -> dict[Hashable, Counted]:
        with self.lock:
            taken, self.counts = self.counts, {}
        return taken

    def write_out(self) -> None:
        """Write what was counted; where the database refuses, it is kept for the next time."""
        taken = self.take()
        if not taken:
            return
        try:
            with transaction.atomic():
                self.write(taken)
        except DatabaseError as error:
            name = type(error).__name__
            logger.warning("Counts were not written, and will be later: %s", name)
            for key, (count, facts) in taken.items():
                self.add(key, facts, count)


class Writer:
    """The thread that writes the tallies of this process, started with the first count."""

    def __init__(self):
        self.tallies: list[Tally] = []
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()

    def start(self) -> None:
        if self.thread or not settings.COUNTS_WRITTEN_EVERY:
            return
        with self.lock:
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, name="tallies", daemon=True)
                # Runs where the interpreter exits and where a worker process of a server ends,
                # which `atexit` does not.
                Finalize(None, self.write_out, exitpriority=10)
                self.thread.start()

    def run(self) -> None:
        pause = threading.Event()
        while not pause.wait(settings.COUNTS_WRITTEN_EVERY):
            self.write_out()

    def write_out(self) -> None:
        for tally in self.tallies:
            try:
                tally.write_out()
            except Exception:
                # The thread must live on; what was counted since the last writing is lost.
                logger.exception("Counts were lost")
        connections.close_all()


writer = Writer()


def add_counts(model, rows: list[dict], *, key: tuple[str, ...]) -> None:
    """Insert rows of a model, or add their `count` to the row that has their key already.

    Of other fields the new value replaces the old one, unless it is None. The key must be a unique
    constraint of the model. Processes may do this at once: each row is one atomic statement, and
    rows are taken in one order so that two transactions never wait for each other.
    """
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in rows[0]]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [quote(field.column) for field in fields]
    unique = [quote(model._meta.get_field(name).column) for name in key]
    changes = [
        f"{column} = {table}.{column} + excluded.{column}"
        if field.name == "count"
        else f"{column} = COALESCE(excluded.{column}, {table}.{column})"
        for field, column in zip(fields, columns, strict=True)
        if column not in unique
    ]
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of our own
        f"VALUES ({', '.join(['%s'] * len(columns))}) "
        f"ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {', '.join(changes)}"
    )
    values = [
        [field.get_db_prep_save(row[field.name], connection) for field in fields]
        for row in sorted(rows, key=lambda row: [str(row[name]) for name in key])
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
