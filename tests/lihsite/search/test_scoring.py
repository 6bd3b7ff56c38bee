"""Hits and their order, on whichever database the suite runs."""

import random

import pytest

from lihsite.search.analysis import tokens
from lihsite.search.index import rebuild
from lihsite.search.models import SearchEntry, SearchText
from lihsite.search.queries import Asked, Search
from lihsite.search.scoring import hits, read_query
from tests.lihsite.search.reference import Reference

QUERIES = 60
"""So many are drawn from the content of each language."""


@pytest.fixture
def draws():
    """Queries of one to three words that stand near each other in the content, by language."""
    rng = random.Random(20261123)  # noqa: S311 - the same queries at each run
    drawn = []
    for language in ("en", "fr", "de"):
        entries = SearchEntry.objects.visible().filter(language=language)
        texts = SearchText.objects.filter(entry__in=entries).order_by("entry__title")
        bodies = [list(tokens(text.body, language)) for text in texts]
        bodies = [words for words in bodies if len(words) > 10]
        for _number in range(QUERIES):
            words = rng.choice(bodies)
            start = rng.randrange(len(words) - 6)
            picked = rng.sample(words[start : start + 6], rng.randint(1, 3))
            drawn.append((" ".join(token.word for token in picked), language))
    return drawn


def test_every_database_finds_the_same_in_the_same_order(demo, draws):
    rebuild()
    reference = Reference()
    entries = SearchEntry.objects.count()
    for query, language in draws:
        asked, words = Asked(Search(query, language)), read_query(query, language)
        found = asked.in_order(words, entries)
        assert found == reference.order_of(query, language), (query, language)
        assert asked.count(hits(words)) == len(found)
        assert found, f"{query!r} was drawn from {language}"
