"""What a mistyped word may have meant: the nearest word that occurs in the language."""

from collections.abc import Callable
from functools import lru_cache

from django.db.models import Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import fold
from .index import SHORTEST_WORD
from .models import SearchWord

LENGTH_OF_TWO_ERRORS = 6
"""Shorter words may have one error: in three letters, two would leave nothing of the word."""


def nearest_word(
    word: str, language: str, *, is_known: Callable[[str, str], bool] = lambda word, language: True
) -> str | None:
    """The word of the language's vocabulary with the fewest errors; None if none is near.

    Letters left out, added, exchanged or swapped with the next one count one error each; accents
    count nothing. Of equally near words the one with the same beginning wins, then the shorter.
    One that is not known to visitors yet, or no longer, is passed over: `is_known` says it.
    """
    typed = fold(word)
    if len(typed) < SHORTEST_WORD:
        return None
    most = 2 if len(typed) >= LENGTH_OF_TWO_ERRORS else 1
    folded, written = _vocabulary(language, _version(language))
    near = process.extract(typed, folded, scorer=OSA.distance, score_cutoff=most, limit=20)
    if not near:
        return None

    def order(match):
        found, errors, _position = match
        return errors, found[:1] != typed[:1], len(found), found

    words = (written[found] for found, _errors, _position in sorted(near, key=order))
    return next((found for found in words if is_known(found, language)), None)


def _version(language: str) -> int:
    newest = SearchWord.objects.filter(language=language).aggregate(newest=Max("pk"))
    return newest["newest"] or 0


@lru_cache(maxsize=16)
def _vocabulary(language: str, _newest: int) -> tuple[list[str], dict[str, str]]:
    """The folded words, and for each how it is written; read again once there are new ones."""
    words = SearchWord.objects.filter(language=language).values_list("word", flat=True)
    written = {}
    for word in words.order_by("word"):
        written.setdefault(fold(word), word)
    return list(written), written
