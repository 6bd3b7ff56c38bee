"""The matrix: the same rows, log entries, revisions and index from an admin in any language."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import translation

from tests.lihsite.multilingual.matrix import (
    api_operations,
    command_operations,
    language_operations,
    library_operations,
    page_operations,
    relation_operations,
    snippet_operations,
)
from tests.lihsite.multilingual.matrix.operations import OPERATIONS
from tests.lihsite.multilingual.matrix.site import build_site, log_in
from tests.lihsite.multilingual.matrix.stored import restart_sequences, stored_rows

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]

MAY_STORE_NOTHING = set(command_operations.REPAIRS)
"""What mends a tree or an index that is whole already."""

REGISTERED_BY = (
    api_operations,
    command_operations,
    language_operations,
    library_operations,
    page_operations,
    relation_operations,
    snippet_operations,
)


class RollBack(Exception):
    """Ends a run without keeping what it stored."""


def run(operation, site, language, capture):
    rows = None
    try:
        with transaction.atomic():
            restart_sequences()
            cache.clear()
            log_in(site.client, language)
            before = stored_rows()
            with translation.override(language), capture(execute=True):
                operation(site.reloaded())
            rows = stored_rows()
            assert rows != before or operation in MAY_STORE_NOTHING, "nothing was stored"
            raise RollBack
    except RollBack:
        return rows


@pytest.fixture(scope="module")
def shared_site(shared_rows, media_folder):
    return build_site()


@pytest.fixture
def site(shared_site):
    """The small site, with its files: some operations delete them for good."""
    with shared_site.files_kept():
        yield shared_site


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_stores_the_same_in_every_admin_language(
    name, site, django_capture_on_commit_callbacks
):
    log_in(site.client, LANGUAGES[0])
    reference, *others = (
        run(OPERATIONS[name], site, language, django_capture_on_commit_callbacks)
        for language in LANGUAGES
    )
    for rows in others:
        for table, expected in reference.items():
            assert rows[table] == expected, table


@pytest.mark.parametrize("module", REGISTERED_BY, ids=lambda module: module.__name__)
def test_each_module_of_operations_takes_part(module):
    assert any(function.__module__ == module.__name__ for function in OPERATIONS.values())
