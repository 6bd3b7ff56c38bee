"""Which segments hold a machine's words that no person has confirmed yet.

A mark is the fingerprint of the machine's text: once somebody edits it, the mark says nothing more.
"""

from .segments import fingerprint, instance_values, segments_of


def mark_machine_translated(page, language: str, texts: dict[str, str]) -> None:
    """Mark the texts, by the names of their segments; the page is not saved."""
    marks = {name: fingerprint(text) for name, text in texts.items()}
    _set_marks(page, language, {**_marks(page, language), **marks})


def machine_translated(page, language: str) -> set[str]:
    """The names of the segments that are as a machine wrote them, unconfirmed."""
    if not _marks(page, language):
        return set()
    texts = segments_of(type(page), instance_values(page, [language]), language)
    return machine_translated_among(page, language, texts)


def machine_translated_among(page, language: str, texts: dict[str, str]) -> set[str]:
    """As `machine_translated`, where the page's texts in the language are at hand, by name."""
    return still_marked(_marks(page, language), texts)


def still_marked(marks: dict[str, str], texts: dict[str, str]) -> set[str]:
    """Those of the texts, by name, that nobody has changed since they were marked."""
    return {name for name, text in texts.items() if marks.get(name) == fingerprint(text)}


def confirm_machine_translated(page, language: str, names) -> None:
    """Take the segments for a person's; the page is not saved."""
    confirmed = set(names)
    left = {name: mark for name, mark in _marks(page, language).items() if name not in confirmed}
    _set_marks(page, language, left)


def _marks(page, language: str) -> dict[str, str]:
    return getattr(page, "machine_translations", {}).get(language, {})


def _set_marks(page, language: str, marks: dict[str, str]) -> None:
    if marks or language in getattr(page, "machine_translations", {}):
        page.machine_translations = {**page.machine_translations, language: marks}
