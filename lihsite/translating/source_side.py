"""The left of the translate view: the segments of the source, and what changed in them."""

from functools import cache

from lihsite.multilingual.changes import difference_html, text_html
from lihsite.multilingual.glossary import Glossary
from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.machine_marks import machine_translated
from lihsite.multilingual.segments import (
    count_words,
    fingerprint,
    instance_values,
    segments_of,
    walk_segments,
)
from lihsite.multilingual.source_texts import remember, remembered
from lihsite.multilingual.states import segments_to_do
from lihsite.multilingual.structure import block_names
from lihsite.translating.glossary.checks import words_of
from lihsite.translating.glossary.marking import with_terms_marked


class SourceSide:
    """The segments of a page's draft to translate into a language, read in another one.

    What there is to do follows from the source language, whatever language it is read in; a text
    that the language to read has not is shown in the source language.
    """

    def __init__(self, page, language: str, reading: str):
        self.page = page
        self.language = language
        self.reading = reading
        self.source = page.source_language
        self.model = type(page)
        self.values = instance_values(page, {self.source, reading})

    def keep_texts(self) -> None:
        """Store what the translator gets to see, so that later changes to it can be shown."""
        remember(segments_of(self.model, self.values, self.source).values())

    def fingerprints(self) -> dict[str, str]:
        texts = segments_of(self.model, self.values, self.source)
        return {name: fingerprint(text) for name, text in texts.items()}

    def segments(self, except_for: dict[str, str] | None = None) -> list[dict]:
        """The segments as the view's script takes them, less those of the given fingerprints."""
        known = except_for or {}
        _untranslated, outdated = segments_to_do(self.page, self.language)
        recorded = self.page.translation_sources.get(self.language, {})
        earlier = remembered(recorded[name] for name in outdated)
        by_machine = machine_translated(self.page, self.language)
        read = segments_of(self.model, self.values, self.reading)
        glossary_from = cache(lambda language: Glossary(language, self.language))
        rows = []
        for segment in walk_segments(self.model, self.values, self.source):
            current = fingerprint(segment.text)
            if known.get(segment.name) == current:
                continue
            shown = segment._replace(text=read.get(segment.name, segment.text))
            language = self.reading if segment.name in read else self.source
            glossary = glossary_from(language)
            html = text_html(shown.text, is_rich_text=segment.is_rich)
            rows.append(
                {
                    "name": segment.name,
                    "label": segment.label,
                    "html": with_terms_marked(html, glossary),
                    "terms": [term.as_data() for term in glossary.terms_in(words_of(shown))],
                    "lang": language,
                    "isRich": segment.is_rich,
                    "words": count_words(segment.text),
                    "fingerprint": current,
                    "isOutdated": segment.name in outdated,
                    "isByMachine": segment.name in by_machine,
                    "changes": with_terms_marked(
                        _changes(segment, earlier.get(recorded.get(segment.name))),
                        glossary_from(self.source),
                    )
                    if segment.name in outdated
                    else "",
                }
            )
        return rows

    def as_data(self) -> dict:
        return {
            "language": self.language,
            "segments": self.segments(),
            "blocks": block_names(self.model, self.values, self.source),
        }


def _changes(segment, before: str | None) -> str:
    if before is None:
        return ""
    return difference_html(before, segment.text, is_rich_text=segment.is_rich)


def readable_languages(page, language: str) -> list[str]:
    """The languages besides the given one that have a title, the source language first."""
    others = [code for code in language_codes() if code != language]
    filled = [
        code for code in others if segments_of(type(page), instance_values(page, [code]), code)
    ]
    return sorted(filled, key=lambda code: code != page.source_language)
