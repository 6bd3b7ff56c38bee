"""Slugs and URL paths of a page in every language, kept whole through changes."""

import re
import unicodedata

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.dispatch import Signal
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation
from django.utils.text import slugify

from .languages import column, language_codes

HOME_DEPTH = 2
"""The depth in the tree of a site's home page, whose `x-default` address is `/`."""

SERVE = "wagtail_serve"
"""The name of the address of all pages."""

addresses_changed = Signal()
"""Sent within the transaction of a save; `moves` maps languages to (old, new) URL paths."""


def set_url_paths(page, parent) -> None:
    """Set the page's URL path in each language from its slugs and its parent's paths.

    The paths of the tree's root and of site roots are the same in all languages: Wagtail caches
    a site's root path once, and their slugs are in no URL.
    """
    for language in language_codes():
        if parent is None:
            path = "/"
        elif parent.depth == 1:
            path = f"{column_value(parent, 'url_path', language)}{page.slug}/"
        else:
            slug = getattr(page, column("slug", language)) or page.slug
            path = f"{column_value(parent, 'url_path', language)}{slug}/"
        setattr(page, column("url_path", language), path)


def column_value(page, field_name: str, language: str) -> str:
    """A translated field in one language, or in the source language where that column is empty."""
    return getattr(page, column(field_name, language)) or getattr(page, field_name)


def slug_is_available(slug: str, language: str, parent, page=None) -> bool:
    """Whether a child of `parent` can have the slug in the language.

    No other child than `page` may have it, and nothing else than pages may answer at the address:
    neither a view nor the parent itself with its feeds and calendars (`ResourcesMixin`).
    """
    if parent is None:
        return True
    if slug in getattr(parent.specific_class, "resources", ()):
        return False
    siblings = parent.get_children()
    if page and page.pk:
        siblings = siblings.exclude(pk=page.pk)
    is_taken = siblings.filter(**{column("slug", language): slug}).exists()
    return not is_taken and not is_address_of_view(slug, language, parent)


def is_address_of_view(slug: str, language: str, parent) -> bool:
    """Whether a view of ours, such as the search page, stands where the child would be found.

    Visitors would never get to the page. All views stand right below the home page.
    """
    if parent.depth != HOME_DEPTH:
        return False
    with translation.override(language):
        try:
            found = resolve(reverse(SERVE, args=(f"{slug}/",)))
        except (NoReverseMatch, Resolver404):
            return False
    return found.url_name != SERVE


def unique_slug(base: str, language: str, parent, page) -> str:
    """`base`, or `base-2`, `base-3`, …: the first that no sibling has in the language."""
    candidate, suffix = base, 1
    while not slug_is_available(candidate, language, parent, page):
        suffix += 1
        candidate = f"{base}-{suffix}"
    return candidate


def slug_from_title(title: str, language: str) -> str:
    """The slug that a title in the language asks for; empty if it has no letter or digit."""
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    if not allow_unicode:
        # A letter can be typed as two signs, the second a mark.
        title = unicodedata.normalize("NFC", title).lower()
        title = title.translate(str.maketrans(settings.SLUG_SPELLINGS.get(language, {})))
    return slugify(title, allow_unicode=allow_unicode)[:240]


def fill_slugs(page, parent) -> None:
    """Give each language without a slug one: from its own title, else a copy of the source's.

    The page must have its source slug already.
    """
    for language in language_codes():
        name = column("slug", language)
        if not getattr(page, name):
            title = getattr(page, column("title", language))
            base = slug_from_title(title, language) or page.slug
            setattr(page, name, unique_slug(base, language, parent, page))


def separate_slugs(page, parent, languages) -> None:
    """Number the slugs that a sibling has already in the languages."""
    for language in languages:
        slug = getattr(page, column("slug", language))
        if slug:
            setattr(page, column("slug", language), unique_slug(slug, language, parent, page))


def translations_of(page) -> list[str]:
    """The languages of the page besides its source language."""
    return [language for language in language_codes() if language != page.source_language]


def has_new_parent(page, before: dict, parent) -> bool:
    """Whether the page was moved below `parent`; `before` is what `stored_addresses` gave."""
    language = page.source_language
    slug, path = (before[column(name, language)] for name in ("slug", "url_path"))
    return parent is not None and path != f"{column_value(parent, 'url_path', language)}{slug}/"


def follow_new_titles(page, before: dict, parent) -> None:
    """Let the slugs of translations follow their titles, unless they were written by hand.

    `before` maps column names to the values that the draft had. The copied slug of a language is
    replaced once its title is translated. Drafts are saved while a title is still being typed, so
    a slug follows its title until the language is live. Without a title it follows the source's
    slug until the page is first published.
    """
    for language in language_codes():
        title, slug = column("title", language), column("slug", language)
        own_slug = getattr(page, slug)
        # A draft that is older than the language has no slug in it: the copy is in the row.
        old_slug = before.get(slug, own_slug if is_numbered(own_slug, page.slug) else "")
        if language == page.source_language or not old_slug or own_slug != old_slug:
            continue
        old_title, new_title = before.get(title), getattr(page, title)
        if new_title:
            wanted = slug_from_title(new_title, language)
            follows = not old_title or (
                new_title != old_title
                and is_numbered(old_slug, slug_from_title(old_title, language))
                and not is_live_in(page, language)
            )
        else:
            wanted = page.slug
            source_slug = before.get(column("slug", page.source_language)) or ""
            follows = not page.first_published_at and is_numbered(old_slug, source_slug)
        if follows and wanted and wanted != old_slug:
            setattr(page, slug, unique_slug(wanted, language, parent, page))


def is_numbered(slug: str, base: str) -> bool:
    """Whether `unique_slug` can have made the slug from `base`."""
    return bool(base and re.fullmatch(rf"{re.escape(base)}(?:-\d+)?", slug))


def is_live_in(page, language: str) -> bool:
    """Whether visitors get the page in the language now, whatever its draft says."""
    live = page.base_page_model.objects.filter(pk=page.pk, live=True)
    return live.filter(**{column("live_in", language): True}).exists()


def stored_addresses(page) -> dict:
    """The titles, slugs and URL paths of the page's row as it is in the database, by column."""
    names = [
        column(field, language)
        for field in ("title", "slug", "url_path")
        for language in language_codes()
    ]
    return page.base_page_model.objects.filter(pk=page.pk).values(*names).get()


def move_with_descendants(page, before: dict) -> None:
    """Carry the descendants along in each language in which the saved page's address changed.

    `before` is what `stored_addresses` gave before the page was saved. Sends `addresses_changed`
    with `moves`, the old and new URL paths by language, if there are any.
    """
    moves = {}
    for language in language_codes():
        name = column("url_path", language)
        old, new = before[name], getattr(page, name)
        if old != new:
            moves[language] = (old, new)
            if old:
                move_descendants(page, language, old, new)
    if moves:
        addresses_changed.send(sender=type(page), page=page, moves=moves)


def move_descendants(page, language: str, old_path: str, new_path: str) -> None:
    """Rewrite the beginning of the descendants' URL paths in one language."""
    name = column("url_path", language)
    rewritten = Concat(Value(new_path), Substr(name, len(old_path) + 1))
    descendants = page.base_page_model.objects.filter(
        path__startswith=page.path, **{f"{name}__startswith": old_path}
    ).exclude(pk=page.pk)
    # The base column follows for the descendants whose source language this is.
    descendants.filter(source_language=language).update(url_path=rewritten)
    descendants.update(**{name: rewritten})
