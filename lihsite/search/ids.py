"""The ids of entries: in their order stand the newest first, then those without a date.

So a database that finds entries in the order of their ids has found the first ten once it has found
ten. Ties go to the newer object, then by the kind; what is left is the language.
"""

from datetime import date
from zlib import crc32

from lihsite.multilingual.languages import language_codes

DAY_BITS, OBJECT_BITS, KIND_BITS, LANGUAGE_BITS = 22, 27, 10, 4
"""Altogether 63, as much as databases give to a positive number; days go to the year 9999."""


def entry_id(kind: str, object_id: int, language: str, day: date | None) -> int:
    """Raises OverflowError for an object whose number is too large."""
    if object_id >= 1 << OBJECT_BITS:
        raise OverflowError(f"No entry for {kind} {object_id}")
    number = largest(DAY_BITS) - (day.toordinal() if day else 0)
    number = number << OBJECT_BITS | largest(OBJECT_BITS) - object_id
    number = number << KIND_BITS | kind_number(kind)
    return number << LANGUAGE_BITS | language_codes().index(language)


def kind_number(kind: str) -> int:
    """The same in every process and version; `register_source` refuses two kinds with one."""
    return crc32(kind.encode()) & largest(KIND_BITS)


def largest(bits: int) -> int:
    return (1 << bits) - 1
