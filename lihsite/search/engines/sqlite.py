"""SQLite's FTS5 over the columns of terms; triggers keep it right, whichever way rows change."""

from lihsite.search.scoring import COLUMNS, Condition, Group

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

AFTER_MANY_ROWS = ()
"""FTS5 merges what it wrote as it goes."""


ORDER = "id"
"""The order of what was found, in which it comes by itself."""


def found(group: Group, filters: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """A query, with its parameters, for the `id` of the entries of a group with all filter terms.

    Terms consist of letters and digits alone, so that none reads as FTS5's syntax. Ids come in
    their order, one by one: who needs a few does not wait for the others.
    """
    parts = [_expression(condition) for condition in group]
    parts += [f'{{everything}} : "{term}"' for term in filters]
    return (
        "SELECT rowid AS id FROM search_index WHERE search_index MATCH %s",
        [" AND ".join(parts)],
    )


def _expression(condition: Condition) -> str:
    words = [
        " OR ".join([f'"{term}"' for term in word.terms] + [f'"{b}" *' for b in word.beginnings])
        for word in condition.words
    ]
    joined = (" AND " if condition.needs_all else " OR ").join(f"({word})" for word in words)
    return f"{{{condition.column}}} : ({joined})"
