"""From text to index terms, the same for both databases and for queries.

A word stands in the index stemmed then folded, and folded then stemmed. So accents are optional in
a query: `immunité` stems to `immun` and folds to itself, `immunite` can only stem to `immunit`;
either spelling meets the other, and endings still fall away from words that are spelt right.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer

STEMMERS = {"en": "english", "fr": "french", "de": "german", "lb": "german"}
"""Snowball's algorithm for a language; others are folded only. Luxembourgish takes the nearest."""

ELISIONS = {
    "fr": frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu"})
    | frozenset({"jusqu", "lorsqu", "puisqu", "quoiqu"}),
    "lb": frozenset({"d"}),
}
"""What stands before an apostrophe without being a word to look for."""

LONGEST_WORD = 40
"""Longer ones are cut, in the index and in queries alike: chemical names, addresses, noise."""

WORDS_KEPT = 10_000
"""So many of the last words a process need not work out again; each takes up to half a kilobyte.

Texts go on with the same words, but queries come with any: all that are kept fill up with them.
"""

_MARKS = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
_WITHIN = "\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}\N{SOFT HYPHEN}"
"""What stands within a word without being a letter: accents of decomposed text, hyphenation."""
_LETTERS = rf"[^\W_]+(?:[{_WITHIN}]+[^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:[{_MARKS}]{_LETTERS})*")
_APOSTROPHES = re.compile(f"[{_MARKS}]")
_PIECES = re.compile(f"[^{_MARKS}]+")
_LIGATURES = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Token(NamedTuple):
    """A word of a text with where it stands there, `text[start:end]`."""

    word: str
    start: int
    end: int


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """What stands between spaces and punctuation, and where; `tokens` reads each by itself."""
    for match in _WORD.finditer(text):
        yield match.start(), match.group()


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words of a text in lower case, elided articles left out."""
    elisions = ELISIONS.get(language, frozenset())
    for start, word in pieces(text):
        while apostrophe := _APOSTROPHES.search(word):
            head, rest = word[: apostrophe.start()], word[apostrophe.end() :]
            if _lower(head) not in elisions:
                break
            start, word = start + apostrophe.end(), rest
        yield from _parts(word, start)


def _parts(word: str, start: int) -> Iterator[Token]:
    """A word as it is looked for: an apostrophe that elides nothing parts it."""
    for piece in _PIECES.finditer(word):
        begin, end = start + piece.start(), start + piece.end()
        yield Token(_lower(piece.group())[:LONGEST_WORD], begin, end)


def _lower(word: str) -> str:
    return unicodedata.normalize("NFC", word.replace("\N{SOFT HYPHEN}", "")).lower()


@lru_cache(maxsize=WORDS_KEPT)
def fold(word: str) -> str:
    """The word without accents and ligatures: `hôpital` → `hopital`, `straße` → `strasse`."""
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@lru_cache(maxsize=WORDS_KEPT)
def terms_of(word: str, language: str) -> tuple[str, ...]:
    """The index terms of a word, without doubles; any of them finds the others' word.

    A word with umlauts has its form with `ae`, `oe`, `ue` too, in every language: names keep them.
    """
    stem = _stemmer(language)
    forms = [fold(stem(word)), stem(fold(word))]
    spelt_out = word.translate(_UMLAUTS)
    if spelt_out != word:
        forms.append(fold(stem(spelt_out)))
    return tuple(dict.fromkeys(form for form in (_plain(form) for form in forms) if form))


def _plain(term: str) -> str:
    """The term of letters and digits alone: what both databases keep as one token."""
    return "".join(char for char in term if char.isalnum())


@cache
def _stemmer(language: str):
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name).stemWord if name else str


def analyse(text: str, language: str) -> list[str]:
    """All index terms of a text, in its order and as often as they occur."""
    return [term for token in tokens(text, language) for term in terms_of(token.word, language)]
