"""No public page asks the database more than twelve times, however much there is."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from home.models import PinnedNews
from news.models import RelatedItem
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block
from tests.lihsite.media.library import image

pytestmark = pytest.mark.django_db

MOST = 12

PATHS = [
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


@pytest.fixture
def topic():
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


def count(client, path) -> int:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    return len(queries)


def counts(client, topic) -> dict[str, int]:
    return {path: count(client, path.format(topic=topic)) for path in PATHS}


def test_no_page_asks_more_than_twelve_times(client, topic):
    too_many = {path: n for path, n in counts(client, topic).items() if n > MOST}
    assert too_many == {}


def test_more_pages_cost_no_more_queries(client, topic):
    before = counts(client, topic)
    person = factories.person(photo=image())
    for day in range(1, 14):
        factories.news(date=date(2026, 4, day), authors=[person], topics=[topic])
        factories.news(date=date(2025, 4, day), authors=[person], topics=[topic])
        for month in (3, 8):
            start = datetime(2026, month, day, 8, tzinfo=UTC)
            factories.event(start=start, topics=[topic], speakers=[person])
    assert counts(client, topic) == before
