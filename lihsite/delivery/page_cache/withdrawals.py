"""Tells which writes withdraw something from visitors, so that no earlier answer may be given.

A page, a language of it or a file goes, or fewer may see it: it is unpublished, deleted, made
private, put under embargo or moved. Publishing texts withdraws nothing, or there would never be a
last good answer to give meanwhile.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from .statements import PAGES, WRITING, assigned_columns

OF_ACCESS = {
    *("wagtailcore_collectionviewrestriction", "wagtailcore_collectionviewrestriction_groups"),
    *("wagtailcore_pageviewrestriction", "wagtailcore_pageviewrestriction_groups"),
    "wagtailcore_site",
}
"""Tables that say who may see what, and at which address: each write of theirs counts."""

INDEXED = {"search_entry", "search_text", "search_topic", "search_word"}
"""Tables whose rows each publication deletes and writes anew."""

OF_VISIBILITY = re.compile(r"live|live_in_\w+|embargo|path|alias_of_id|collection_id")
"""Columns that say whether visitors get a row: aliases are as private as their original, pages as
what they are below, files as their collection."""

BY_KEY = re.compile(rf'(?!.*\bSELECT\b).* WHERE "{PAGES}"\."id" = %s\s*', re.DOTALL)


@lru_cache(maxsize=2048)
def withdraws(statement: str) -> bool:
    """Whether a statement that changes the content may withdraw some of it; if in doubt, it may."""
    written = WRITING.match(statement)
    if not written:
        return True
    table, verb = written["table"].lower(), written["verb"].upper()
    if table in OF_ACCESS:
        return True
    if verb.startswith("INSERT"):
        return False
    if verb == "UPDATE":
        columns = assigned_columns(statement)
        return not columns or any(map(OF_VISIBILITY.fullmatch, columns))
    return table not in INDEXED


@lru_cache(maxsize=2048)
def question_about_page(statement: str) -> str | None:
    """The query that tells how visible the page is that the statement updates by its key.

    Each save of a page writes all of its columns, so that the statement alone does not tell.
    """
    columns = [column for column in assigned_columns(statement) if OF_VISIBILITY.fullmatch(column)]
    if not columns or not BY_KEY.fullmatch(statement):
        return None
    named = ", ".join(f'"{column}"' for column in dict.fromkeys(["live", *columns]))
    return f'SELECT {named} FROM "{PAGES}" WHERE "id" = %s'  # noqa: S608 - of the statement alone


Read = Callable[[str, list], dict | None]
"""Runs a query and returns its only row by the names of its columns, None if there is none."""


class Withdrawal:
    """Whether a statement withdraws something; made before it runs, asked once it has run."""

    def __init__(self, statement: str, params, many: bool, read: Read):
        self.may_be = withdraws(statement)
        self.question = question_about_page(statement) if self.may_be and not many else None
        if self.question:
            self.read = read
            self.key = [params[-1]]
            self.before = read(self.question, self.key)

    def is_made(self) -> bool:
        if not self.question:
            return self.may_be
        if not self.before:
            return False
        after = self.read(self.question, self.key)
        return not after or is_less_visible(self.before, after)


def is_less_visible(before: dict, after: dict) -> bool:
    """Whether fewer may see the page, or those below it; if in doubt, they are."""
    return any(
        lessens(column, value, after[column], was_live=bool(before["live"]))
        for column, value in before.items()
    )


def lessens(column: str, before, after, *, was_live: bool) -> bool:
    if before == after:
        return False
    if column == "path":
        return True
    if column == "embargo":
        return was_live and after is not None
    if column.startswith("live"):
        return was_live and not after
    return was_live
