"""The page of a month of events."""

from datetime import UTC, date, datetime, timedelta

import pytest
from freezegun import freeze_time

from events.months import Month, archive
from tests import factories
from tests.event_times import all_day_span

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    factories.home()
    return factories.event_index()


@freeze_time("2030-06-15 10:00")
@pytest.mark.parametrize(("when", "query"), [("past", "?when=past&"), ("coming", "?")])
def test_an_empty_list_of_a_topic_speaks_of_its_time_alone(client, index, when, query):
    topic = factories.topic()
    hour = datetime(2030, 6, 20 if when == "past" else 10, 9, tzinfo=UTC)
    factories.event(start=hour, end=hour + timedelta(hours=1), topics=[topic])
    html = client.get(f"/en/events/{query}topic={topic.pk}").content.decode()
    assert f"No {when} event is about this topic." in html
    assert f"Show all {when} events" in html


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


@pytest.mark.parametrize(
    ("zone", "start", "month", "day", "other"),
    [
        ("America/New_York", datetime(2026, 10, 31, 23, tzinfo=UTC), "2026-10", 31, "2026-11"),
        ("Pacific/Auckland", datetime(2026, 10, 31, 20, tzinfo=UTC), "2026-11", 1, "2026-10"),
    ],
)
def test_an_event_far_away_stands_on_the_day_that_it_is_there(
    client, index, zone, start, month, day, other
):
    end = start + timedelta(hours=3)
    factories.event(title_en="Far away", start=start, end=end, time_zone=zone)
    context = client.get(f"/en/events/?month={month}").context_data
    busy = [one.date.day for week in context["weeks"] for one in week if one.events]
    assert busy == [day]
    archived = [month for _year, months in context["archive"] for month in months]
    assert [(str(one), number) for one, number in archived] == [(month, 1)]
    html = client.get(f"/en/events/?month={other}").content.decode()
    assert "Far away" not in html
    assert "No event takes place in this month" in html


def test_an_event_that_ends_at_midnight_is_over_on_the_day_before(client, index):
    start = datetime(2026, 11, 5, 18, tzinfo=UTC)
    factories.event(start=start, end=start + timedelta(hours=5))
    context = client.get("/en/events/?month=2026-11").context_data
    assert [one.date.day for week in context["weeks"] for one in week if one.events] == [5]


def test_a_day_says_when_its_events_begin(client, index):
    at = {"start": datetime(2026, 12, 5, 17, 30, tzinfo=UTC)}
    factories.event(title_en="Talk", end=datetime(2026, 12, 6, 9, tzinfo=UTC), **at)
    start, end = all_day_span(date(2026, 12, 9), date(2026, 12, 9), "Europe/Luxembourg")
    factories.event(title_en="Open day", start=start, end=end, all_day=True)
    html = client.get("/en/events/?month=2026-12").content.decode()
    assert html.count("month__time") == 1
    assert '<span class="month__time">18:30</span>' in html


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/en/events/", "Tuesday 1 December"),
        ("/fr/evenements/", "Mardi 1er décembre"),
        ("/de/veranstaltungen/", "Dienstag, 1. Dezember"),
    ],
)
def test_days_are_written_as_in_the_language(client, index, address, day):
    html = client.get(f"{address}?month=2026-12").content.decode()
    assert f'<span class="month__long">{day}</span>' in html


def test_past_and_coming_months_are_linked(client, index):
    html = client.get("/en/events/?month=2026-12").content.decode()
    assert 'rel="prev" href="?month=2026-11"' in html
    assert 'rel="next" href="?month=2027-01"' in html
    assert "<caption>December 2026</caption>" in html


@freeze_time("2026-11-23 12:00")
def test_today_is_marked(client, index):
    html = client.get("/en/events/?month=2026-11").content.decode()
    assert 'datetime="2026-11-23" aria-current="date"' in html


def test_the_archive_counts_events_in_each_month_that_they_touch():
    """By the clocks of its place; what ends at midnight is over on the day before."""
    here, there = "Europe/Luxembourg", "America/New_York"
    spans = [
        (datetime(2025, 11, 30, 9, tzinfo=UTC), datetime(2026, 1, 2, 9, tzinfo=UTC), here),
        (datetime(2025, 12, 30, 9, tzinfo=UTC), datetime(2025, 12, 31, 23, tzinfo=UTC), here),
        (datetime(2026, 1, 31, 23, 30, tzinfo=UTC), datetime(2026, 2, 1, 9, tzinfo=UTC), here),
        (datetime(2026, 3, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, 3, tzinfo=UTC), there),
    ]
    found = [(year, [(str(m), n) for m, n in months]) for year, months in archive(spans)]
    assert found == [
        (2026, [("2026-01", 1), ("2026-02", 2)]),
        (2025, [("2025-11", 1), ("2025-12", 2)]),
    ]


def test_every_month_with_events_is_linked_past_and_coming(client, index):
    lung = factories.topic(title_en="Lungs")
    for year in (2024, 2027):
        start = datetime(year, 3, 1, 9, tzinfo=UTC)
        factories.event(title_en=f"Talk {year}", start=start, topics=[lung])
    factories.event(title_en="Hidden", start=datetime(2023, 3, 1, 9, tzinfo=UTC), live=False)
    factories.event(title_en="Other", start=datetime(2022, 3, 1, 9, tzinfo=UTC))
    html = client.get(f"/en/events/?month=2024-03&topic={lung.pk}").content.decode()
    assert f'href="?month=2027-03&amp;topic={lung.pk}">March' in html
    assert f'href="?month=2024-03&amp;topic={lung.pk}" aria-current="page">March' in html
    assert "?month=2023-03" not in html
    assert "?month=2022-03" not in html


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


@pytest.mark.parametrize(
    ("query", "title"),
    [("?month=2026-12", "December 2026"), ("?when=past", "Past"), ("?month=", "")],
)
def test_the_title_says_which_part_of_the_events_is_shown(client, index, query, title):
    html = client.get(f"/en/events/{query}").content.decode()
    assert "<title>Events – " + (f"{title} – " if title else "") + "Luxembourg" in html
