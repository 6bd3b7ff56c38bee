"""One object in one language: what a visitor gets to read, decided for the whole object at once."""

from functools import cache

from django.db import models

from .languages import active_language, column, language_codes
from .registration import source_language_of, translated_fields


class Shown:
    """An object seen in one language: its translated fields are plain attributes in it.

    `language` is the code that the text is in, `lang` the same where it differs from the active
    language and "" otherwise, for a `lang` attribute. All other attributes are the object's own.
    """

    __slots__ = ("_fields", "instance", "lang", "language")

    def __init__(self, instance: models.Model, language: str):
        self.instance = instance
        self.language = language
        self.lang = "" if language == active_language() else language
        self._fields = _field_names(type(instance))

    def __getattr__(self, name):
        if name in self._fields:
            name = column(name, self.language)
        return getattr(self.instance, name)

    def __str__(self):
        return str(self.instance)

    @property
    def is_fallback(self) -> bool:
        return bool(self.lang)


@cache
def _field_names(model: type[models.Model]) -> frozenset[str]:
    return frozenset(translated_fields(model))


def first_language(candidates, wanted: str, source: str) -> str | None:
    """The language to show: the one wanted, else the source, else the first in settings' order.

    Returns None if there is no candidate.
    """
    for language in (wanted, source, *language_codes()):
        if language in candidates:
            return language
    return None


def shown_text(instance: models.Model, field_name: str) -> Shown:
    """An image, document, person or setting in the language that has the named field filled.

    Such objects are not published by language: whether one is there at all decides.
    """
    filled = {code for code in language_codes() if getattr(instance, column(field_name, code))}
    source = source_language_of(instance)
    return Shown(instance, first_language(filled, active_language(), source) or source)
