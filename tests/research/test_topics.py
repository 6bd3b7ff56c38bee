"""Research topics and what is about them."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return factories.home()


def test_topics_are_listed_by_their_number(client):
    third, first, second = (factories.topic(number=number) for number in (3, 1, 2))
    assert client.get("/en/research/").context_data["topics"] == [first, second, third]


@freeze_time("2026-06-01")
def test_a_topic_shows_its_newest_news_and_coming_events(client):
    topic, other = factories.topic(), factories.topic()
    items = [factories.news(topics=[topic], date=date(2026, 5, day)) for day in range(1, 7)]
    factories.news(topics=[other])
    factories.event(topics=[topic], start=datetime(2026, 5, 1, tzinfo=UTC))
    later = factories.event(topics=[topic], start=datetime(2026, 8, 1, tzinfo=UTC))
    sooner = factories.event(topics=[topic, other], start=datetime(2026, 7, 1, tzinfo=UTC))
    context = client.get(topic.get_url()).context_data
    assert context["news"] == items[:1:-1]
    assert context["events"] == [sooner, later]


def test_leads_stand_in_their_order(client):
    leads = [factories.person("Zoe Z"), factories.person("Al A")]
    topic = factories.topic(leads=leads)
    assert client.get(topic.get_url()).context_data["leads"] == leads
