"""Text with its markup as placeholders, which translators move but cannot change.

Rich text is taken apart into words and numbered tags; what comes back names the numbers, and the
tags are put together again from what is stored here. So nothing gets in that was never in the text,
a link's target for example, and a tag that is lost is noticed. Characters that no XML file can
hold, or that tools take for the end of a line, are placeholders too. A text without markup is coded
likewise, with no tag in it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from django.utils.translation import gettext as _

from lihsite.multilingual.segments import has_text

TAG = re.compile(r"(<!--.*?-->|<[a-zA-Z/][^>]*>)", re.DOTALL)
TAG_NAME = re.compile(r"</?\s*([a-zA-Z][\w-]*)")
UNWRITABLE = re.compile(
    "([^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])"
)
VOID_TAGS = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "source", "wbr"})
BLOCK_TAGS = frozenset(
    {"blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"}
)
BLOCK_KEY = re.compile(r'\s*data-block-key="[^"]*"')


class Text(NamedTuple):
    text: str


class Open(NamedTuple):
    """The start of the paired tag with the number."""

    id: str


class Close(NamedTuple):
    id: str


class Single(NamedTuple):
    """A tag that stands alone: a line break, an embed."""

    id: str


@dataclass(frozen=True)
class Tag:
    """The markup that a placeholder stands for; one that stands alone has no end."""

    start: str
    end: str | None = None

    @property
    def name(self) -> str:
        """The name of the tag; a comment or a control character has none."""
        match = TAG_NAME.match(self.start)
        return match[1].lower() if match else ""

    @property
    def is_block(self) -> bool:
        return self.name in BLOCK_TAGS

    def is_like(self, other) -> bool:
        return self.name == other.name and (self.end is None) == (other.end is None)

    def is_same(self, other) -> bool:
        """Whether it is the same markup; the keys of Wagtail's editor do not count."""
        return self.is_like(other) and BLOCK_KEY.sub("", self.start) == BLOCK_KEY.sub(
            "", other.start
        )


@dataclass(frozen=True)
class Coded:
    """A text taken apart: pieces in their order, and the tags that their numbers stand for."""

    pieces: tuple = ()
    tags: dict[str, Tag] = field(default_factory=dict)

    @property
    def plain(self) -> str:
        """The words alone, with a space where a block ends."""
        return words_of(self.pieces, self.tags)

    def numbered_like(self, other: "Coded") -> "Coded":
        """The same text with the other's numbers where its tags are the other's, or like them."""
        numbers, free = {}, dict(other.tags)
        for matches in (Tag.is_same, Tag.is_like):
            for own, tag in self.tags.items():
                if own in numbers:
                    continue
                number = next((key for key, value in free.items() if matches(tag, value)), None)
                if number is not None:
                    numbers[own] = number
                    del free[number]
        following = max(map(int, other.tags), default=0)
        for own in self.tags:
            if own not in numbers:
                following += 1
                numbers[own] = str(following)
        return Coded(
            tuple(
                piece if isinstance(piece, Text) else type(piece)(numbers[piece.id])
                for piece in self.pieces
            ),
            {numbers[own]: tag for own, tag in self.tags.items()},
        )


def code(text: str, *, is_rich: bool) -> Coded:
    """Take a text apart; one that is not rich has no tags, whatever it looks like."""
    parts = TAG.split(text) if is_rich else [text]
    found: list[list] = []  # [kind, content, number of the pair]
    open_tags: list[tuple[str, int]] = []
    for index, part in enumerate(parts):
        if not index % 2:
            words = unescape(part) if is_rich else part
            for place, words_or_control in enumerate(UNWRITABLE.split(words)):
                if words_or_control:
                    kind = Single if place % 2 else Text
                    found.append([kind, words_or_control, None])
            continue
        name = TAG_NAME.match(part)
        name = name[1].lower() if name else ""
        if part.startswith("</"):
            found.append([Single, part, None])
            depth = _depth_of(name, open_tags)
            if depth is not None:
                start = open_tags[depth][1]
                found[start][0], found[-1][0], found[-1][2] = Open, Close, start
                del open_tags[depth:]
        else:
            if name and name not in VOID_TAGS and not part.endswith("/>"):
                open_tags.append((name, len(found)))
            found.append([Single, part, None])
    return _numbered(found)


def _depth_of(name: str, open_tags: list) -> int | None:
    return next(
        (depth for depth in reversed(range(len(open_tags))) if open_tags[depth][0] == name), None
    )


