"""Who may write what: the shared fields, or the texts of a language.

Wagtail's page permissions say who may open a page's form and publish it. Within a page a person
writes what these permissions name: `lihsite.change_shared_fields` covers the whole page, in every
language (editors); `lihsite.translate_<code>` covers the texts of one language (translators).
"""

from django.conf import settings

from .languages import language_codes

CHANGE_SHARED_FIELDS = "change_shared_fields"


def translate_codename(language: str) -> str:
    return f"translate_{language.replace('-', '_')}"


def language_permissions() -> list[tuple[str, str]]:
    """The `Meta.permissions` of a model that carries them: one for each of `settings.LANGUAGES`."""
    return [
        (CHANGE_SHARED_FIELDS, "Can change shared fields and every language"),
        *(
            (translate_codename(code), f"Can change texts in {name}")
            for code, name in settings.LANGUAGES
        ),
    ]


def may_change_shared_fields(user) -> bool:
    return user.has_perm(f"lihsite.{CHANGE_SHARED_FIELDS}")


def writable_languages(user) -> list[str]:
    """The codes of the languages whose texts the user may change, in settings' order."""
    if may_change_shared_fields(user):
        return language_codes()
    return [
        code for code in language_codes() if user.has_perm(f"lihsite.{translate_codename(code)}")
    ]
