"""What the home page gathers from the other sections."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from home.models import PinnedNews
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.home()


def test_the_newest_news_is_shown(client, home):
    items = [factories.news(date=date(2026, 5, day)) for day in range(1, 8)]
    assert client.get("/en/").context_data["news"] == items[:1:-1]


def test_pinned_news_comes_first_in_its_order(client, home):
    items = [factories.news(date=date(2026, 5, day)) for day in range(1, 8)]
    PinnedNews.objects.create(page=home, news=items[0], sort_order=1)
    PinnedNews.objects.create(page=home, news=items[1], sort_order=0)
    expected = [items[1], items[0], items[6], items[5], items[4]]
    assert client.get("/en/").context_data["news"] == expected


def test_pinned_news_that_is_not_live_is_left_out(client, home):
    live, draft = factories.news(), factories.news(live_in=())
    PinnedNews.objects.create(page=home, news=draft)
    assert client.get("/en/").context_data["news"] == [live]


@freeze_time("2026-06-01")
def test_forthcoming_events_are_shown_cancelled_ones_too(client, home):
    factories.event(start=datetime(2026, 5, 1, tzinfo=UTC))
    later = factories.event(start=datetime(2026, 8, 1, tzinfo=UTC))
    sooner = factories.event(start=datetime(2026, 7, 1, tzinfo=UTC), status="cancelled")
    assert client.get("/en/").context_data["events"] == [sooner, later]


def test_the_opening_links_to_a_page_that_visitors_get(client, home):
    target = factories.content_page(title_en="About", title_fr="À propos")
    home.hero_page = target
    home.hero_label_fr = "En savoir plus"
    home.save()
    assert 'href="/fr/a-propos/"' in client.get("/fr/").content.decode()
    target.unpublish()
    assert 'href="/fr/a-propos/"' not in client.get("/fr/").content.decode()


def test_an_empty_site_says_so(client, home):
    response = client.get("/de/")
    assert response.status_code == 200
    assert response.context_data["news"] == []
