"""Translations are compared with the source that visitors get, too, right after each save."""

import pytest
from freezegun import freeze_time

from home.models import ContentPage
from lihsite.multilingual import reviews
from lihsite.multilingual.publishing import publish_languages, unpublish_languages
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import states_of
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.translating.workspace import redraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def careers():
    """Live in English and French, and so translated."""
    return factories.content_page(live_in=("en", "fr"), title_en="Careers", title_fr="Carrières")


def states(page):
    """The state of the French as compared with the draft, and with the published source."""
    row = states_of(page)["fr"]
    return row.state, row.published_state


def stored(page):
    return ContentPage.objects.get(pk=page.pk)


def test_a_draft_of_the_source_outdates_nothing_for_visitors_until_it_is_live(careers):
    redraft(careers, title_en="Careers and jobs")
    assert states(careers) == (State.OUTDATED, State.UP_TO_DATE)
    with freeze_time("2026-03-01 08:00"):
        publish_languages(stored(careers), ["en"])
    row = states_of(careers)["fr"]
    assert (row.state, row.published_state) == (State.OUTDATED, State.OUTDATED)
    assert (row.published_outdated, row.published_words_to_do) == (1, 3)
    assert row.published_outdated_since.isoformat() == "2026-03-01T08:00:00+00:00"


def test_what_was_outdated_stays_so_since_then(careers):
    with freeze_time("2026-03-01 08:00"):
        redraft(careers, title_en="Jobs")
        publish_languages(stored(careers), ["en"])
    redraft(careers, summary_en="New")
    publish_languages(stored(careers), ["en"])
    assert states_of(careers)["fr"].published_outdated_since.day == 1


def test_what_translates_a_newer_draft_is_not_behind_the_published_source(careers):
    redraft(careers, title_en="Jobs")
    redraft(careers, title_fr="Emplois")
    assert states(careers) == (State.UP_TO_DATE, State.UP_TO_DATE)
    publish_languages(stored(careers), ["en", "fr"])
    assert states(careers) == (State.UP_TO_DATE, State.UP_TO_DATE)


def test_a_text_that_only_the_draft_has_is_to_do_in_the_draft_alone(careers):
    redraft(careers, summary_en="Work with us")
    row = states_of(careers)["fr"]
    assert (row.segments, row.words_to_do) == (2, 3)
    assert (row.published_segments, row.published_words_to_do) == (1, 0)


def test_nobody_is_asked_for_what_the_draft_has_no_more(careers):
    redraft(careers, summary_en="Work with us")
    publish_languages(stored(careers), ["en"])
    assert states(careers) == (State.IN_PROGRESS, State.IN_PROGRESS)
    redraft(careers, summary_en="")
    assert states(careers) == (State.UP_TO_DATE, State.UP_TO_DATE)


def test_a_source_that_is_not_live_is_nothing_to_compare_with(careers):
    unpublish_languages(stored(careers), ["en"])
    assert states_of(careers)["fr"].published_segments == 0
    publish_languages(stored(careers), ["en"])
    assert states_of(careers)["fr"].published_segments == 1
    stored(careers).unpublish()
    assert states_of(careers)["fr"].published_segments == 0
    assert states(careers)[0] == State.UP_TO_DATE


def test_the_whole_pages_publication_counts_as_well(careers):
    redraft(careers, title_en="Jobs")
    stored(careers).get_latest_revision().publish()
    assert states(careers) == (State.OUTDATED, State.OUTDATED)


def test_an_older_draft_that_goes_live_is_what_both_count(careers):
    redraft(careers, summary_en="Work with us")
    submitted = reviews.submit(stored(careers), "fr")
    redraft(careers, summary_fr="Travailler ici")
    stored(careers).get_latest_revision().publish()
    assert states(careers) == (State.UP_TO_DATE, State.UP_TO_DATE)
    reviews.approve(submitted)
    assert states(careers) == (State.IN_PROGRESS, State.IN_PROGRESS)
    assert states_of(careers)["fr"].words_to_do == 3


def test_where_there_are_no_drafts_both_say_the_same():
    report = library.document(title_en="Report")
    report.title_fr = "Rapport"
    report.save()
    assert states(report) == (State.UP_TO_DATE, State.UP_TO_DATE)
    report.title_en = "Annual report"
    report.save()
    assert states(report) == (State.OUTDATED, State.OUTDATED)
