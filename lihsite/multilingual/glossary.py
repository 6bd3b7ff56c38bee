"""The glossary: what a term is called in each language, and which ones are never translated."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from .languages import column

ENDING = 3
"""The letters by which a word may differ at its end: a plural, a case."""

APOSTROPHE = "['’]"
"""Both are written; what follows one is part of the word: “Parkinson’s disease”."""


class Term(models.Model):
    """A term in each language; the one in the default language names it."""

    term = models.CharField(verbose_name=_("term"), max_length=255, blank=True)
    do_not_translate = models.BooleanField(
        verbose_name=_("do not translate"),
        default=False,
        help_text=_("A name or an abbreviation that is the same in every language."),
    )
    note = models.TextField(
        verbose_name=_("note"),
        blank=True,
        help_text=_("For translators: what it means, or when it is not used."),
    )

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")

    def __str__(self):
        return self.term or str(_("term without a name"))


@dataclass(frozen=True)
class GlossaryTerm:
    """A term as a translator needs it; `translation` is the term itself if it is to stay."""

    term: str
    translation: str
    do_not_translate: bool
    note: str

    @cached_property
    def in_source(self) -> re.Pattern:
        return _pattern(self.term, endings=not self.do_not_translate)

    @cached_property
    def in_target(self) -> re.Pattern:
        return _pattern(self.translation, endings=not self.do_not_translate)

    @cached_property
    def beginning(self) -> str:
        """The letters without which a text cannot hold the term, in lower case."""
        return re.split(APOSTROPHE, _stem(self.term.split()[0]))[0].lower()

    def as_data(self) -> dict:
        return {
            "term": self.term,
            "translation": self.translation,
            "keep": self.do_not_translate,
            "note": self.note,
        }

    def is_in_translation(self, words: str) -> bool:
        return bool(self.in_target.search(words))


def _pattern(term: str, *, endings: bool) -> re.Pattern:
    """Finds the term as whole words, in any inflection by its endings unless it is a name."""
    words = []
    for word in term.split():
        stem = _stem(word) if endings else word
        kept = len(word) - len(stem)
        ending = rf"(?:\w|{APOSTROPHE}\w){{0,{kept + ENDING}}}" if endings else ""
        words.append(re.sub(APOSTROPHE, APOSTROPHE, re.escape(stem)) + ending)
    # A name keeps its capitals: “who” is not “WHO”.
    flags = re.IGNORECASE if endings else 0
    together = r"[\s-]+".join(words)
    return re.compile(rf"(?<!\w){together}(?!\w)", flags)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 2)]


class Glossary:
    """The terms between two languages, read once: for all segments of a page."""

    def __init__(self, source: str, target: str):
        self.terms: list[GlossaryTerm] = []
        for row in Term.objects.all():
            term = getattr(row, column("term", source))
            translation = term if row.do_not_translate else getattr(row, column("term", target))
            if row.do_not_translate and not term:
                term = translation = row.term
            if term.strip():
                found = GlossaryTerm(term, translation.strip(), row.do_not_translate, row.note)
                self.terms.append(found)
        self.terms.sort(key=lambda term: -len(term.term))

    def terms_in(self, words: str) -> list[GlossaryTerm]:
        """The terms in a text without markup, in its order; a longer one hides those within it."""
        return list(dict.fromkeys(term for _start, _end, term in self.places_in(words)))

    def places_in(self, words: str) -> list[tuple[int, int, GlossaryTerm]]:
        """Where each of the terms stands in a text without markup: from, to, and the term."""
        places: list[tuple[int, int, GlossaryTerm]] = []
        lowered = words.lower()
        for term in self.terms:
            if term.beginning not in lowered:
                continue
            for match in term.in_source.finditer(words):
                if all(match.end() <= start or end <= match.start() for start, end, _ in places):
                    places.append((*match.span(), term))
        return sorted(places, key=lambda place: place[0])

    def lacking(self, source_words: str, target_words: str) -> list[GlossaryTerm]:
        """The terms of the source whose translation the other text lacks."""
        return [
            term
            for term in self.terms_in(source_words)
            if term.translation and not term.is_in_translation(target_words)
        ]


def terms_in(words: str, source: str, target: str) -> list[GlossaryTerm]:
    return Glossary(source, target).terms_in(words)
