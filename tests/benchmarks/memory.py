"""Times the translation memory: `python -m tests.benchmarks.memory --units 100000`.

Prints JSON: the median and the 99th percentile in milliseconds, and the median of the processor's
time, of finding a text that is there, one that is nearly there and one that is not; and what a
process takes to read the units first.
Everything is written in a transaction that is rolled back.
"""

import argparse
import json
import random
import statistics
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402 - models need the settings in place

from lihsite.translating.memory.matches import find  # noqa: E402
from lihsite.translating.memory.units import keep, unit_of  # noqa: E402

WORDS = 20_000
LENGTHS = [2, 3, 5, 8, 12, 18, 25, 40, 80]
"""The words of a segment: titles, captions, sentences, paragraphs."""


class Language:
    """A language of made-up words, of which some are as common as words are in any language."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)  # noqa: S311 - nothing is secret
        letters = "etaoinsrhldcumfpgwybv"
        self.words = sorted(
            {
                "".join(self.random.choices(letters, k=self.random.randint(2, 11)))
                for _ in range(WORDS)
            },
            key=len,
        )
        self.weights = [1 / (place + 3) for place in range(len(self.words))]

    def text(self) -> str:
        length = self.random.choice(LENGTHS)
        return " ".join(self.random.choices(self.words, self.weights, k=length)).capitalize() + "."


def fill(units: int, language: Language) -> list[str]:
    texts = [language.text() for _ in range(units)]
    for start in range(0, units, 5000):
        keep(
            unit_of("en", "fr", text, f"fr {number} {text[:20]}", is_rich=False)
            for number, text in enumerate(texts[start : start + 5000], start)
        )
    return texts


def changed(text: str, language: Language) -> str:
    words = text.split()
    words[len(words) // 2] = language.random.choice(language.words)
    return " ".join(words)


def measured(texts: list[str]) -> dict:
    times, cpu_times, found = [], [], 0
    for text in texts:
        start, cpu = time.perf_counter(), time.process_time()
        found += bool(find(text, "en", "fr", is_rich=False))
        times.append((time.perf_counter() - start) * 1000)
        cpu_times.append((time.process_time() - cpu) * 1000)
    return {
        "median_ms": round(statistics.median(times), 1),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 1),
        "cpu_ms": round(statistics.median(cpu_times), 1),
        "found": found,
        "of": len(texts),
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    language = Language(3)
    with transaction.atomic():
        texts = fill(arguments.units, language)
        some = language.random.sample(texts, arguments.times)
        start = time.perf_counter()
        find("A text that is nowhere.", "en", "fr", is_rich=False)
        first = (time.perf_counter() - start) * 1000
        results = {
            "units": arguments.units,
            "first_ms": round(first),
            "the same": measured(some),
            "nearly": measured([changed(text, language) for text in some]),
            "other": measured([language.text() for _ in some]),
        }
        transaction.set_rollback(True)
    print(json.dumps(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
