"""Reads all that the site has stored, in a form in which two runs can be compared."""

import json
import re
from contextlib import suppress

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

LEFT_OUT = {"sessions", "contenttypes", "migrations", "auth", "wagtailusers", "wagtailadmin"}
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d(:?\d\d)?|Z)?")
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
BLOCK_KEY = re.compile(r'data-block-key=\\*"\w+\\*"')
FILE_SUFFIX = re.compile(r"_[A-Za-z0-9]{7}(\.\w+)")
FILE_SECRET = re.compile(r"-[0-9a-f]{10}(?=\.)")
"""What makes the address of an uploaded picture one that nobody guesses."""

UNORDERED = {"taggit_taggeditem"}
"""Written in the order in which PostgreSQL happens to give a bulk action its objects."""


def stored_models():
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in LEFT_OUT and model._meta.managed
    ]


def restart_sequences():
    """Let the next rows get the same primary keys as in an earlier run that was rolled back.

    SQLite's sequences are rolled back with the rows; PostgreSQL's go on.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), stored_models()):
                cursor.execute(statement)


def stored_rows() -> dict[str, list[str]]:
    """Every row of the site's tables as text, by table; times, UUIDs and random keys blanked."""
    rows = {}
    with connection.cursor() as cursor:
        for model in stored_models():
            table, pk = model._meta.db_table, model._meta.pk.column
            quote = connection.ops.quote_name
            cursor.execute(f"SELECT * FROM {quote(table)} ORDER BY {quote(pk)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            found = cursor.fetchall()
            if table in UNORDERED:
                names, found = names[1:], sorted(row[1:] for row in found)
            rows[table] = ["\n".join(map(_comparable_column, names, row)) for row in found]
    return rows


def _comparable_column(name, value) -> str:
    return f"{name}: {_comparable(value)}"


def _comparable(value) -> str:
    if isinstance(value, str) and value[:1] in "{[":
        with suppress(ValueError):
            value = json.loads(value)
    if isinstance(value, dict | list):
        value = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    text = TIME.sub("<time>", str(value))
    text = BLOCK_KEY.sub("<key>", UUID.sub("<uuid>", text))
    return FILE_SUFFIX.sub(r"\1", FILE_SECRET.sub("-<secret>", text))
