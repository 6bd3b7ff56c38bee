"""The state of each translation, derived from its segments and what they were translated from."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from .languages import column, language_codes
from .machine_marks import confirm_machine_translated, machine_translated_among
from .registration import source_language_of
from .segments import count_words, fingerprint, has_text, instance_values, segments_of
from .source_texts import remember
from .structure import block_names


class State(models.TextChoices):
    """The words of the model; `SOURCE` stands for the language that the others translate."""

    SOURCE = "source", _("source")
    MISSING = "missing", _("missing")
    IN_PROGRESS = "in_progress", _("in progress")
    OUTDATED = "outdated", _("outdated")
    UP_TO_DATE = "up_to_date", _("up to date")


@dataclass(frozen=True)
class Progress:
    """What is done and to do in one language; words are counted in the source.

    `by_machine` are the segments that hold a machine's words, which no person has confirmed yet.
    """

    state: State
    segments: int
    translated: int
    outdated: int
    words_to_do: int
    words: int
    by_machine: int = 0

    @property
    def label(self):
        return self.state.label


def progress_of(page, language: str) -> Progress:
    """The progress of a language on the object as it is in memory: a draft, or what is live."""
    source = source_language_of(page)
    values = instance_values(page, {source, language})
    source_segments = segments_of(type(page), values, source)
    total = len(source_segments)
    all_words = sum(map(count_words, source_segments.values()))
    if language == source:
        return Progress(State.SOURCE, total, total, 0, 0, all_words)
    target_segments = segments_of(type(page), values, language)
    untranslated, outdated = _to_do(page, language, source_segments, target_segments)
    translated = total - len(untranslated)
    return Progress(
        _state(bool(target_segments), translated, len(outdated), total),
        total,
        translated,
        len(outdated),
        sum(map(count_words, [*untranslated.values(), *outdated.values()])),
        all_words,
        len(machine_translated_among(page, language, target_segments)),
    )


def progress_on_published(draft, published, language: str) -> Progress:
    """The progress of a language of the draft, compared with the source that visitors get.

    What translates the draft's own, newer source is not behind the published one; what the draft
    has no more is not to be translated.
    """
    source = source_language_of(published)
    model = type(published)
    texts = segments_of(model, instance_values(published, [source]), source)
    words = sum(map(count_words, texts.values()))
    if language == source:
        return Progress(State.SOURCE, len(texts), len(texts), 0, 0, words)
    values = instance_values(draft, {source, language})
    drafted, translations = (segments_of(model, values, code) for code in (source, language))
    recorded = draft.translation_sources.get(language, {})
    untranslated, outdated = [], []
    for name in texts.keys() & drafted.keys():
        if name not in translations:
            untranslated.append(texts[name])
        elif recorded.get(name) and recorded[name] not in {
            fingerprint(texts[name]),
            fingerprint(drafted[name]),
        }:
            outdated.append(texts[name])
    translated = len(texts) - len(untranslated)
    return Progress(
        _state(bool(translations), translated, len(outdated), len(texts)),
        len(texts),
        translated,
        len(outdated),
        sum(map(count_words, [*untranslated, *outdated])),
        words,
    )


def segments_to_do(page, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The source texts, by segment, that are untranslated in the language, and those outdated."""
    source = source_language_of(page)
    if language == source:
        return {}, {}
    values = instance_values(page, {source, language})
    texts = [segments_of(type(page), values, code) for code in (source, language)]
    return _to_do(page, language, *texts)


def _to_do(page, language, source_segments, target_segments):
    recorded = page.translation_sources.get(language, {})
    untranslated, outdated = {}, {}
    for name, text in source_segments.items():
        if name not in target_segments:
            untranslated[name] = text
        elif (recorded.get(name) or fingerprint(text)) != fingerprint(text):
            outdated[name] = text
    return untranslated, outdated


def _state(started: bool, translated: int, outdated: int, total: int) -> State:
    if not started:
        return State.MISSING
    if outdated:
        return State.OUTDATED
    if translated < total:
        return State.IN_PROGRESS
    return State.UP_TO_DATE


def record_sources(page, before: dict | None) -> None:
    """Note in `translation_sources` which source text each segment now translates.

    `before` holds the column values of the draft that was there, as a revision's content does. A
    segment whose text changed translates the source of now, or the one that `seen_sources` of the
    page says its translator has seen (language and name to fingerprint); the others keep what they
    had. Texts that translations still refer to are kept as `SourceText` once they change.

    Noted as well is what the source no longer has, and the blocks without any text: thereby a
    block that was removed from the source is known from one that is the translation's own.
    """
    model, source = type(page), source_language_of(page)
    values = instance_values(page, language_codes())
    source_segments = segments_of(model, values, source)
    source_blocks = set(block_names(model, values, source))
    earlier_source = segments_of(model, before, source) if before else source_segments
    sources = {}
    for language in language_codes():
        if language == source:
            continue
        earlier = segments_of(model, before, language) if before else {}
        recorded = page.translation_sources.get(language, {})
        seen = getattr(page, "seen_sources", {}).get(language, {})
        noted = {}
        for name, text in segments_of(model, values, language).items():
            if name not in source_segments:
                if recorded.get(name):
                    noted[name] = recorded[name]
            elif text != earlier.get(name):
                noted[name] = seen.get(name) or fingerprint(source_segments[name])
            else:
                noted[name] = recorded.get(name) or fingerprint(
                    earlier_source.get(name, source_segments[name])
                )
        noted.update(_blocks_without_texts(model, values, language, source_blocks, noted, recorded))
        sources[language] = noted
    page.translation_sources = sources
    _remember_changed(earlier_source, source_segments, sources)


def _blocks_without_texts(model, values, language, source_blocks, noted, recorded) -> dict:
    """The blocks from the source of which no segment is noted, by name, with nothing to say."""
    known = {name.rsplit(".", depth)[0] for name in noted for depth in range(name.count(".") + 1)}
    return {
        name: ""
        for name in block_names(model, values, language)
        if name not in known and (name in source_blocks or name in recorded)
    }


def _remember_changed(earlier_source, source_segments, sources) -> None:
    referred_to = {noted for recorded in sources.values() for noted in recorded.values()}
    remember(
        text
        for name, text in earlier_source.items()
        if source_segments.get(name) != text and fingerprint(text) in referred_to
    )


def confirm_segments(page, language: str, names) -> None:
    """Take the named segments of a translation for right as the source now reads, or was seen.

    The page is not saved; `seen_sources` counts as for `record_sources`.
    """
    model, source = type(page), source_language_of(page)
    values = instance_values(page, {source, language})
    source_segments = segments_of(model, values, source)
    translated = segments_of(model, values, language)
    seen = getattr(page, "seen_sources", {}).get(language, {})
    confirmed = {
        name: seen.get(name) or fingerprint(source_segments[name])
        for name in names
        if name in source_segments and name in translated
    }
    confirm_machine_translated(page, language, confirmed)
    recorded = {**page.translation_sources.get(language, {}), **confirmed}
    page.translation_sources = {**page.translation_sources, language: recorded}


def missing_fields(page, names, language: str) -> list[str]:
    """Those of the named translated fields that are empty in the language, or white space."""
    values = {name: getattr(page, column(name, language)) for name in names}
    return [
        name
        for name, value in values.items()
        if not (has_text(value) if isinstance(value, str) else value)
    ]
