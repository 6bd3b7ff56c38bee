"""What a segment was translated from is kept once the source changes, and can be confirmed."""

import pytest

from home.models import ContentPage
from lihsite.models import SourceText
from lihsite.multilingual.segments import fingerprint
from lihsite.multilingual.source_texts import remember, remembered
from lihsite.multilingual.states import State, confirm_segments
from tests import factories

pytestmark = pytest.mark.django_db

WITH, FOR = fingerprint("Work with us"), fingerprint("Work for us")


@pytest.fixture
def careers():
    """A page that is translated into French, and has begun in no other language."""
    page = factories.content_page(
        live_in=("en",), title_en="Careers", summary_en="Work with us", body_en=[people()]
    )
    return draft(page, title_fr="Carrières", summary_fr="Travailler avec nous", body_fr=[people()])


def people():
    return {"type": "related_pages", "id": "people", "value": {"title": "", "pages": []}}


def draft(page, **values):
    page = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision()
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def state(page):
    return page.translation_states.get(language="fr").state


def test_a_source_text_is_kept_when_it_changes_under_its_translation(careers):
    assert not SourceText.objects.exists()
    draft(careers, summary_en="Work for us")
    assert remembered([WITH]) == {WITH: "Work with us"}
    draft(careers, summary_en="Work for all of us")
    assert set(remembered([WITH, FOR])) == {WITH}


def test_a_text_is_kept_once(django_assert_num_queries):
    remember(["One", "Two", "One"])
    with django_assert_num_queries(1):
        remember(["Two", "One"])
    with django_assert_num_queries(0):
        remember([])
    assert SourceText.objects.count() == 2


def test_a_translation_of_what_was_seen_is_outdated_by_what_was_not(careers):
    careers = draft(careers, summary_en="Work for us")
    careers.summary_fr = "Travailler avec nous !"
    careers.seen_sources = {"fr": {"summary": WITH}}
    careers.save_revision()
    assert state(careers) == State.OUTDATED
    careers.seen_sources = {"fr": {"summary": FOR}}
    careers.summary_fr = "Travailler pour nous"
    careers.save_revision()
    assert state(careers) == State.UP_TO_DATE


def test_a_segment_that_is_still_right_is_confirmed_and_stays_so(careers):
    careers = draft(careers, summary_en="Work for us")
    assert state(careers) == State.OUTDATED
    confirm_segments(careers, "fr", ["summary", "body.unknown", "seo_title"])
    careers.save_revision()
    assert state(careers) == State.UP_TO_DATE
    careers = draft(careers, title_fr="Emplois")
    assert state(careers) == State.UP_TO_DATE
    assert "seo_title" not in careers.translation_sources["fr"]


def test_what_the_source_no_longer_has_is_still_known_to_come_from_it(careers):
    careers = draft(careers, summary_en="", body_en=[])
    recorded = careers.translation_sources["fr"]
    assert recorded["summary"] == WITH
    assert recorded["body.people"] == ""
    own = {**people(), "id": "own"}
    careers = draft(careers, body_fr=[people(), own])
    assert "body.people" in careers.translation_sources["fr"]
    assert "body.own" not in careers.translation_sources["fr"]
