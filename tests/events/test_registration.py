"""What visitors are told about registration, and what must be there before an event goes live."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from freezegun import freeze_time

from events.models import EventPage
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2026, 6, 3, 8, tzinfo=UTC)
DEADLINE = datetime(2026, 6, 1, 22, tzinfo=UTC)
Registration = EventPage.Registration


def event(**fields):
    fields.setdefault("registration_state", Registration.OPEN)
    fields.setdefault("registration_url", "https://register.example.org/")
    return factories.event(start=START, **fields)


@pytest.mark.parametrize("state", [Registration.OPEN, Registration.FEW_PLACES, Registration.FULL])
def test_registration_closes_at_the_deadline(state):
    held = event(registration_state=state, registration_deadline=DEADLINE)
    with freeze_time(DEADLINE - timedelta(seconds=1)):
        assert held.current_registration == state
    with freeze_time(DEADLINE):
        assert held.current_registration == Registration.CLOSED


def test_without_a_deadline_registration_closes_when_the_event_starts():
    held = event()
    with freeze_time(START - timedelta(seconds=1)):
        assert held.current_registration == Registration.OPEN
    with freeze_time(START):
        assert held.current_registration == Registration.CLOSED


@freeze_time("2026-05-01")
@pytest.mark.parametrize("status", [EventPage.Status.CANCELLED, EventPage.Status.POSTPONED])
def test_nobody_registers_for_an_event_that_is_not_held_as_planned(status):
    assert event(status=status).current_registration == Registration.CLOSED


@freeze_time("2026-12-01")
def test_an_event_without_registration_never_closes_it():
    assert event(registration_state=Registration.NONE).current_registration == Registration.NONE


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"end": START}, "end"),
        ({"end": START - timedelta(hours=1)}, "end"),
        ({"attendance": "in_person", "online_url": ""}, "venue_name_en"),
        ({"attendance": "hybrid"}, "venue_name_en"),
        ({"attendance": "online", "online_url": ""}, "online_url"),
        ({"registration_url": ""}, "registration_url"),
        ({"registration_deadline": START + timedelta(days=1)}, "registration_deadline"),
    ],
)
def test_an_event_goes_live_only_when_it_is_complete(fields, at_fault):
    with pytest.raises(ValidationError) as refused:
        event(**fields)
    assert list(refused.value.error_dict) == [at_fault]


def test_the_venue_is_asked_for_in_the_source_language():
    with pytest.raises(ValidationError) as refused:
        event(attendance="in_person", live_in=("fr",))
    assert list(refused.value.error_dict) == ["venue_name_fr"]


def test_a_draft_may_be_incomplete():
    draft = event(live_in=(), attendance="hybrid", online_url="", registration_url="", end=START)
    assert draft.pk


def register_link(client, held):
    html = BeautifulSoup(client.get(held.get_url_for_language("fr")).content, "html.parser")
    return html.select_one(".event-facts__actions .button:not(.button--quiet)")


@freeze_time("2026-05-01")
def test_people_register_with_a_form_of_this_site_in_their_language(client):
    held = event()
    form = factories.form_page(held, title_en="Register", title_fr="Inscription")
    held.registration_form = form
    held.registration_url = ""
    held.save()
    assert register_link(client, held)["href"] == form.get_url_for_language("fr")
    form.unpublish()
    assert register_link(client, held) is None


@freeze_time("2026-05-01")
def test_without_a_form_they_are_led_to_another_site(client):
    assert register_link(client, event())["href"] == "https://register.example.org/"
