"""The full-text index of the database that the tests run on."""

import pytest
from django.db import connection

from tests.lihsite.search.published import content

pytestmark = pytest.mark.django_db

WAITING = {
    "postgresql": "SELECT gin_clean_pending_list('search_text_terms')",
    "sqlite": "SELECT count(*) - (SELECT count(*) FROM search_text) FROM search_index",
}
"""How many pages of the index, or rows, wait to be put in their place."""


def test_what_is_published_stands_in_the_index_at_once():
    """Each search would read through what waits, until somebody cleans up."""
    for _ in range(5):
        content()
    with connection.cursor() as cursor:
        cursor.execute(WAITING[connection.vendor])
        assert cursor.fetchone() == (0,)
