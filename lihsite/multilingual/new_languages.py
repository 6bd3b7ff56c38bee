"""Fills the columns of a language that has just been added, after each migration."""

from django.apps import apps as installed_apps
from django.db import connections, models, transaction
from django.db.models import F

from . import addresses
from .languages import DEFAULT_LANGUAGE, column, language_codes

BATCH = 500


def complete_languages(sender, using="default", **kwargs):
    """Give every page a slug and an address in every language.

    Also serves the pages that Wagtail's own migrations create, which fill base columns only. A
    slug is a copy of the source's, so that no address clashes that did not clash before.
    """
    page_model = installed_apps.get_model("lihsite", "BasePage")
    if page_model._meta.db_table not in connections[using].introspection.table_names():
        return
    pages = page_model.objects.using(using)
    with transaction.atomic(using=using):
        for name in ("title", "draft_title"):
            localized = column(name, DEFAULT_LANGUAGE)
            pages.filter(source_language=DEFAULT_LANGUAGE, **{localized: ""}).update(
                **{localized: F(name)}
            )
        changed = 0
        for language in language_codes():
            slug = column("slug", language)
            changed += pages.filter(**{slug: ""}).update(**{slug: F("slug")})
        lacking_path = models.Q()
        for language in language_codes():
            lacking_path |= models.Q(**{column("url_path", language): ""})
        if changed or pages.filter(lacking_path).exists():
            rebuild_url_paths(pages)


def rebuild_url_paths(pages) -> None:
    """Set the URL paths of all pages from their slugs, parents first."""
    names = [column("url_path", language) for language in language_codes()]
    by_path, batch = {}, []
    for page in pages.order_by("path").iterator(chunk_size=BATCH):
        parent = by_path.get(page.path[: -page.steplen])
        addresses.set_url_paths(page, parent)
        by_path[page.path] = page
        batch.append(page)
        if len(batch) == BATCH:
            pages.bulk_update(batch, ["url_path", *names])
            batch = []
    if batch:
        pages.bulk_update(batch, ["url_path", *names])
