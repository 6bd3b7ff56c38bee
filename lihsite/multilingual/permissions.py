"""Who may write what: the shared fields, or the texts of a language.

Wagtail's page permissions say who may open a page's form and publish it. Within a page a person
writes what these permissions name: `lihsite.change_shared_fields` covers the whole page, in every
language (editors); `lihsite.translate_<code>` covers the texts of one language (translators).
`lihsite.review_<code>` is for those who read the texts of a language and put them live.
"""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .contents import as_stored, without_key
from .languages import language_codes
from .registration import translated_columns, translated_fields

CHANGE_SHARED_FIELDS = "change_shared_fields"


def translate_codename(language: str) -> str:
    return f"translate_{language.replace('-', '_')}"


def review_codename(language: str) -> str:
    return f"review_{language.replace('-', '_')}"


def language_permissions() -> list[tuple[str, str]]:
    """The `Meta.permissions` of a model that carries them: two for each of `settings.LANGUAGES`."""
    return [
        (CHANGE_SHARED_FIELDS, "Can change shared fields and every language"),
        *(
            (translate_codename(code), f"Can change texts in {name}")
            for code, name in settings.LANGUAGES
        ),
        *(
            (review_codename(code), f"Can review and publish texts in {name}")
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


def own_languages(user) -> list[str]:
    """The languages of a translator; none for those who write all of them, or none."""
    return [] if may_change_shared_fields(user) else writable_languages(user)


def may_publish_all(user, page) -> bool:
    """Whether the user may put the shared fields of the page live, and so its first version."""
    return page.permissions_for_user(user).can_publish() and may_change_shared_fields(user)


def may_publish(user, page, language: str) -> bool:
    """Whether the user may put the page's texts in the language live, or take them off."""
    if may_publish_all(user, page):
        return True
    is_reviewer = user.has_perm(f"lihsite.{review_codename(language)}")
    return is_reviewer and page.permissions_for_user(user).can_edit()


FOLLOWING_FIELDS = frozenset(
    {
        "draft_title",
        "url_path",
        "translation_sources",
        "machine_translations",
        "wagtail_admin_comments",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "path",
        "depth",
        "numchild",
    }
)
"""What a draft holds besides content: it follows from texts, from the tree, or from publishing."""


def check_changes(user, page, before: dict) -> None:
    """Raise PermissionDenied if the draft changes what the user may not write.

    `before` is the content of the draft that it replaces; without a user (a command, a task)
    there is nothing to check. Forms leave such fields out; this holds for every
    other way to a revision too.
    """
    if user is None or may_change_shared_fields(user):
        return
    before, after = as_stored(before), as_stored(page.serializable_data())
    allowed = set(writable_languages(user))
    language_of = translated_columns(type(page))
    for key, value in after.items():
        name, language = language_of.get(key, (key, None))
        if name in FOLLOWING_FIELDS or (language is None and name in translated_fields(type(page))):
            continue
        may_write = language in allowed and name != "live_in"
        if _without_keys(value) != _without_keys(before.get(key, value)) and not may_write:
            raise PermissionDenied(
                _("You may not change “%(field)s” of this page.") % {"field": key}
            )


def _without_keys(value):
    """A value, which may be the rows of a relation, without their primary keys."""
    return [without_key(row) for row in value] if isinstance(value, list) else value
