"""The numbers that a database gave last to new rows: none is given a second time.

What was deleted may come back with its number, and what led to it must not lead to another.
"""

from collections.abc import Iterable

from django.db import connection

from lihsite.plain_rows import GENERATED, Table


def last_numbers(tables: Iterable[Table]) -> dict[str, int]:
    """By table; only those that were given any."""
    found = {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            given = dict(cursor.fetchall())
            return {table.name: given[table.name] for table in tables if given.get(table.name)}
        for table in numbered(tables):
            sequence = sequence_of(cursor, table)
            if sequence:
                cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
                value, is_given = cursor.fetchone()
                if last := value if is_given else value - 1:
                    found[table.name] = last
    return found


def go_on_after(tables: Iterable[Table], given: dict[str, int]) -> None:
    """Let the next numbers follow those that were given, and those that there are."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in numbered(tables):
            key = quote(table.key.name)
            cursor.execute(f"SELECT MAX({key}) FROM {quote(table.name)}")  # noqa: S608
            last = max(cursor.fetchone()[0] or 0, given.get(table.name, 0))
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
                if last:
                    cursor.execute(
                        "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                        [table.name, last],
                    )
            elif sequence := sequence_of(cursor, table):
                # Not setval, which stays although the transaction that it is part of is undone.
                cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {last + 1:d}")


def numbered(tables: Iterable[Table]) -> list[Table]:
    return [table for table in tables if table.key.kind in GENERATED]


def sequence_of(cursor, table: Table) -> str | None:
    """PostgreSQL's name of the sequence, quoted where it has to be."""
    quoted = connection.ops.quote_name(table.name)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [quoted, table.key.name])
    return cursor.fetchone()[0]
