"""What a file of exchange holds, whatever its format."""

from dataclasses import dataclass, field

from lihsite.translating.markup import Tag

PRODUCT = "lihsite"


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
class PageTexts:
    """The segments of a page, from one language into another, as the file names these.

    `token` names the export that they went out with.
    """

    page_id: int
    source_language: str
    target_language: str
    token: str = ""
    title: str = ""
    url: str = ""
    units: list[Unit] = field(default_factory=list)

    @property
    def original(self) -> str:
        """The page and the export in one name, which tools leave alone."""
        return f"page:{self.page_id}:{self.token}"


def read_original(value: str) -> tuple[int, str] | None:
    """The page's number and the token in what `PageTexts.original` wrote; None for anything else.

    >>> read_original("page:12:0f3a")
    (12, '0f3a')
    """
    kind, _colon, rest = (value or "").partition(":")
    number, _colon, token = rest.partition(":")
    if kind == "page" and number.isascii() and number.isdecimal() and len(number) < 10:
        return int(number), token
    return None
