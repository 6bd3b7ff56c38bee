"""The admin's first page shows what waits for the person logged in."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name

from lihsite.multilingual.reviews import request_changes, submit
from lihsite.translating.assigning import assign
from tests import factories
from tests.lihsite.pages.admin import client_of
from tests.lihsite.translating.workspace import ENGLISH_ONLY, account, people, redraft, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def careers():
    return factories.content_page(people(), live_in=ENGLISH_ONLY, title_en="Careers")


def panel(username):
    html = client_of(username, "en").get(reverse("wagtailadmin_home")).content.decode()
    return BeautifulSoup(html, "html.parser").select_one("#translations-waiting-section")


def test_assigned_translations_are_named_with_their_due_dates(careers):
    due = timezone.localdate() - timezone.timedelta(days=1)
    assign([state(careers)], account("french"), due_on=due, note="For the fair")
    found = panel("french")
    assert "Careers" in found.text
    assert "For the fair" in found.text
    assert "was due" in found.text
    assert "Careers" not in panel("german").text


def test_each_language_that_the_person_writes_leads_to_what_is_to_do_in_it(careers):
    redraft(careers, title_fr="Carrières", title_de="Beruf")
    redraft(careers, title_en="Jobs")
    assert [link.text for link in panel("german").select(".lih-progress__part")] == ["outdated 1"]
    (url,) = [link["href"] for link in panel("german").select(".lih-progress__part")]
    rows = client_of("german").get(url).context["table"].data
    assert [(row.title, row.language) for row in rows] == [("Jobs", "de")]
    assert len(panel("editor").select(".lih-progress__part")) == 2


def test_reviews_that_the_person_may_decide_on_are_named(careers):
    redraft(careers, title_fr="Carrières")
    page = type(careers).objects.get(pk=careers.pk)
    review = submit(page, "fr", user=account("french"))
    assert panel("reviewer").select_one(f'a[href*="/reviews/{review.pk}/"]')
    assert not panel("german").select_one(f'a[href*="/reviews/{review.pk}/"]')


def test_changes_that_were_requested_are_named_to_whoever_submitted(careers):
    redraft(careers, title_de="Beruf")
    page = type(careers).objects.get(pk=careers.pk)
    review = submit(page, "de", user=account("german"))
    request_changes(review, user=account("reviewer"), comment="Better “Karriere”")
    found = panel("german")
    address = reverse("translating:translate", args=[careers.pk, "de"])
    assert found.select_one(f'.title a[href="{address}"]').text == "Careers"
    assert "Better “Karriere”" in found.text
    assert str(get_user_display_name(account("reviewer"))) in found.text
    assert "Better “Karriere”" not in panel("french").text


def test_it_says_so_when_nothing_waits(careers):
    redraft(careers, title_fr="Carrières")
    assert "Nothing waits for you" in panel("french").text
