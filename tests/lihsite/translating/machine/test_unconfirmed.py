"""What a machine wrote is to be seen as such wherever somebody decides on it, until confirmed."""

import pytest
from django.urls import reverse

from lihsite.multilingual.machine_marks import mark_machine_translated
from lihsite.multilingual.publishing import preflight
from lihsite.multilingual.states import State
from lihsite.translating.next_page import next_to_translate
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of, draft_of
from tests.lihsite.translating.test_translate_view import posted
from tests.lihsite.translating.workspace import account, desk, listed, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """A page of which a machine has written the French title, and a person the rest."""
    home = factories.home()
    accounts(home)
    page = factories.content_page(home, live_in=("en",), title_en="Careers", summary_en="Work here")
    page.title_fr, page.summary_fr = "Carrières", "Travailler ici"
    mark_machine_translated(page, "fr", {"title": "Carrières"})
    page.save_revision()
    return page


def translate_url(page):
    return reverse("translating:translate", args=[page.pk, "fr"])


def save(page, **data):
    response = client_of("french").post(translate_url(page), posted(page, "fr", **data))
    assert response.status_code == 302


def by_machine(page) -> list[str]:
    response = client_of("french").get(translate_url(page))
    segments = response.context["source_data"]["segments"]
    return [segment["name"] for segment in segments if segment["isByMachine"]]


def french(page):
    return next(one for one in preflight(page) if one.language == "fr")


def test_it_is_marked_beside_its_source_and_counted(page):
    assert by_machine(page) == ["title"]
    assert (state(page).state, state(page).by_machine) == (State.UP_TO_DATE, 1)


@pytest.mark.parametrize("decision", [{"confirmed": ["title"]}, {"title_fr": "Emplois"}])
def test_a_person_confirms_or_edits_it(page, decision):
    save(page, **decision)
    assert by_machine(page) == []
    assert state(page).by_machine == 0
    assert french(page).is_ready


def test_another_edit_leaves_it_unconfirmed(page):
    save(page, summary_fr="Venez travailler")
    assert by_machine(page) == ["title"]


def test_it_is_told_before_it_is_published(page):
    assert [one.text for one in french(page).by_machine] == ["Careers"]
    assert not french(page).is_ready
    client = client_of("reviewer", "en")
    response = client.post(
        translate_url(page), posted(page, "fr", **{"action-publish-translation": "1"})
    )
    asked = client.get(response.headers["Location"])
    assert "1 text by machine, not yet confirmed" in asked.text
    assert not draft_of(page).live_in_fr


def test_the_desk_finds_it_and_leads_on_to_it(page):
    other = factories.content_page(page.get_parent(), title_en="Other", title_fr="Autre")
    other.save_revision()
    query = "language=fr&by_machine=1"
    assert listed("french", query) == [("Careers", "fr")]
    assert "1 text by machine to confirm" in desk("french", query, "en").text
    assert next_to_translate(account("french"), other, "fr").pk == page.pk
    save(page, confirmed=["title"])
    assert listed("french", query) == []


def test_reverting_brings_the_mark_back(page):
    first = draft_of(page).latest_revision
    save(page, confirmed=["title"])
    first.as_object().save_revision(previous_revision=first)
    assert by_machine(page) == ["title"]
