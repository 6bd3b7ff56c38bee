"""Times searching: `python -m tests.benchmarks.search --queries 1000`.

The queries are one to three words that follow one another in a text of the index, in its language;
every fifth has a typing error. Prints JSON: for the page of results and for the suggestions the
median, the 95th and 99th percentile in milliseconds of the server, and the queries to the database.
"""

import argparse
import json
import random
import statistics
from collections.abc import Iterator
from urllib.parse import urlencode

from tests.benchmarks.in_process import Answer, Visitor  # isort: skip - sets Django up

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import translation

from lihsite.multilingual.languages import language_codes
from lihsite.search.analysis import tokens
from lihsite.search.models import SearchEntry, SearchText
from news.models import NewsPage

SEED = 8
TEXTS = 400
"""So many texts of a language are drawn from."""
MOST_WORDS = 3
MISSPELT = 5
"""Every such query has a typing error."""
SHORTEST_MISSPELT = 5
PAGES = {"Search": "search", "Suggestions": "search_suggestions"}
WARM_UP = 20


def complete_index() -> None:
    """Index the copies of a large site, which are written past the index."""
    if SearchEntry.objects.filter(kind="news").count() < NewsPage.objects.count():
        call_command("rebuild_search", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What autovacuum does within minutes after so many new rows.
            cursor.execute("VACUUM ANALYZE")


def drawn_queries(count: int) -> Iterator[tuple[str, str]]:
    """Languages and texts."""
    choose = random.Random(SEED)  # noqa: S311 - nothing is secret
    texts = {
        language: list(
            SearchText.objects.filter(entry__language=language)
            .order_by("pk")
            .values_list("body", flat=True)[:TEXTS]
        )
        for language in language_codes()
    }
    for number in range(count):
        language = choose.choice(language_codes())
        words = []
        while not words:
            words = [token.word for token in tokens(choose.choice(texts[language]), language)]
        length = choose.randint(1, min(MOST_WORDS, len(words)))
        start = choose.randrange(len(words) - length + 1)
        query = words[start : start + length]
        if number % MISSPELT == 0:
            place = max(range(length), key=lambda at: len(query[at]))
            query[place] = misspelt(query[place], choose)
        yield language, " ".join(query)


def misspelt(word: str, choose: random.Random) -> str:
    """The word with two letters in the wrong order, unless it is short."""
    if len(word) < SHORTEST_MISSPELT:
        return word
    at = choose.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def address_of(name: str, language: str, text: str) -> str:
    with translation.override(language):
        return f"{reverse(name)}?{urlencode({'q': text})}"


def summary(answers: list[Answer]) -> dict:
    elapsed = [answer.elapsed_ms for answer in answers]
    percentiles = statistics.quantiles(elapsed, n=100)
    return {
        "median_ms": round(statistics.median(elapsed), 2),
        "p95_ms": round(percentiles[94], 2),
        "p99_ms": round(percentiles[98], 2),
        "p95_cpu_ms": round(
            statistics.quantiles([answer.cpu_ms for answer in answers], n=100)[94], 2
        ),
        "queries": max(answer.queries for answer in answers),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queries", type=int, default=1000)
    arguments = parser.parse_args()
    complete_index()
    visitor = Visitor()
    queries = list(drawn_queries(arguments.queries))
    results = {"database": connection.vendor, "entries": SearchEntry.objects.count()}
    with connection.execute_wrapper(visitor.count):
        for title, name in PAGES.items():
            addresses = [address_of(name, language, text) for language, text in queries]
            for address in addresses[:WARM_UP]:
                visitor.get(address)
            results[title] = summary([visitor.get(address) for address in addresses])
    print(json.dumps(results))


if __name__ == "__main__":
    main()
