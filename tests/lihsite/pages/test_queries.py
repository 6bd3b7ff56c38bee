"""What a public page costs in queries: little, and the same on a small and on a large site."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from freezegun import freeze_time

from home.demonstration.many_news import add_news
from home.models import PinnedNews
from lihsite.multilingual.languages import language_codes
from lihsite.pages import frame
from news.models import RelatedItem
from tests import factories, visitor_pages
from tests.lihsite.blocks.vocabulary import every_block
from tests.lihsite.media.library import image

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
    "FormPage": 12,
}
"""By type of page; a page that is not found costs the frame."""
NOT_FOUND_AT_MOST = 5
MOST = 12
"""For any page."""
MANY = 600

FULL_SITE = [
    "/en/",
    "/en/research/",
    "/en/research/cancer/",
    "/en/people/",
    "/en/people/ada/",
    "/en/news/",
    "/en/news/?topic={topic.pk}&type=press_release&year=2026",
    "/en/news/a-grant/",
    "/en/events/",
    "/en/events/?when=past",
    "/en/events/a-talk/",
    "/en/about/",
]


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


@pytest.fixture
def topic(db):
    """A site in which each page shows all that it can; gives its research topic."""
    with freeze_time("2026-06-01"):
        factories.people_index()
        person = factories.person(slug="ada", photo=image())
        about = factories.content_page(title_en="About", body_en=body())
        topic = factories.topic(
            title_en="Cancer", body_en=body(), image=image(), leads=[person], number=1
        )
        item = factories.news(
            title_en="A grant",
            date=date(2026, 5, 31),
            lead_image=image(),
            body_en=body(),
            topics=[topic],
            authors=[person],
        )
        RelatedItem.objects.create(page=item, item=factories.news(date=date(2026, 5, 1)))
        factories.event(
            title_en="A talk",
            start=datetime(2026, 7, 1, 8, tzinfo=UTC),
            body_en=body(),
            topics=[topic],
            speakers=[person],
        )
        factories.event(start=datetime(2026, 1, 1, 8, tzinfo=UTC))
        home = about.get_parent().specific
        home.hero_image, home.hero_page = image(), about
        home.save()
        PinnedNews.objects.create(page=home, news=item)
        yield topic


def body() -> str:
    return json.dumps(every_block())


def costs_of_full_site(client, topic) -> dict[str, int]:
    return {path: cost(client, path.format(topic=topic)) for path in FULL_SITE}


def test_a_full_site_costs_at_most_twelve_a_page(client, topic):
    too_much = {path: n for path, n in costs_of_full_site(client, topic).items() if n > MOST}
    assert too_much == {}


def test_more_of_everything_costs_no_more(client, topic):
    before = costs_of_full_site(client, topic)
    person = factories.person(photo=image())
    for day in range(1, 14):
        factories.news(date=date(2026, 4, day), authors=[person], topics=[topic])
        factories.news(date=date(2025, 4, day), authors=[person], topics=[topic])
        for month in (3, 8):
            start = datetime(2026, month, day, 8, tzinfo=UTC)
            factories.event(start=start, topics=[topic], speakers=[person])
    assert costs_of_full_site(client, topic) == before


@pytest.mark.django_db
def test_a_visit_reads_the_texts_of_one_language(client):
    factories.home()
    page = factories.content_page(live_in=("en", "fr"), body_fr=every_block(), body_en=[])
    for asked, shown in (("fr", "fr"), ("en", "en"), ("de", "en")):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.get_url_for_language(asked)).status_code == 200
        read = {
            code
            for code in language_codes()
            if any(f'"body_{code}"' in query["sql"] for query in queries)
        }
        assert read == {shown}
