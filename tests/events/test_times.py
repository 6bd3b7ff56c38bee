"""Local times and the instants stored for them, on the days on which the clocks change too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.times import start_of_day, validate_time_zone
from lihsite.local_times import instant, wall_clock
from tests.event_times import all_day_span

LUXEMBOURG = "Europe/Luxembourg"


def test_a_local_time_becomes_the_instant_of_its_own_zone():
    assert instant(datetime(2026, 7, 1, 14), LUXEMBOURG) == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert instant(datetime(2026, 12, 1, 14), LUXEMBOURG) == datetime(2026, 12, 1, 13, tzinfo=UTC)
    assert instant(datetime(2026, 7, 1, 14), "Asia/Tokyo") == datetime(2026, 7, 1, 5, tzinfo=UTC)


def test_a_time_that_happens_twice_is_refused():
    with pytest.raises(ValidationError, match="happens twice"):
        instant(datetime(2026, 10, 25, 2, 30), LUXEMBOURG)


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(ValidationError, match="does not exist"):
        instant(datetime(2027, 3, 28, 2, 30), LUXEMBOURG)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23), (date(2026, 10, 26), 24)],
)
def test_an_all_day_event_lasts_as_long_as_its_day(day, hours):
    start, end = all_day_span(day, day, LUXEMBOURG)
    assert end - start == timedelta(hours=hours)
    assert wall_clock(start, LUXEMBOURG) == datetime(day.year, day.month, day.day)


def test_both_days_of_an_all_day_event_are_included():
    start, end = all_day_span(date(2026, 10, 24), date(2026, 10, 26), LUXEMBOURG)
    assert wall_clock(start, LUXEMBOURG) == datetime(2026, 10, 24)
    assert wall_clock(end, LUXEMBOURG) == datetime(2026, 10, 27)
    assert end - start == timedelta(hours=73)


def test_a_day_without_a_midnight_begins_when_the_clocks_have_been_put_forward():
    # In Asunción the clocks went from 00:00 to 01:00 on 6 October 2024.
    start = start_of_day(date(2024, 10, 6), "America/Asuncion")
    assert wall_clock(start, "America/Asuncion") == datetime(2024, 10, 6, 1)


@given(
    moment=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1)),
    zone=st.sampled_from([LUXEMBOURG, "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]),
)
def test_what_an_editor_reads_can_be_typed_again(moment, zone):
    shown = wall_clock(moment.replace(tzinfo=UTC), zone)
    try:
        stored = instant(shown, zone)
    except ValidationError as refusal:
        # One of the few hours that happen twice; the clocks skip none that there was.
        if "happens twice" not in str(refusal):
            raise
        return
    assert stored == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "Luxembourg", "../etc/passwd", "Europe/Luxembourg\x00"])
def test_an_unknown_time_zone_is_refused(name):
    with pytest.raises(ValidationError):
        validate_time_zone(name)


def test_the_zones_of_the_database_are_known():
    validate_time_zone(LUXEMBOURG)
