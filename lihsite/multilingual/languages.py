"""The languages of the site, and the names of the columns that hold them."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from modeltranslation.utils import build_localized_fieldname

DEFAULT_LANGUAGE = settings.LANGUAGE_CODE


def language_codes() -> list[str]:
    """The codes of `settings.LANGUAGES`, in their order."""
    return [code for code, _name in settings.LANGUAGES]


@cache
def column(field_name: str, language: str) -> str:
    """The name of the column that holds a translated field in a language."""
    return build_localized_fieldname(field_name, language)


def active_language() -> str:
    """The language in force now, always one of `settings.LANGUAGES`.

    A variant (`fr-LU`) counts as its language; anything else as the default language.
    """
    codes = language_codes()
    code = get_language() or DEFAULT_LANGUAGE
    if code not in codes:
        code = code.split("-")[0]
    return code if code in codes else DEFAULT_LANGUAGE


def language_name(code: str) -> str:
    """The language's name, translated into the active language.

    A language that the settings no longer have, but a row still does, is named by its code.
    """
    return str(dict(settings.LANGUAGES).get(code, code))


def language_name_local(code: str) -> str:
    """The language's name in itself ("Français"), as a switcher shows it."""
    name = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]


_address_language: ContextVar[str | None] = ContextVar("address_language", default=None)
_SHOWN = "*"


@contextmanager
def addresses_in(language: str):
    """Let page addresses lead to the language, whatever language is active for text.

    A page in fallback renders its body in its own language; its links keep the visitor in theirs.
    """
    token = _address_language.set(language)
    try:
        yield
    finally:
        _address_language.reset(token)


def addresses_of_shown():
    """Let the address of each page lead to the language in which its reader is shown the page.

    Visitors keep the language of the address that they came to. From the admin one goes to what
    is live: in the reader's language, else in the one that stands in for it.
    """
    return addresses_in(_SHOWN)


def address_language() -> str | None:
    """The language that page addresses lead to: set by `addresses_in`, else the active one.

    None within `addresses_of_shown`: each page has its own.
    """
    language = _address_language.get() or active_language()
    return None if language == _SHOWN else language
