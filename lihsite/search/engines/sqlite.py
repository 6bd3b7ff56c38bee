"""SQLite's FTS5 over the columns of terms; triggers keep it right, whichever way rows change."""

COLUMNS = ("title", "lead", "often", "everything")

_NAMES = ", ".join(COLUMNS)
_OLD = ", ".join(f"old.{name}" for name in COLUMNS)
_NEW = ", ".join(f"new.{name}" for name in COLUMNS)
_REMOVE = (
    f"INSERT INTO search_index (search_index, rowid, {_NAMES}) "  # noqa: S608
    f"VALUES ('delete', old.entry_id, {_OLD});"
)
_ADD = (
    f"INSERT INTO search_index (rowid, {_NAMES}) "  # noqa: S608 - names of our own
    f"VALUES (new.entry_id, {_NEW});"
)

PREPARATION = (
    # No positions: nothing asks for phrases, and the index is half as large.
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5({_NAMES},
        content='search_text', content_rowid='entry_id', detail='column',
        prefix='4 5 6', tokenize="unicode61 remove_diacritics 0")""",
    f"""CREATE TRIGGER IF NOT EXISTS search_text_added AFTER INSERT ON search_text
        BEGIN {_ADD} END""",
    f"""CREATE TRIGGER IF NOT EXISTS search_text_removed AFTER DELETE ON search_text
        BEGIN {_REMOVE} END""",
    f"""CREATE TRIGGER IF NOT EXISTS search_text_changed AFTER UPDATE ON search_text
        BEGIN {_REMOVE} {_ADD} END""",
)
"""Statements that make the index if it is not there.

They run after each migration: one that remakes the table drops its triggers.
"""


def matching(column: str, terms, prefixes=()) -> tuple[str, list[str]]:
    """A query, with its parameters, for the ids of entries with any of the terms in a column.

    Terms consist of letters and digits alone, so that none reads as FTS5's syntax.
    """
    alternatives = [f'"{term}"' for term in terms] + [f'"{prefix}"*' for prefix in prefixes]
    expression = f"{{{column}}} : ({' OR '.join(alternatives)})"
    return "SELECT rowid FROM search_index WHERE search_index MATCH %s", [expression]
