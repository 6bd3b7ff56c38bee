"""What a public page costs in queries: little, and the same on a small and on a large site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from home.demonstration.many_news import add_news
from lihsite.multilingual.languages import language_codes
from lihsite.pages import frame
from tests import factories, visitor_pages
from tests.lihsite.blocks.vocabulary import every_block

AT_MOST = {
    "HomePage": 12,
    "ContentPage": 12,
    "ResearchIndexPage": 7,
    "ResearchTopicPage": 12,
    "PeopleIndexPage": 9,
    "Person": 12,
    "NewsIndexPage": 10,
    "NewsPage": 12,
    "EventIndexPage": 8,
    "EventPage": 12,
}
"""By type of page; a page that is not found costs the frame."""
NOT_FOUND_AT_MOST = 5
MANY = 600


def cost(client, address, status=200) -> int:
    """The queries of a visit after the first, which makes the pictures."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == status
    return len(queries)


@pytest.fixture
def warm(client, demo):
    """A client of a server that knows the site's roots, as it does after its first answer."""
    client.get("/en/")
    return client


@pytest.mark.parametrize("language", language_codes())
def test_each_page_of_the_site_costs_at_most_twelve(warm, language):
    with translation.override(language):
        addresses = visitor_pages.every_address(language)
    assert addresses.keys() == AT_MOST.keys()
    too_much = {
        address: count
        for page_type, found in addresses.items()
        for address in found
        if (count := cost(warm, address)) > AT_MOST[page_type]
    }
    assert too_much == {}


def test_a_page_that_is_not_found_costs_the_frame(warm):
    assert cost(warm, "/fr/nulle-part/", status=404) <= NOT_FOUND_AT_MOST


def test_each_kind_of_page_costs_the_same_on_a_large_site(warm):
    addresses = [
        languages["fr"]
        for kind, languages in visitor_pages.addresses().items()
        if kind != "not found"
    ]
    small = {address: cost(warm, address) for address in addresses}
    add_news(MANY, progress=lambda done, count: None)
    warm.get("/en/")
    assert {address: cost(warm, address) for address in addresses} == small


@pytest.mark.django_db
def test_a_page_with_every_block_twice_costs_at_most_twelve(client):
    factories.home()
    factories.people_index()
    page = factories.content_page(body_en=every_block() + every_block())
    address = page.get_url_for_language("en")
    client.get(address)
    assert cost(client, address) <= AT_MOST["ContentPage"]


@pytest.mark.django_db
def test_the_switcher_costs_nothing(rf, django_assert_num_queries):
    factories.home()
    page = factories.topic()
    request = rf.get("/en/?page=2")
    page.get_url(request)
    with django_assert_num_queries(0):
        choices = frame.language_choices(page, request)
    assert [choice["code"] for choice in choices] == language_codes()
