"""The languages of the site, and the names of the columns that hold them."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info
from modeltranslation.utils import build_localized_fieldname

DEFAULT_LANGUAGE = settings.LANGUAGE_CODE


def language_codes() -> list[str]:
    """The codes of `settings.LANGUAGES`, in their order."""
    return [code for code, _name in settings.LANGUAGES]


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
    """The language's name, translated into the active language."""
    return str(dict(settings.LANGUAGES)[code])


def language_name_local(code: str) -> str:
    """The language's name in itself ("Français"), as a switcher shows it."""
    name = get_language_info(code)["name_local"]
    return name[:1].upper() + name[1:]
