"""Filters of the admin's listings: by the state of a language, and by what visitors get."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.lihsite.pages.admin import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(home):
    """Pages below the home page, each with other states."""
    outdated = factories.content_page(home, title_en="Outdated", title_fr="Ancien")
    outdated.title_en = "Outdated now"
    outdated.save_revision()
    factories.content_page(home, live_in=("en", "fr"), title_en="No German")
    factories.content_page(home, live_in=("fr",), title_fr="Source française", title_en="English")
    factories.content_page(home, live_in=(), title_en="Draft")


def listed(home, **filters) -> set[str]:
    response = client_of("editor", "en").get(f"/admin/pages/{home.pk}/", filters)
    return {page.get_admin_display_title() for page in response.context_data["object_list"]}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"state": "outdated"}, {"Outdated now"}),
        ({"state_de": "missing"}, {"No German", "English", "Draft"}),
        ({"state_fr": ["missing", "outdated"]}, {"Outdated now", "Draft"}),
        ({"state_fr": "source"}, {"English"}),
        ({"state_fr": "up_to_date", "state_de": "missing"}, {"No German"}),
        ({"live_in": "de"}, {"Outdated now"}),
        ({"live_in": ["de", "fr"], "state_en": "up_to_date"}, {"English"}),
        ({"live_in": "fr", "q": "German"}, {"No German"}),
    ],
)
def test_pages_are_filtered_by_the_states_of_their_languages(home, pages, filters, titles):
    assert listed(home, **filters) == titles


def test_a_state_that_does_not_exist_filters_nothing(home, pages):
    assert len(listed(home, state="lost")) == 4


def test_the_pages_of_a_type_have_the_same_filters(home, pages):
    response = client_of("editor").get(
        "/admin/pages/usage/home/contentpage/", {"state": "outdated"}
    )
    assert [page.draft_title for page in response.context_data["object_list"]] == ["Outdated now"]


def test_a_filtered_list_needs_no_more_queries_for_more_pages(home, admin_client):
    def count():
        with CaptureQueriesContext(connection) as queries:
            response = admin_client.get(
                f"/admin/pages/{home.pk}/", {"state_de": "missing", "live_in": "en"}
            )
        return len(response.context_data["object_list"]), len(queries)

    factories.content_page(home, live_in=("en",))
    count()
    one, queries_of_one = count()
    for _number in range(5):
        factories.content_page(home, live_in=("en",))
    assert count() == (one + 5, queries_of_one)
