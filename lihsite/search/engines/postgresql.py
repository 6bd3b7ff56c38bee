"""PostgreSQL's GIN over the columns of terms, taken as lexemes just as they are."""

from lihsite.search.scoring import COLUMNS, Condition, Group


def _vector(column: str) -> str:
    # No parser of PostgreSQL's, so that both databases hold the same terms.
    return f"array_to_tsvector(string_to_array({column}, ' '))"


PREPARATION = (
    # Thousands of rows are looked at for whether they are there: texts stand elsewhere.
    "ALTER TABLE search_text SET (toast_tuple_target = 128)",
    # One index: it answers conditions on two columns by itself. With one for each, the planner
    # would ask the index of one and read the terms of thousands of rows for the other. New rows
    # stand in it at once, not in a list beside it that each search would read through until the
    # next vacuum: 8 ms for one that is full.
    "CREATE INDEX IF NOT EXISTS search_text_terms ON search_text USING gin "
    f"({', '.join(map(_vector, COLUMNS))}) WITH (fastupdate = off)",
)
"""Statements that make the index if it is not there."""

AFTER_MANY_ROWS = ("ANALYZE search_entry, search_text, search_topic, search_word",)
"""The planner goes by figures of what is there now, and does not wait for the next vacuum.

So do the checks of foreign keys: each connection keeps their plans until then, and one of an empty
table would read the whole of it for every new row.
"""


ORDER = "id + 0"
"""The order of what was found.

Not `id`: to look through all entries in their order would seem cheap to the planner, and is not.
"""


def found(group: Group, filters: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """A query, with its parameters, for the `id` of the entries of a group with all filter terms.

    Terms consist of letters and digits alone, so that none reads as an operator of a `tsquery`.
    """
    conditions = [f"{_vector(condition.column)} @@ %s::tsquery" for condition in group]
    parameters = [_query(condition) for condition in group]
    if filters:
        conditions.append(f"{_vector('everything')} @@ %s::tsquery")
        parameters.append(" & ".join(f"'{term}'" for term in filters))
    where = " AND ".join(conditions)
    return f"SELECT entry_id AS id FROM search_text WHERE {where}", parameters  # noqa: S608


def _query(condition: Condition) -> str:
    words = [
        " | ".join([f"'{term}'" for term in word.terms] + [f"'{b}':*" for b in word.beginnings])
        for word in condition.words
    ]
    return (" & " if condition.needs_all else " | ").join(f"({word})" for word in words)
