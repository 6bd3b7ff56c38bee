"""The admin finds a page by its title in any language, in whatever language it is itself."""

import json

import pytest
from django.urls import reverse

from tests import factories
from tests.lihsite.pages.admin import accounts, client_of
from tests.lihsite.search.published import published

pytestmark = pytest.mark.django_db

QUERIES = ["Immune", "immunitaire", "Abwehr", "immun", "Abwehrsys"]


@pytest.fixture
def page():
    found = published(
        factories.content_page,
        title_en="Immune system",
        title_fr="Système immunitaire",
        title_de="Abwehrsystem",
    )
    published(factories.content_page, title_en="Elsewhere")
    accounts(found.get_parent())
    return found


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("query", QUERIES)
def test_the_search_of_the_header_the_explorer_and_the_chooser_finds_it(page, language, query):
    client = client_of("editor", language)
    parent = page.get_parent()
    for address in (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_explore_results", args=[parent.pk]),
        reverse("wagtailadmin_choose_page_search"),
    ):
        response = client.get(address, {"q": query})
        assert response.status_code == 200
        text = response.text
        if response.headers["Content-Type"] == "application/json":
            text = json.loads(text)["html"]
        assert f"/{page.pk}/" in text, address
        assert "Elsewhere" not in text


def test_a_draft_is_found_by_the_title_that_it_will_have(page):
    page.title_fr = "Défenses naturelles"
    page.save_revision()
    page.get_latest_revision().publish()
    response = client_of("editor").get(reverse("wagtailadmin_pages:search"), {"q": "naturelles"})
    assert f"/{page.pk}/" in response.text
