"""The page of a month of events."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from events.months import Month
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    factories.home()
    return factories.event_index()


def test_months_begin_on_mondays_and_hold_all_their_days():
    weeks = Month(2026, 11).weeks([])
    assert [len(week) for week in weeks] == [7] * 6
    days = [day.date for week in weeks for day in week if day.in_month]
    assert (days[0], days[-1], len(days)) == (date(2026, 11, 1), date(2026, 11, 30), 30)
    assert [day.in_month for day in weeks[0]] == [False] * 6 + [True]


def test_an_event_stands_on_each_of_its_days(client, index):
    factories.event(
        title_en="School",
        start=datetime(2026, 10, 31, 8, tzinfo=UTC),
        end=datetime(2026, 11, 2, 16, tzinfo=UTC),
    )
    context = client.get("/en/events/?month=2026-11").context_data
    busy = [day.date.day for week in context["weeks"] for day in week if day.events]
    assert busy == [1, 2]


def test_past_and_coming_months_are_linked(client, index):
    html = client.get("/en/events/?month=2026-12").content.decode()
    assert 'rel="prev" href="?month=2026-11"' in html
    assert 'rel="next" href="?month=2027-01"' in html
    assert "<caption>December 2026</caption>" in html


@freeze_time("2026-11-23 12:00")
def test_today_is_marked(client, index):
    html = client.get("/en/events/?month=2026-11").content.decode()
    assert 'datetime="2026-11-23" aria-current="date"' in html


@pytest.mark.parametrize(
    ("month", "missing"), [("0001-01", 'rel="prev"'), ("9999-12", 'rel="next"')]
)
def test_the_ends_of_time_have_a_page(client, index, month, missing):
    response = client.get("/en/events/", {"month": month})
    assert response.status_code == 200
    assert missing not in response.content.decode()


@pytest.mark.parametrize(
    "month", ["2026-13", "0000-01", "2026", "x", "2026-1", "\u0662\u0660\u0662\u0666-01"]
)
def test_what_is_no_month_is_not_found(client, index, month):
    assert client.get("/en/events/", {"month": month}).status_code == 404


def test_no_month_is_the_list(client, index):
    assert "items" in client.get("/en/events/?month=").context_data
