"""What may be published: a draft may be incomplete; what is live has what it needs."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage
from home.models import ContentPage
from tests import factories
from tests.lihsite.multilingual.matrix.site import page_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def careers():
    careers = factories.content_page(live_in=("en",), title_en="Careers")
    careers.save_revision().publish()
    return ContentPage.objects.get(pk=careers.pk)


def save(client, careers, **changes):
    url = reverse("wagtailadmin_pages:edit", args=[careers.pk])
    return client.post(url, page_data(careers, **changes))


def stored(careers):
    return ContentPage.objects.get(pk=careers.pk)


@pytest.fixture
def incomplete(careers):
    """A page whose draft is to go live in French, where it has no title."""
    careers.live_in_fr, careers.title_en = True, "Jobs"
    careers.save_revision()
    return careers


def test_publishing_without_the_form_leaves_an_incomplete_translation_out(incomplete):
    incomplete.latest_revision.publish()
    assert stored(incomplete).title_en == "Jobs"
    assert stored(incomplete).live_languages == ["en"]


def test_publishing_in_bulk_leaves_an_incomplete_translation_out(admin_client, incomplete):
    url = f"/admin/bulk/lihsite/basepage/publish/?next=/admin/&id={incomplete.pk}"
    assert admin_client.post(url).status_code == 302
    assert stored(incomplete).live_languages == ["en"]


def test_publishing_in_bulk_says_which_page_cannot_go_live_and_leaves_all_as_they_were(
    admin_client, careers
):
    careers.title_en = "Jobs"
    careers.save_revision()
    event = factories.event(live_in=(), title_en="A talk")
    event.attendance, event.venue_name_en = EventPage.Attendance.IN_PERSON, ""
    event.save_revision()
    url = f"/admin/bulk/lihsite/basepage/publish/?next=/admin/&id={careers.pk}&id={event.pk}"
    page = admin_client.post(url, follow=True)
    assert "A talk: Name the venue" in page.content.decode()
    assert stored(careers).title_en == "Careers"
    assert not EventPage.objects.get(pk=event.pk).live


def test_a_schedule_leaves_an_incomplete_translation_out(incomplete):
    careers = incomplete.get_latest_revision_as_object()
    careers.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", stdout=StringIO())
    assert stored(incomplete).title_en == "Jobs"
    assert stored(incomplete).live_languages == ["en"]


def test_a_page_that_cannot_be_published_keeps_no_other_from_its_schedule(careers, caplog):
    event = factories.event(live_in=(), title_en="A talk")
    event.attendance, event.venue_name_en = EventPage.Attendance.IN_PERSON, ""
    event.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=2))
    careers.title_en = "Jobs"
    careers.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", stdout=StringIO())
    assert stored(careers).title_en == "Jobs"
    assert not EventPage.objects.get(pk=event.pk).live
    assert "A talk" in caplog.text
    assert "Name the venue" in caplog.text
    assert event.get_latest_revision().approved_go_live_at


def test_a_page_that_expires_goes_off_line_by_its_schedule(careers):
    ContentPage.objects.filter(pk=careers.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled", stdout=StringIO())
    careers = stored(careers)
    assert (careers.live, careers.expired) == (False, True)


def test_the_source_language_is_fixed_once_the_page_was_published(admin_client, careers):
    save(admin_client, careers, title_fr="Carrières", source_language="fr")
    assert stored(careers).get_latest_revision_as_object().source_language == "en"
    careers.source_language = "fr"
    with pytest.raises(ValidationError) as raised:
        careers.full_clean()
    assert "source_language" in raised.value.message_dict


def test_the_source_language_of_a_draft_can_be_changed(admin_client):
    draft = factories.content_page(live_in=(), title_en="Careers", title_fr="Carrières")
    assert save(admin_client, draft, source_language="fr").status_code == 302
    assert stored(draft).get_latest_revision_as_object().source_language == "fr"
    assert stored(draft).get_latest_revision_as_object().title == "Carrières"
