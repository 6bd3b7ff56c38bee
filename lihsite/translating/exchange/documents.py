"""What a file of exchange holds, whatever its format."""

import re
from dataclasses import dataclass, field

from lihsite.translating.markup import Tag

PRODUCT = "lihsite"

KEY = re.compile(r"(?:([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*):)?([0-9]{1,9})")
"""The number of a page, or the model and the number of any other object: `lihsite.image:12`."""


def is_key(value: str) -> bool:
    return bool(KEY.fullmatch(value))


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says why, to a person."""


@dataclass
class Unit:
    """One segment: `target` is None where there is no translation.

    `is_open` says that somebody has to look at it: it is untranslated or outdated. `problems` are
    what the reader could not make sense of.
    """

    name: str
    source: tuple
    target: tuple | None = None
    tags: dict[str, Tag] = field(default_factory=dict)
    label: str = ""
    max_length: int | None = None
    is_open: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass
class ObjectTexts:
    """The segments of a page or another object, from one language into another.

    `key` names the object (`subjects.key_of`), `token` the export that they went out with.
    """

    key: str
    source_language: str
    target_language: str
    token: str = ""
    title: str = ""
    url: str = ""
    units: list[Unit] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.key.rpartition(":")[0] or PAGE

    @property
    def number(self) -> str:
        return self.key.rpartition(":")[2]

    @property
    def original(self) -> str:
        """The object and the export in one name, which tools leave alone."""
        return f"{self.kind}:{self.number}:{self.token}"


PAGE = "page"


def read_original(value: str | None) -> tuple[str, str]:
    """The object's key and the token in what `ObjectTexts.original` wrote; empty for anything else.

    >>> read_original("page:12:0f3a")
    ('12', '0f3a')
    >>> read_original("lihsite.image:12:0f3a")
    ('lihsite.image:12', '0f3a')
    """
    kind, _colon, rest = (value or "").partition(":")
    number, _colon, token = rest.partition(":")
    key = number if kind == PAGE else f"{kind}:{number}"
    return (key, token) if is_key(key) else ("", "")
