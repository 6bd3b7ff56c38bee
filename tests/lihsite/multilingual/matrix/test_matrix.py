"""The matrix for pages: the same rows, log entries and revisions from an admin in any language."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from tests.lihsite.multilingual.matrix.page_operations import OPERATIONS
from tests.lihsite.multilingual.matrix.site import build_site, log_in
from tests.lihsite.multilingual.matrix.stored import restart_sequences, stored_rows

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class RollBack(Exception):
    """Ends a run without keeping what it stored."""


def run(operation, language, capture):
    rows = None
    try:
        with transaction.atomic():
            restart_sequences()
            cache.clear()
            site = build_site()
            log_in(site.client, language)
            before = stored_rows()
            with translation.override(language), capture(execute=True):
                operation(site)
            rows = stored_rows()
            assert rows != before, "the operation stored nothing"
            raise RollBack
    except RollBack:
        return rows


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_stores_the_same_in_every_admin_language(
    name, django_capture_on_commit_callbacks
):
    reference, *others = (
        run(OPERATIONS[name], language, django_capture_on_commit_callbacks)
        for language in LANGUAGES
    )
    for rows in others:
        for table, expected in reference.items():
            assert rows[table] == expected, table
