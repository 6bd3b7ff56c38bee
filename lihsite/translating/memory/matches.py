"""Finds texts like a given one among the units of the memory.

Exact matches are a look-up. For the others each process keeps the words of all units of two
languages: a text that shares enough words with the one in hand must share one of its rarer words,
so that only the few units that have these are compared letter by letter.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Max, Q
from rapidfuzz import fuzz, process

from lihsite.multilingual.segments import fingerprint
from lihsite.multilingual.translation_memory import TranslationUnit
from lihsite.translating.markup import code, put_together
from lihsite.translating.memory.units import compared, text_hash

LIKENESS = 60
"""The percentage below which a match is of no help."""
SHARED_WORDS = 0.4
"""The part of the words that a match must share."""
LOOKED_AT = 20_000
"""How often units are looked at; the most common words say little about likeness."""
RECENT = 1_000
"""So many keys below the newest may still be missing: of transactions that began before its own."""
CANDIDATES = 500
MATCHES = 5
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Match:
    """A text of the memory like the one in hand, in percent; `target` is ready to be used."""

    source: str
    target: str
    percent: int
    used_at: datetime


def find(text: str, source_language: str, target_language: str, *, is_rich: bool) -> list[Match]:
    """The best matches, exact ones first and the latest of them first of all."""
    words = compared(text, is_rich=is_rich)
    if not words or source_language == target_language:
        return []
    matches: dict[str, Match] = {}
    for unit in exact_units(words, source_language, target_language):
        match = match_of(unit, text, 100, source_language, is_rich=is_rich)
        matches.setdefault(match.target, match)
    if len(matches) < MATCHES:
        index = index_of(source_language, target_language)
        likeness = index.find(words)
        for unit in TranslationUnit.objects.filter(pk__in=likeness):
            match = match_of(unit, text, likeness[unit.pk], source_language, is_rich=is_rich)
            if match.target not in matches or matches[match.target].percent < match.percent:
                matches[match.target] = match
    ordered = sorted(matches.values(), key=lambda match: (match.percent, match.used_at))
    return ordered[::-1][:MATCHES]


def both_ways(source_language: str, target_language: str) -> Q:
    return Q(source_language=source_language, target_language=target_language) | Q(
        source_language=target_language, target_language=source_language
    )


def exact_units(words: str, source_language: str, target_language: str):
    digest = text_hash(words)
    return TranslationUnit.objects.filter(
        Q(source_hash=digest, source_language=source_language, target_language=target_language)
        | Q(target_hash=digest, source_language=target_language, target_language=source_language)
    ).order_by("-used_at")[:MATCHES]


def match_of(unit, text: str, percent: int, source_language: str, *, is_rich: bool) -> Match:
    """The unit in the direction that is asked for, as a text of the wanted kind."""
    source, target = unit.source, unit.target
    if unit.source_language != source_language:
        source, target = target, source
    if percent == 100 and fingerprint(source) != fingerprint(text):
        percent = 99
    return Match(source, fitted(source, target, text, unit.is_rich, is_rich), percent, unit.used_at)


def fitted(source: str, target: str, text: str, unit_is_rich: bool, is_rich: bool) -> str:
    """The translation as rich or plain text, with the links of the text in hand if it can be."""
    translation = code(target, is_rich=unit_is_rich)
    if not is_rich:
        return translation.plain if unit_is_rich else target
    if not unit_is_rich:
        return f"<p>{put_together(translation.pieces, translation.tags, is_rich=True)}</p>"
    coded_source, in_hand = code(source, is_rich=True), code(text, is_rich=True)
    if coded_source.pieces != in_hand.pieces:
        return target
    translation = translation.numbered_like(coded_source)
    tags = {
        number: in_hand.tags[number]
        if number in in_hand.tags and in_hand.tags[number].is_like(tag)
        else tag
        for number, tag in translation.tags.items()
    }
    return put_together(translation.pieces, tags, is_rich=True)


class Index:
    """The words of all units between two languages, by unit."""

    def __init__(self, source_language: str, target_language: str):
        self.languages = source_language, target_language
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.texts: dict[int, str] = {}
        self.having: dict[str, list[int]] = {}
        self.newest = 0

    def refresh(self) -> None:
        """Take up what is new; what was deleted since is not found when its row is fetched."""
        newest = TranslationUnit.objects.aggregate(newest=Max("pk"))["newest"] or 0
        with self.lock:
            if newest < self.newest:
                self.forget()
            recent = TranslationUnit.objects.filter(pk__gt=self.newest - RECENT)
            self._add(recent.filter(both_ways(*self.languages)))
            self.newest = newest

    def _add(self, rows) -> None:
        if self.texts.keys() >= set(rows.values_list("pk", flat=True)):
            return
        source_language, _target = self.languages
        fields = ("pk", "source_language", "source", "target", "is_rich")
        for pk, language, source, target, is_rich in rows.values_list(*fields).iterator(5000):
            if pk in self.texts:
                continue
            words = compared(source if language == source_language else target, is_rich=is_rich)
            self.texts[pk] = words
            for word in set(WORD.findall(words)):
                self.having.setdefault(word, []).append(pk)

    def find(self, words: str) -> dict[int, int]:
        """The units whose texts are most like the words, with the percentage."""
        self.refresh()
        distinct = set(WORD.findall(words))
        rarest_first = sorted(distinct, key=lambda word: len(self.having.get(word, ())))
        needed = max(1, int(len(distinct) * SHARED_WORDS))
        shared = Counter()
        looked_at = 0
        for word in rarest_first[: len(distinct) - needed + 1]:
            having = self.having.get(word, ())
            looked_at += len(having)
            if shared and looked_at > LOOKED_AT:
                break
            shared.update(having)
        candidates = {pk: self.texts[pk] for pk, _count in shared.most_common(CANDIDATES)}
        found = process.extract(
            words, candidates, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=MATCHES * 2
        )
        return {pk: min(int(score), 99) if score < 100 else 100 for _text, score, pk in found}


_indexes: dict[tuple[str, str], Index] = {}


def index_of(source_language: str, target_language: str) -> Index:
    key = source_language, target_language
    return _indexes.setdefault(key, Index(*key))
