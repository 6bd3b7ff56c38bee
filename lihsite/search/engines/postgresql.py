"""PostgreSQL's GIN over the columns of terms, taken as lexemes just as they are."""

COLUMNS = ("title", "lead", "often", "everything")


def _vector(column: str) -> str:
    # No parser of PostgreSQL's, so that both databases hold the same terms.
    return f"array_to_tsvector(string_to_array({column}, ' '))"


PREPARATION = tuple(
    f"CREATE INDEX IF NOT EXISTS search_text_{column} ON search_text USING gin ({_vector(column)})"
    for column in COLUMNS
)
"""Statements that make the indexes if they are not there."""


def matching(column: str, terms, prefixes=()) -> tuple[str, list[str]]:
    """A query, with its parameters, for the ids of entries with any of the terms in a column.

    Terms consist of letters and digits alone, so that none reads as an operator of a `tsquery`.
    """
    alternatives = [f"'{term}'" for term in terms] + [f"'{prefix}':*" for prefix in prefixes]
    statement = (
        "SELECT entry_id FROM search_text "  # noqa: S608 - names of our own
        f"WHERE {_vector(column)} @@ %s::tsquery"
    )
    return statement, [" | ".join(alternatives)]
