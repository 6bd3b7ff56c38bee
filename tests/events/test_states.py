"""Upcoming, now and past are the same for one event and for queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from freezegun import freeze_time

from events.models import EventPage
from events.states import EventState
from lihsite.local_times import instant
from tests import factories
from tests.event_times import all_day_span

pytestmark = pytest.mark.django_db

START = datetime(2026, 6, 3, 8, tzinfo=UTC)
END = datetime(2026, 6, 3, 10, tzinfo=UTC)


def found():
    """The states in which queries find the only event."""
    events = EventPage.objects
    queries = {
        EventState.UPCOMING: events.upcoming(),
        EventState.NOW: events.now(),
        EventState.PAST: events.past(),
    }
    return [state for state, query in queries.items() if query.exists()]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (START - timedelta(microseconds=1), EventState.UPCOMING),
        (START, EventState.NOW),
        (END - timedelta(microseconds=1), EventState.NOW),
        (END, EventState.PAST),
    ],
)
def test_the_state_follows_the_clock(moment, state):
    event = factories.event(start=START, end=END)
    with freeze_time(moment):
        assert event.state == state
        assert found() == [state]


@pytest.mark.parametrize(
    ("day", "still_on", "over"),
    [
        # The clocks are put back: the day ends 25 hours after it began.
        (
            date(2026, 10, 25),
            datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
            datetime(2026, 10, 25, 23, tzinfo=UTC),
        ),
        # They are put forward: it ends after 23 hours.
        (
            date(2027, 3, 28),
            datetime(2027, 3, 28, 21, 59, tzinfo=UTC),
            datetime(2027, 3, 28, 22, tzinfo=UTC),
        ),
    ],
)
def test_an_all_day_event_is_on_until_the_midnight_of_its_own_zone(day, still_on, over):
    start, end = all_day_span(day, day, "Europe/Luxembourg")
    event = factories.event(start=start, end=end, all_day=True)
    with freeze_time(start):
        assert event.is_now
    with freeze_time(still_on):
        assert event.is_now
        assert found() == [EventState.NOW]
    with freeze_time(over):
        assert event.is_past
        assert found() == [EventState.PAST]


def test_an_event_through_the_night_of_the_change_keeps_its_local_times():
    zone = "Europe/Luxembourg"
    start, end = (instant(datetime(2026, 10, day, 20), zone) for day in (24, 25))
    event = factories.event(start=start, end=end)
    assert end - start == timedelta(hours=25)
    assert event.local_start == datetime(2026, 10, 24, 20)
    assert event.local_end == datetime(2026, 10, 25, 20)
    assert event.zone_name == "CEST"


def test_the_state_does_not_depend_on_the_time_zone_of_the_server():
    event = factories.event(start=START, end=END, time_zone="Asia/Tokyo")
    with freeze_time(START):
        assert event.is_now
    assert event.local_start == datetime(2026, 6, 3, 17)
    assert event.zone_name == "JST"
    assert event.start_iso == "2026-06-03T17:00+09:00"


@freeze_time("2026-06-03 09:00")
def test_coming_events_are_those_on_now_and_upcoming_soonest_first():
    later = factories.event(start=datetime(2026, 6, 5, 8, tzinfo=UTC))
    on_now = factories.event(start=START, end=END)
    factories.event(start=datetime(2026, 6, 1, 8, tzinfo=UTC))
    sooner = factories.event(start=datetime(2026, 6, 4, 8, tzinfo=UTC))
    assert list(EventPage.objects.coming()) == [on_now, sooner, later]


@freeze_time("2026-06-10")
def test_past_events_are_listed_from_the_last_to_end():
    first = factories.event(start=datetime(2026, 6, 1, 8, tzinfo=UTC))
    second = factories.event(start=datetime(2026, 6, 2, 8, tzinfo=UTC))
    assert list(EventPage.objects.past()) == [second, first]


def test_days_of_an_all_day_event_are_inclusive():
    start, end = all_day_span(date(2026, 10, 24), date(2026, 10, 25), "Europe/Luxembourg")
    event = factories.event(start=start, end=end, all_day=True)
    assert (event.first_day, event.last_day) == (date(2026, 10, 24), date(2026, 10, 25))
    assert event.is_multi_day
    assert (event.start_iso, event.end_iso) == ("2026-10-24", "2026-10-25")


def test_a_draft_without_times_is_upcoming_and_in_no_list():
    draft = factories.event(live_in=(), start=None, end=None)
    assert draft.state == EventState.UPCOMING
    assert draft.local_start is None
    assert draft.zone_name == ""
    assert found() == []


def test_languages_are_named_as_within_a_sentence():
    event = EventPage(languages_spoken=["fr", "en"])
    with translation.override("fr"):
        assert event.spoken_languages == ["français", "anglais"]
    with translation.override("de"):
        assert event.spoken_languages == ["Französisch", "Englisch"]
