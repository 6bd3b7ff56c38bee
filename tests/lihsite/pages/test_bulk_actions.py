"""What is done to many pages at once: to all that a listing shows, and to no other."""

import pytest
from wagtail.users.models import UserProfile

from home.models import ContentPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """A section with a page below it that has no German yet, and pages that have all languages."""
    section = factories.content_page(title_en="Section")
    factories.content_page(section, live_in=("en",), title_en="Below")
    factories.content_page(section.get_parent(), title_en="Complete")
    factories.content_page(section.get_parent(), live_in=("en",), title_en="Elsewhere")
    return section


def chosen(client, action, parent, **query) -> set[str]:
    """The titles of the pages that the action asks about, for all in a listing."""
    query = {"next": "/admin/", "id": "all", "childOf": parent.pk, **query}
    response = client.get(f"/admin/bulk/lihsite/basepage/{action}/", query)
    return {item["item"].title for item in response.context_data["items"]}


@pytest.mark.parametrize("action", ["delete", "move", "unpublish"])
def test_all_in_a_filtered_listing_are_those_that_it_shows(admin_client, pages, action):
    home = pages.get_parent()
    assert chosen(admin_client, action, home) == {"Section", "Complete", "Elsewhere"}
    found = chosen(admin_client, action, home, state_de="missing")
    assert found == {"Below", "Elsewhere"}
    assert chosen(admin_client, action, pages, state_de="missing") == {"Below"}
    everywhere = chosen(admin_client, action, pages, state_de="missing", search_all="1")
    assert everywhere == {"Below", "Elsewhere"}
    assert chosen(admin_client, action, home, state_de="missing", q="Below") == {"Below"}


def test_only_what_was_asked_about_is_deleted(admin_client, pages):
    home = pages.get_parent()
    admin_client.post(
        "/admin/bulk/lihsite/basepage/delete/?next=/admin/&id=all&state_de=missing"
        f"&childOf={home.pk}"
    )
    assert set(ContentPage.objects.values_list("title", flat=True)) == {"Section", "Complete"}


def test_the_pages_below_are_named_in_the_language_of_the_account(admin_client, admin_user, pages):
    UserProfile.objects.create(user=admin_user, preferred_language="de")
    response = admin_client.get(
        f"/admin/bulk/lihsite/basepage/unpublish/?next=/admin/&id={pages.pk}"
    )
    assert "Mit allen Unterseiten" in response.content.decode()
