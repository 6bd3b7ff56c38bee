"""Units of the translation memory, made of what is published."""

import hashlib

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.machine_marks import machine_translated
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.segments import fingerprint, instance_values, walk_segments
from lihsite.multilingual.translation_memory import TranslationUnit
from lihsite.translating.markup import code

BATCH = 500
KEY = ("source_hash", "target_hash", "source_language", "target_language")


def compared(text: str, *, is_rich: bool) -> str:
    """A text as it is compared with others: its words alone, in small letters."""
    words = code(text, is_rich=True).plain if is_rich else " ".join(text.split())
    return words.casefold()


def text_hash(words: str) -> str:
    return hashlib.sha256(words.encode(errors="replace")).hexdigest()[:32]


def unit_of(source_language, target_language, source, target, *, is_rich, **fields):
    """A unit that is not saved yet, with its hashes."""
    return TranslationUnit(
        source_language=source_language,
        target_language=target_language,
        source=source,
        target=target,
        is_rich=is_rich,
        source_hash=text_hash(compared(source, is_rich=is_rich)),
        target_hash=text_hash(compared(target, is_rich=is_rich)),
        **fields,
    )


def keep(units) -> None:
    """Save units; of a pair that is known already the newer wording of markup is kept."""
    unique = {key_of(unit): unit for unit in units}
    TranslationUnit.objects.bulk_create(
        unique.values(),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=KEY,
        update_fields=["source", "target", "is_rich", "used_at"],
    )


def key_of(unit) -> tuple:
    return tuple(getattr(unit, name) for name in KEY)


def units_of(page) -> list[TranslationUnit]:
    """A unit for each segment that a person translated from the source as it reads now."""
    model, source_language = type(page), source_language_of(page)
    values = instance_values(page, language_codes())
    sources = {segment.name: segment for segment in walk_segments(model, values, source_language)}
    units = []
    for language in language_codes():
        if language == source_language or language not in page.live_languages:
            continue
        recorded = page.translation_sources.get(language, {})
        unconfirmed = machine_translated(page, language)
        for name, target, _trail in walk_segments(model, values, language):
            source = sources.get(name)
            is_human = source and name not in unconfirmed
            if is_human and (recorded.get(name) or "") in {"", fingerprint(source.text)}:
                units.append(
                    unit_of(
                        source_language,
                        language,
                        source.text,
                        target,
                        is_rich=source.is_rich,
                        page_id=page.pk,
                        segment=name[:255],
                    )
                )
    return units


def learn(page) -> None:
    """Take up what has just been published; a corrected translation replaces the earlier one."""
    units = units_of(page)
    if not units:
        return
    earlier = {key_of(unit): unit for unit in TranslationUnit.objects.filter(page_id=page.pk)}
    now = {(unit.segment, unit.target_language, unit.source_hash): unit for unit in units}
    corrected = [
        unit.pk
        for key, unit in earlier.items()
        if (unit.segment, unit.target_language, unit.source_hash) in now
        and key_of(now[unit.segment, unit.target_language, unit.source_hash]) != key
    ]
    if corrected:
        TranslationUnit.objects.filter(pk__in=corrected).delete()
    if new := [unit for unit in units if key_of(unit) not in earlier]:
        keep(new)


def learn_from_publication(sender, instance, **kwargs) -> None:
    """Receives `page_published`."""
    learn(instance)
