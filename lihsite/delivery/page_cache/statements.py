"""Reads from an SQL statement, as Django spells it, what it writes."""

import re

PAGES = "lihsite_basepage"

WRITING = re.compile(
    r'\s*(?P<verb>INSERT(\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(?P<table>\w+)"?',
    re.IGNORECASE,
)
SET_COLUMNS = re.compile(r'"(\w+)" = ')


def assigned_columns(update: str) -> list[str]:
    """The columns that an update sets; none if they cannot be told."""
    return SET_COLUMNS.findall(update[: update.upper().rfind(" WHERE ")])
