"""What visitors are told about registration, and what must be there before an event goes live."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from freezegun import freeze_time

from events.models import EventPage
from lihsite.contact.models import Submission
from lihsite.multilingual.publishing import publish_languages
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
    assert "Registration is open." in client.get(held.get_url_for_language("en")).text
    form.unpublish()
    assert register_link(client, held) is None
    assert "Registration is closed." in client.get(held.get_url_for_language("en")).text


@freeze_time("2026-05-01")
def test_without_a_form_they_are_led_to_another_site(client):
    assert register_link(client, event())["href"] == "https://register.example.org/"


def registering(**fields):
    held = event(**fields)
    form = factories.form_page(held, title_en="Register", title_fr="Inscription")
    held.registration_form = form
    held.save()
    return held, form


@pytest.fixture
def formless():
    """A published event that takes registrations, whose form has been deleted."""
    held, form = registering(title_en="Course", title_fr="Cours", live_in=("en",))
    held.registration_url = ""
    held.save()
    form.delete()
    return EventPage.objects.get(pk=held.pk)


@freeze_time("2026-05-01")
def test_registration_closes_with_the_form_that_is_deleted(client, formless):
    assert formless.current_registration == Registration.CLOSED
    assert "Registration is closed." in client.get(formless.get_url()).text
    assert "Registration is open." not in client.get(formless.get_url()).text


@freeze_time("2026-05-01")
def test_a_deleted_form_keeps_no_other_language_from_being_published(formless):
    publish_languages(formless, ["fr"])
    assert EventPage.objects.get().live_languages == ["en", "fr"]


@freeze_time("2026-05-01")
def test_nothing_else_that_is_wrong_is_published_with_a_deleted_form(formless):
    formless.end = START
    with pytest.raises(ValidationError):
        formless.save()


@freeze_time("2026-05-01")
@pytest.mark.parametrize("choice", ["publish_copies", "alias"])
def test_the_copy_form_says_why_a_copy_cannot_be_published(admin_client, formless, choice):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": formless.get_parent().pk}
    address = reverse("wagtailadmin_pages:copy", args=[formless.pk])
    answer = admin_client.post(address, {**data, choice: "on"})
    assert answer.status_code == 200
    assert "Choose the form or give the page with which people register." in answer.text
    assert EventPage.objects.get() == formless
    assert admin_client.post(address, data).status_code == 302
    assert not EventPage.objects.get(slug_en="copy").live


def refused(client, form, language="en") -> bool:
    """Whether neither the form is shown nor what is sent to it is looked at."""
    address = form.get_url_for_language(language)
    page = client.get(address)
    assert page.status_code == 200
    shows_form = 'class="form"' in page.text
    answer = client.post(f"{address}send/", {"opened": "x"})
    assert answer.status_code == (422 if shows_form else 409)
    assert not Submission.objects.exists()
    return not shows_form


@pytest.mark.parametrize(
    ("moment", "change", "said"),
    [
        ("2026-06-01 23:00", {}, "Les inscriptions sont closes."),
        ("2026-05-01", {"registration_state": "full"}, "Toutes les places sont prises."),
        ("2026-05-01", {"status": "cancelled"}, "Cet événement n’aura pas lieu."),
        ("2026-07-01", {}, "Cet événement est passé."),
    ],
)
def test_the_form_of_an_event_closes_with_its_registration(client, moment, change, said):
    with freeze_time("2026-05-01"):
        held, form = registering(registration_deadline=DEADLINE)
        assert not refused(client, form, "fr")
        for name, value in change.items():
            setattr(held, name, value)
        held.save()
    with freeze_time(moment):
        assert refused(client, form, "fr")
        assert said in client.get(form.get_url_for_language("fr")).text


@freeze_time("2026-05-01")
def test_a_form_stays_open_while_one_of_its_events_takes_people(client):
    _held, form = registering(registration_state="full")
    assert refused(client, form)
    event(title_en="Once more", registration_form=form)
    assert not refused(client, form)


@freeze_time("2026-07-01")
def test_a_form_that_belongs_to_no_event_never_closes(client):
    factories.home()
    assert not refused(client, factories.form_page(title_en="Write to us"))
