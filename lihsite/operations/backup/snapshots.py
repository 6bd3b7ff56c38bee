"""The database as it was at one moment, for as long as reading it takes, while others write."""

from contextlib import contextmanager

from django.db import connection

BEGIN = {
    # Deferred: no lock; in WAL mode readers and writers do not wait for each other.
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def snapshot():
    """All that is read within is of the moment at which it began. Not within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
    try:
        with connection.cursor() as cursor:
            # The moment is that of the first look at a table.
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            cursor.fetchone()
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
