"""The full-text engine of each database: which rows hold a term, as SQL."""

from django.db import connections

from . import postgresql, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


def engine_of(using: str):
    """The engine of a connection. Raises KeyError for a database that has none here."""
    return ENGINES[connections[using].vendor]
