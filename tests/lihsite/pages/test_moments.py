"""Pages change by themselves at known hours."""

from datetime import UTC, datetime, timedelta

import pytest

from lihsite.pages.moments import next_change
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 28, 11, tzinfo=UTC)
"""In Luxembourg; the clocks are put forward in the night that follows."""


def test_at_the_latest_it_is_the_end_of_the_day():
    assert next_change(NOON) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert next_change(NOON + timedelta(days=1)) == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize("name", ["start", "end", "registration_deadline"])
def test_an_event_changes_as_it_begins_and_ends_and_closes(name):
    times = {"start": NOON - timedelta(days=2), "end": NOON + timedelta(days=2)}
    moment = NOON + timedelta(hours=3)
    factories.event(**{**times, name: moment})
    assert next_change(NOON) == moment
    assert next_change(moment) != moment


def test_a_draft_changes_nothing():
    factories.event(live_in=(), start=NOON + timedelta(hours=1), end=NOON + timedelta(hours=2))
    assert next_change(NOON) == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_an_embargo_ends():
    moment = NOON + timedelta(minutes=5)
    factories.news(embargo=moment)
    assert next_change(NOON) == moment
