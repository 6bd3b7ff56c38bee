"""Keeps machines that start at the same time from migrating the same database at the same time.

One migrates; the others wait for it, and then find nothing left to do. On PostgreSQL the lock is an
advisory one, which the server gives up with the connection of whoever is killed; on SQLite, whose
processes are on one machine, it is a file beside the database, which the system gives up.
"""

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

KEY = 0x6C696873697465
"""Of PostgreSQL's lock, in each database: the site's name in letters."""


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait until nobody else migrates the database, and keep all others from it meanwhile."""
    if connection.vendor == "postgresql":
        lock = advisory_lock(connection)
    elif connection.is_in_memory_db():
        lock = no_lock()
    else:
        lock = file_lock(Path(f"{connection.settings_dict['NAME']}.migrating"))
    with lock:
        yield


@contextmanager
def advisory_lock(connection) -> Iterator[None]:
    # On a connection of its own: a migration may close the other, and a pool may hand it on.
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
        yield
    finally:
        holder.close()


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def no_lock() -> Iterator[None]:
    """A database in memory is this process's own."""
    yield
