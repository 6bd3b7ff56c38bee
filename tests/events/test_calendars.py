"""Events as iCalendar, read back with a parser of its own."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time
from icalendar import Calendar

from lihsite.local_times import instant
from tests import factories
from tests.event_times import all_day_span

pytestmark = pytest.mark.django_db

PARIS = "Europe/Paris"


@pytest.fixture(autouse=True)
def index():
    factories.home()
    return factories.event_index()


def events(client, address="/en/events/calendar/"):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return Calendar.from_ical(response.content).walk("VEVENT")


def event(**fields):
    fields.setdefault("start", datetime(2026, 12, 1, 9, tzinfo=UTC))
    return factories.event(**fields)


@freeze_time("2026-11-23")
def test_an_event_is_written_with_all_that_a_calendar_shows(client):
    page = event(
        title_en="Open day",
        summary_en="Come, see; ask",
        attendance="in_person",
        venue_name="House, of numbers",
        venue_address="1 Example street\nLuxembourg",
    )
    (found,) = events(client)
    assert found["summary"] == "Open day"
    assert found["description"] == "Come, see; ask"
    assert found["location"] == "House, of numbers, 1 Example street, Luxembourg"
    assert found["url"] == f"http://testserver/en/events/{page.slug}/"
    assert found["uid"] == str(page.translation_key)
    assert found["status"] == "CONFIRMED"
    assert found["dtstamp"].dt.tzinfo is not None


@freeze_time("2026-11-23")
def test_no_control_character_gets_into_a_calendar(client):
    page = event(
        title_en="Open\x0bday\rnow\x08\x7f",
        summary_en="Come\rand\x0csee\x08",
        attendance="in_person",
        venue_name="House\x0bof\x1bnumbers",
        venue_address="1 Example\x08 street\rLuxembourg",
    )
    for address in ("/en/events/calendar/", f"/en/events/{page.slug}/calendar/"):
        content = client.get(address).content
        assert not set(content.replace(b"\r\n", b"")) & {*range(0x20), 0x7F}
        (found,) = events(client, address)
        assert found["summary"] == "Open day now"
        assert found["description"] == "Come\nand\nsee"
        assert found["location"] == "House ofnumbers, 1 Example street, Luxembourg"
    assert Calendar.from_ical(content)["name"] == "Open day now"
    assert Calendar.from_ical(content)["x-wr-calname"] == "Open day now"


@freeze_time("2026-11-23")
def test_the_address_online_is_told_whatever_else_is(client):
    online = {"attendance": "hybrid", "venue_name": "House", "online_url": "https://meet.example/"}
    event(title_en="Plain", **online)
    event(title_en="With summary", summary_en="If a<b and c>d", **online)
    plain, with_summary = sorted(events(client), key=lambda found: found["summary"])
    assert plain["description"] == "https://meet.example/"
    assert with_summary["description"] == "If a<b and c>d\n\nhttps://meet.example/"


@freeze_time("2026-01-01")
@pytest.mark.parametrize(("day", "hour"), [((2026, 3, 28), 9), ((2026, 3, 29), 8)])
def test_the_same_local_hour_is_another_instant_once_the_clocks_have_changed(client, day, hour):
    start = instant(datetime(*day, 10), PARIS)
    event(start=start, end=start.replace(hour=start.hour + 1), time_zone=PARIS)
    (found,) = events(client)
    assert found["dtstart"].dt == datetime(*day, hour, tzinfo=UTC)


@freeze_time("2026-01-01")
def test_days_of_an_all_day_event_are_dates_and_the_end_is_the_day_after(client):
    start, end = all_day_span(date(2026, 3, 28), date(2026, 3, 30), PARIS)
    event(start=start, end=end, all_day=True, time_zone=PARIS)
    (found,) = events(client)
    assert found["dtstart"].dt == date(2026, 3, 28)
    assert found["dtend"].dt == date(2026, 3, 31)


def test_a_cancellation_reaches_calendars_that_have_the_event(client):
    with freeze_time("2026-10-01"):
        page = event(title_en="Open day")
        (before,) = events(client)
    with freeze_time("2026-10-02"):
        page.status = "cancelled"
        page.save_revision().publish()
        (after,) = events(client)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstamp"].dt > before["dtstamp"].dt
    assert after["status"] == "CANCELLED"
    assert after["summary"] == "Cancelled: Open day"


def test_each_of_several_corrections_in_a_minute_is_a_change(client):
    numbers = []
    for second in (10, 20, 30):
        with freeze_time(f"2026-10-01 09:00:{second}"):
            if second == 10:
                page = event(title_en="Open day")
            else:
                page.save_revision().publish()
            numbers.append(events(client)[0]["sequence"])
    assert numbers == sorted(set(numbers))


@freeze_time("2026-11-23")
def test_a_language_subscribes_to_its_own_events(client):
    both = event(title_en="Both", title_de="Beides", live_in=("en", "de"))
    event(title_en="English only", live_in=("en",))
    (german,) = events(client, "/de/veranstaltungen/calendar/")
    assert german["summary"] == "Beides"
    assert german["summary"].params["language"] == "de"
    assert german["uid"] == str(both.translation_key)
    assert len(events(client)) == 2


@freeze_time("2026-11-23")
def test_a_topic_can_be_subscribed_to(client):
    lung = factories.topic(title_en="Lungs")
    event(title_en="About lungs", topics=[lung])
    event(title_en="About nothing")
    found = events(client, f"/en/events/calendar/?topic={lung.pk}")
    assert [one["summary"] for one in found] == ["About lungs"]
    assert client.get("/en/events/calendar/?topic=0").status_code == 404


@freeze_time("2026-11-23")
def test_old_events_leave_the_subscription_and_keep_their_file(client):
    page = event(title_en="Long ago", start=datetime(2020, 1, 1, 9, tzinfo=UTC))
    assert events(client) == []
    (found,) = events(client, f"/en/events/{page.slug}/calendar/")
    assert found["summary"] == "Long ago"


@freeze_time("2026-11-23")
def test_a_calendar_is_no_invitation_and_never_without_a_component(client):
    """RFC 5546, 3.2.1, asks for an organiser where there is a method; RFC 5545, 3.6, for one."""
    for number in (0, 1):
        answer = client.get("/en/events/calendar/").content
        calendar = Calendar.from_ical(answer)
        assert "method" not in calendar
        assert len(calendar.walk("VEVENT")) == number
        assert calendar.subcomponents
        event()


@freeze_time("2026-11-23")
@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_an_event_that_does_not_take_place_then_is_not_offered_to_calendars(client, status):
    page = event(status=status)
    html = client.get(f"/en/events/{page.slug}/").content.decode()
    assert "Add to calendar" not in html
    assert "calendar.google.com" not in html


@freeze_time("2026-11-23")
def test_an_event_offers_the_forms_of_calendar_services(client):
    page = event(title_en="Open day")
    html = client.get(f"/en/events/{page.slug}/").content.decode()
    assert "calendar.google.com/calendar/render?action=TEMPLATE&amp;text=Open+day" in html
    assert "dates=20261201T090000Z%2F20261201T110000Z" in html
    assert "outlook.live.com" in html
    assert "Add to calendar" in html
    assert f'href="/en/events/{page.slug}/calendar/"' in html


@freeze_time("2026-11-23")
def test_the_list_offers_a_subscription(client):
    html = client.get("/en/events/").content.decode()
    assert 'href="webcal://testserver/en/events/calendar/"' in html
