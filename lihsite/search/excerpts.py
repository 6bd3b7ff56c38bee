"""The part of a text where the words of a query stand, with these words marked."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import WORDS_KEPT, pieces, terms_of, tokens
from .scoring import Word, index_term

# Not `split()`: the no-break spaces of French are white space to Python.
_SPACES = re.compile(r"[ \t\r\n\f\v]+")

LENGTH = 240
"""The characters of an excerpt, ellipses and marks aside."""
BEFORE = 60
"""So many characters stand before the first word that was found."""
LOOKED_THROUGH = 20_000
"""The characters of a text in which an excerpt is looked for."""


class Marker:
    """Finds the words of one query in texts; what a piece of text stands for is looked up once.

    A page of results goes through ten long texts, in which most words come again and again.
    """

    def __init__(self, words: list[Word], language: str):
        self.language = language
        self.by_term = {term: number for number, word in enumerate(words) for term in word.terms}
        self.beginnings = [
            (b, number) for number, word in enumerate(words) for b in word.beginnings
        ]
        self._known: dict[str, list[tuple[int, int, int]]] = {}

    def mark(self, text: str) -> SafeString:
        """The text, escaped, with the words that the query asks for in `<mark>`."""
        return _with_marks(text, self._found_in(text))

    def excerpt(self, text: str) -> SafeString:
        """The stretch of a text with the most different words of the query, marked and escaped."""
        text = _SPACES.sub(" ", text[:LOOKED_THROUGH]).strip()
        found = self._found_in(text)
        start = _best_start(found)
        begin = 0 if start <= BEFORE else _after_space(text, start - BEFORE)
        end = min(len(text), begin + LENGTH)
        if end < len(text):
            end = max(text.rfind(" ", begin, end), begin + LENGTH // 2)
        inside = [(a - begin, b - begin, word) for a, b, word in found if begin <= a and b <= end]
        body = _with_marks(text[begin:end], inside)
        before = "… " if begin else ""
        after = " …" if end < len(text) else ""
        return mark_safe(f"{before}{body}{after}")  # noqa: S308 - escaped piece by piece

    def _found_in(self, text: str) -> list[tuple[int, int, int]]:
        """Where in the text each word of the query stands: start, end, number of the word."""
        found = []
        for position, piece in pieces(text):
            places = self._known.get(piece)
            if places is None:
                places = self._known[piece] = self._places(piece)
            if places:
                found += [(position + a, position + b, number) for a, b, number in places]
        return found

    def _places(self, piece: str) -> list[tuple[int, int, int]]:
        numbered = [(a, b, self._number(terms)) for a, b, terms in _read(piece, self.language)]
        return [(a, b, number) for a, b, number in numbered if number is not None]

    def _number(self, terms: tuple[str, ...]) -> int | None:
        """The number of the query's word that a word of the text stands for, by its terms."""
        exact = next((self.by_term[term] for term in terms if term in self.by_term), None)
        if exact is not None:
            return exact
        return next(
            (n for b, n in self.beginnings if any(term.startswith(b) for term in terms)), None
        )


@lru_cache(maxsize=WORDS_KEPT)
def _read(piece: str, language: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """The words of a piece of text: where each stands in it, and its terms in the index."""
    return tuple(
        (
            token.start,
            token.end,
            tuple(index_term(term, language) for term in terms_of(token.word, language)),
        )
        for token in tokens(piece, language)
    )


def _best_start(found) -> int:
    best, start = 0, 0
    for position, (begin, _end, _number) in enumerate(found):
        near = {n for b, _e, n in found[position : position + 12] if b - begin < LENGTH - BEFORE}
        if len(near) > best:
            best, start = len(near), begin
    return start


def _after_space(text: str, position: int) -> int:
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + BEFORE else position


def _with_marks(text: str, found) -> SafeString:
    pieces, position = [], 0
    for begin, end, _number in found:
        pieces += [escape(text[position:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        position = end
    pieces.append(escape(text[position:]))
    return mark_safe("".join(pieces))  # noqa: S308 - escaped piece by piece
