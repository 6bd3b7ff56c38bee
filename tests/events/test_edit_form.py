"""Editors type local times of the event's own zone, whatever zone their admin is in."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from events.models import EventPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def form_of():
    """The bound edit form of an event, from the fields that differ from a complete one."""
    editor = get_user_model().objects.create_superuser("editor", "editor@example.org", "secret")
    form_class = EventPage.get_edit_handler().get_form_class()

    def build(event, *, draft=False, **changes):
        data = {
            "title_en": event.title_en,
            "slug_en": event.slug_en,
            "live_in_en": "on",
            "body_en-count": "0",
            "programme_en-count": "0",
            "source_language": "en",
            "start": "2026-06-03 14:00",
            "end": "2026-06-03 16:00",
            "time_zone": "Europe/Luxembourg",
            "status": "scheduled",
            "attendance": "online",
            "online_url": "https://meet.example.org/",
            "registration_state": "none",
            **changes,
        }
        for formset in ("speakers", "topics", "comments"):
            data |= {
                f"{formset}-TOTAL_FORMS": "0",
                f"{formset}-INITIAL_FORMS": "0",
                f"{formset}-MIN_NUM_FORMS": "0",
                f"{formset}-MAX_NUM_FORMS": "1000",
            }
        form = form_class(data, instance=event, parent_page=event.get_parent(), for_user=editor)
        if draft:
            form.defer_required_fields()
        return form

    return build


def test_times_are_typed_in_the_zone_of_the_event(form_of):
    form = form_of(factories.event(), time_zone="Asia/Tokyo")
    with timezone.override("America/New_York"):
        assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == datetime(2026, 6, 3, 5, tzinfo=UTC)
    assert form.cleaned_data["end"] == datetime(2026, 6, 3, 7, tzinfo=UTC)


def test_times_are_shown_in_the_zone_of_the_event():
    event = factories.event(start=datetime(2026, 6, 3, 5, tzinfo=UTC), time_zone="Asia/Tokyo")
    form_class = EventPage.get_edit_handler().get_form_class()
    with timezone.override("America/New_York"):
        form = form_class(instance=event, for_user=None)
        assert 'value="2026-06-03 14:00"' in str(form["start"])


def test_saving_an_unchanged_form_changes_no_time(form_of):
    event = factories.event(
        start=datetime(2026, 6, 3, 12, tzinfo=UTC), end=datetime(2026, 6, 3, 14, tzinfo=UTC)
    )
    form = form_of(event)
    assert form.is_valid(), form.errors
    assert {"start", "end"}.isdisjoint(form.changed_data)


def test_an_all_day_event_lasts_from_its_first_to_its_last_day(form_of):
    form = form_of(factories.event(), all_day="on", start="2026-10-25", end="2026-10-25")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert form.cleaned_data["end"] == datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("2026-10-25 02:30", "happens twice"), ("2027-03-28 02:30", "does not exist")],
)
def test_a_local_time_that_is_not_one_instant_is_refused(form_of, typed, reason):
    form = form_of(factories.event(), start=typed, end="2027-04-01 12:00")
    assert not form.is_valid()
    assert reason in str(form.errors["start"])


@pytest.mark.parametrize("typed", ["yesterday", "2026-13-40 25:00"])
def test_what_is_no_time_is_refused(form_of, typed):
    form = form_of(factories.event(), start=typed)
    assert not form.is_valid()
    assert "start" in form.errors


@pytest.mark.parametrize("typed", ["0001-01-01 00:00", "0206-05-01 10:00", "9999-12-31 23:59"])
@pytest.mark.parametrize("all_day", ["", "on"])
@pytest.mark.parametrize("name", ["start", "end", "registration_deadline"])
def test_a_mistyped_year_is_an_error_of_its_field(form_of, name, all_day, typed):
    form = form_of(
        factories.event(), time_zone="America/New_York", all_day=all_day, **{name: typed}
    )
    assert not form.is_valid()
    assert "between 1900 and 2199" in str(form.errors[name])


def test_an_unknown_time_zone_is_an_error_of_its_field(form_of):
    form = form_of(factories.event(), time_zone="Europe/Nowhere")
    assert not form.is_valid()
    assert list(form.errors) == ["time_zone"]


def test_publishing_names_what_is_missing(form_of):
    form = form_of(factories.event(), attendance="hybrid", online_url="", registration_state="open")
    assert not form.is_valid()
    assert {"venue_name_en", "online_url", "registration_url"} <= set(form.errors)


def test_a_draft_may_be_incomplete(form_of):
    event = factories.event(live_in=())
    form = form_of(event, draft=True, start="", end="", attendance="hybrid", online_url="")
    assert form.is_valid(), form.errors


def test_an_event_is_not_published_without_times(form_of):
    form = form_of(factories.event(live_in=()), start="", end="")
    assert not form.is_valid()
    assert {"start", "end"} <= set(form.errors)


def test_languages_spoken_are_chosen_of_a_list(form_of):
    form = form_of(factories.event(), languages_spoken=["lb", "fr"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["languages_spoken"] == ["lb", "fr"]
    assert not form_of(factories.event(), languages_spoken=["xx"]).is_valid()