def _numbered(found: list) -> Coded:
    pieces, tags, numbers = [], {}, {}
    for place, (kind, content, start) in enumerate(found):
        if kind is Text:
            pieces.append(Text(content))
            continue
        if kind is Close:
            number = numbers[start]
            tags[number] = Tag(tags[number].start, content)
        else:
            number = numbers[place] = str(len(tags) + 1)
            tags[number] = Tag(content)
        pieces.append(kind(number))
    return Coded(tuple(pieces), tags)


def put_together(pieces, tags: dict[str, Tag], *, is_rich: bool) -> str:
    """The text that the pieces stand for; raises KeyError for a number without a tag."""
    parts = []
    for piece in pieces:
        match piece:
            case Text(text):
                parts.append(escape(text, quote=False) if is_rich else text)
            case Close(number):
                parts.append(tags[number].end or "")
            case Open(number) | Single(number):
                parts.append(tags[number].start)
    return "".join(parts)


def words_of(pieces, tags: dict[str, Tag]) -> str:
    parts = []
    for piece in pieces:
        if isinstance(piece, Text):
            parts.append(piece.text)
        elif piece.id in tags and (tags[piece.id].is_block or tags[piece.id].name == "br"):
            parts.append(" ")
    return " ".join("".join(parts).split())


def has_words(pieces, *, is_rich: bool) -> bool:
    """Whether they say anything: white space and tags alone are no translation."""
    texts = [piece for piece in pieces if isinstance(piece, Text)]
    return has_text(put_together(texts, {}, is_rich=is_rich))


def writable(text: str) -> str:
    """What is said beside the texts, without the characters that no file can hold."""
    return UNWRITABLE.sub("", text)


def merged(pieces) -> tuple:
    """The same pieces with neighbouring texts as one, and none empty: so can two be compared."""
    result: list = []
    for piece in pieces:
        if isinstance(piece, Text):
            if not piece.text:
                continue
            if result and isinstance(result[-1], Text):
                result[-1] = Text(result[-1].text + piece.text)
                continue
        result.append(piece)
    return tuple(result)


def problems_of(pieces, source: Coded, target: Coded) -> list[str]:
    """What is wrong with the placeholders of a translation that came back, in words.

    `target` is the translation that went out, which may lack tags of the source or have its own.
    """
    tags = {**target.tags, **source.tags}
    needed = set(source.tags)
    if target.pieces:
        needed &= set(target.tags)
    used = Counter(piece.id for piece in pieces if isinstance(piece, Open | Single))
    problems = []
    if unknown := sorted(set(used) - set(tags)):
        problems.append(_("unknown tags: %(tags)s") % {"tags": ", ".join(unknown)})
    if missing := sorted(needed - set(used), key=int):
        problems.append(_("missing tags: %(tags)s") % {"tags": _described(missing, tags)})
    if repeated := sorted(number for number in used if used[number] > 1):
        problems.append(_("tags used more than once: %(tags)s") % {"tags": ", ".join(repeated)})
    if problems:
        return problems
    if not _is_nested(pieces, tags):
        return [_("tags that open and close in the wrong order")]
    places = _block_places(source.pieces, tags) | _block_places(target.pieces, tags)
    if not _block_places(pieces, tags) <= places:
        return [_("text or paragraphs moved out of the tag that they stand in")]
    return []


def _described(numbers, tags) -> str:
    return ", ".join(f"{number} {tags[number].start}" for number in numbers)


def _is_nested(pieces, tags: dict[str, Tag]) -> bool:
    open_numbers = []
    for piece in pieces:
        match piece:
            case Open(number):
                if tags[number].end is None:
                    return False
                open_numbers.append(number)
            case Close(number):
                if not open_numbers or open_numbers.pop() != number:
                    return False
            case Single(number) if tags[number].end is not None:
                return False
    return not open_numbers


def _block_places(pieces, tags: dict[str, Tag]) -> set[tuple]:
    """Which block tag stands in which tag, and which of block tags (or none) hold words."""
    places, around = set(), []
    for piece in pieces:
        match piece:
            case Open(number):
                if tags[number].is_block:
                    places.add((number, around[-1] if around else None))
                around.append(number)
            case Close(_number):
                around.pop()
            case Text(text) if text.strip():
                block = next((number for number in reversed(around) if tags[number].is_block), None)
                places.add(("text", _kind_of(block, tags)))
    return places


def _kind_of(number: str | None, tags: dict[str, Tag]) -> str:
    """Words may go from one paragraph or item to another, but not between them."""
    return tags[number].name if number else ""
