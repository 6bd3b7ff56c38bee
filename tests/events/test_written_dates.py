"""When an event is, as visitors read it."""

import re
from datetime import date, datetime

import pytest
from freezegun import freeze_time

from events.times import DEFAULT_TIME_ZONE
from lihsite.local_times import instant
from tests import factories
from tests.event_times import all_day_span

pytestmark = pytest.mark.django_db

TAG = re.compile("<[^>]*>")


@pytest.fixture(autouse=True)
def before_the_events():
    with freeze_time("2030-06-15 10:00"):
        yield


def text_of(client, page, language):
    return " ".join(TAG.sub(" ", client.get(page.get_url_for_language(language)).text).split())


def span(*moments):
    start, end = (instant(moment, DEFAULT_TIME_ZONE) for moment in moments)
    return {"start": start, "end": end}


def test_an_event_on_the_first_of_a_month(client):
    times = span(datetime(2035, 3, 1, 18), datetime(2035, 3, 1, 20))
    deadline = {"registration_deadline": times["start"]}
    registration = {"registration_state": "open", "registration_url": "https://example.org/"}
    event = factories.event(**times, **deadline, **registration)
    french = text_of(client, event, "fr")
    assert "Jeudi 1er mars 2035" in french
    assert "Jusqu’au 1er mars 2035 à 18 h 00" in french
    assert "18 h 00 – 20 h 00" in french
    german = text_of(client, event, "de")
    assert "Donnerstag, 1. März 2035 18:00–20:00 Uhr (MEZ)" in german
    assert "Bis 1. März 2035, 18:00 Uhr" in german
    listed = text_of(client, event.get_parent().specific, "fr")
    assert "1er mars" in listed


def test_an_event_of_several_days(client):
    event = factories.event(**span(datetime(2035, 3, 1, 9), datetime(2035, 4, 1, 16)))
    french = text_of(client, event, "fr")
    assert "Jeudi 1er mars 2035, 9 h 00 – dimanche 1er avril 2035, 16 h 00" in french
    assert "jusqu’au 1er avril" in text_of(client, event.get_parent().specific, "fr")


def test_an_evening_until_midnight_is_on_one_day(client):
    event = factories.event(**span(datetime(2035, 3, 1, 21), datetime(2035, 3, 2)))
    assert "Donnerstag, 1. März 2035 21:00–00:00 Uhr (MEZ)" in text_of(client, event, "de")
    listed = text_of(client, event.get_parent().specific, "de")
    assert "21:00–00:00 Uhr" in listed
    assert "2. März" not in listed


def test_several_days_until_midnight_end_on_the_last_evening(client):
    event = factories.event(**span(datetime(2035, 3, 1, 9), datetime(2035, 3, 3)))
    listed = text_of(client, event.get_parent().specific, "de")
    assert "bis 2. März" in listed
    assert "3. März" not in listed


def test_whole_days(client):
    start, end = all_day_span(date(2035, 3, 1), date(2035, 3, 2), DEFAULT_TIME_ZONE)
    event = factories.event(start=start, end=end, all_day=True)
    assert "Jeudi 1er mars 2035 – vendredi 2 mars 2035" in text_of(client, event, "fr")
    assert "Donnerstag, 1. März 2035 – Freitag, 2. März 2035" in text_of(client, event, "de")


def test_news_of_the_first_of_a_month(client):
    item = factories.news(date=date(2026, 3, 1))
    for page in (item, item.get_parent().specific):
        assert "1er mars 2026" in text_of(client, page, "fr")
        assert "1. März 2026" in text_of(client, page, "de")


@pytest.mark.parametrize(
    ("month", "french", "german"),
    [(1, "9 janv.", "9. Jan."), (2, "9 févr.", "9. Feb."), (7, "9 juil.", "9. Juli")],
)
def test_short_months_of_a_list(client, month, french, german):
    event = factories.event(**span(datetime(2035, month, 9, 18), datetime(2035, month, 9, 20)))
    for language, written in (("fr", french), ("de", german)):
        for page in (event, event.get_parent().specific):
            assert f"{written} 2035" in text_of(client, page, language)
