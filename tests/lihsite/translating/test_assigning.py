"""Translations are assigned to people, who are told, and handed over when somebody leaves."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.machine_marks import mark_machine_translated
from lihsite.multilingual.states import confirm_segments
from lihsite.translating.assigning import assign, hand_over, writers_of
from tests import factories
from tests.lihsite.pages.admin import client_of, draft_of
from tests.lihsite.translating.workspace import ENGLISH_ONLY, account, people, redraft, state

pytestmark = pytest.mark.django_db

ASSIGN = reverse("wagtail_bulk_action", args=["lihsite", "translationstate", "assign"])
UNASSIGN = reverse("wagtail_bulk_action", args=["lihsite", "translationstate", "unassign"])


@pytest.fixture
def home():
    return people()


@pytest.fixture
def careers(home):
    return factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Careers")


@pytest.fixture
def school(careers):
    return factories.content_page(careers, live_in=ENGLISH_ONLY, title_en="Doctoral school")


def ids(*states) -> str:
    return "&".join(f"id={one.pk}" for one in states)


def work(username):
    return [
        (one.state.title, one.state.language)
        for one in Assignment.objects.open().filter(assignee=account(username)).by_urgency()
    ]


def test_several_translations_are_assigned_at_once_and_told_in_one_mail(
    careers, school, django_capture_on_commit_callbacks
):
    due = timezone.localdate() + timedelta(days=7)
    UserProfile.objects.filter(user=account("french")).update(preferred_language="fr")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of("editor").post(
            f"{ASSIGN}?{ids(state(careers), state(school))}&next=/admin/translating/",
            {"assignee": account("french").pk, "due_on": due.isoformat(), "note": "For the fair"},
        )
    assert answer.status_code == 302
    assert sorted(work("french")) == [("Careers", "fr"), ("Doctoral school", "fr")]
    (letter,) = mail.outbox
    assert letter.to == ["french@example.org"]
    assert "2 traductions" in letter.subject
    assert "Careers (Français)" in letter.body
    assert "For the fair" in letter.body
    assert "/admin/translating/?assignee=me" in letter.body


def test_all_that_the_desk_lists_are_assigned(careers, school):
    client_of("editor").post(
        f"{ASSIGN}?id=all&language=de&q=school&next=/admin/translating/",
        {"assignee": account("german").pk},
    )
    assert work("german") == [("Doctoral school", "de")]


def test_two_who_assign_at_once_wait_for_each_other_at_the_translations(careers, school):
    """SQLite locks no rows, but reads them in the same order."""
    states = [state(school), state(careers)]
    with CaptureQueriesContext(connection) as queries:
        assign(states, account("french"))
    asked = [query["sql"] for query in queries]
    locked = next(
        place for place, sql in enumerate(asked) if 'FROM "lihsite_translationstate"' in sql
    )
    written = next(place for place, sql in enumerate(asked) if '"lihsite_assignment"' in sql)
    assert locked < written
    assert "ORDER BY" in asked[locked]


def test_whoever_may_not_write_the_language_cannot_be_asked(careers):
    answer = client_of("editor").post(
        f"{ASSIGN}?{ids(state(careers, 'de'), state(careers))}&next=/admin/translating/",
        {"assignee": account("french").pk},
    )
    assert answer.status_code == 200
    assert "French Demo may not write German." in answer.content.decode()
    assert not Assignment.objects.exists()
    with pytest.raises(ValueError, match="de"):
        assign([state(careers, "de")], account("french"))


def test_a_translator_assigns_in_their_own_language_only(careers):
    rows = ids(state(careers), state(careers, "de"))
    client_of("french").post(f"{ASSIGN}?{rows}", {"assignee": account("french").pk})
    assert work("french") == [("Careers", "fr")]
    assert Assignment.objects.count() == 1


def test_a_new_assignee_takes_the_place_of_the_old_one(careers):
    assign([state(careers)], account("french"))
    assign([state(careers)], account("editor"))
    assert work("french") == []
    assert work("editor") == [("Careers", "fr")]


def test_what_is_up_to_date_is_not_assigned(home):
    done = factories.content_page(home, title_en="Done")
    assert assign([state(done)], account("french")) == []


def test_an_assignment_is_done_once_the_translation_is_up_to_date(careers):
    assign([state(careers), state(careers, "de")], account("editor"))
    redraft(careers, title_fr="Carrières")
    assert work("editor") == [("Careers", "de")]
    assert Assignment.objects.get(state=state(careers)).done_at


def test_what_a_machine_wrote_is_work_until_a_person_confirms_it(careers):
    assign([state(careers)], account("french"))
    draft = draft_of(careers)
    draft.title_fr = "Carrières"
    mark_machine_translated(draft, "fr", {"title": "Carrières"})
    draft.save_revision()
    assert work("french") == [("Careers", "fr")]
    assert len(assign([state(careers)], account("editor"))) == 1
    draft = draft_of(careers)
    confirm_segments(draft, "fr", ["title"])
    draft.save_revision()
    assert work("editor") == []


def test_translations_are_assigned_to_nobody(careers):
    assign([state(careers)], account("french"))
    client_of("editor").post(f"{UNASSIGN}?{ids(state(careers))}")
    assert not Assignment.objects.exists()


def test_a_past_day_is_no_due_date(careers):
    answer = client_of("editor").post(
        f"{ASSIGN}?{ids(state(careers))}",
        {"assignee": account("french").pk, "due_on": "2020-01-01"},
    )
    assert "This day is past." in answer.content.decode()


def test_all_work_of_a_person_is_handed_over_in_one_step(
    careers, school, django_capture_on_commit_callbacks
):
    due = timezone.localdate()
    assign([state(careers), state(school)], account("french"), due_on=due, note="Soon")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of("editor").post(
            reverse("translating:hand_over"),
            {"person": account("french").pk, "successor": account("reviewer").pk},
            follow=True,
        )
    assert "2 translations were handed over to Reviewer Demo." in answer.content.decode()
    assert work("french") == []
    assert len(work("reviewer")) == 2
    assert {(one.due_on, one.note) for one in Assignment.objects.all()} == {(due, "Soon")}
    assert [letter.to for letter in mail.outbox] == [["reviewer@example.org"]]


def test_what_a_successor_may_not_write_stays(careers):
    assign([state(careers), state(careers, "de")], account("editor"))
    assert hand_over(account("editor"), account("french")) == (1, 1)
    assert work("editor") == [("Careers", "de")]
    assert work("french") == [("Careers", "fr")]


def test_a_translator_hands_nothing_over(home):
    assert client_of("french").get(reverse("translating:hand_over")).status_code == 302


def test_nobody_hands_over_to_themselves(careers):
    assign([state(careers)], account("editor"))
    pk = account("editor").pk
    answer = client_of("admin").post(
        reverse("translating:hand_over"), {"person": pk, "successor": pk}
    )
    assert "Choose two different people." in answer.content.decode()


def test_the_writers_of_a_language_are_its_translators_and_the_editors(home):
    names = {person.username for person in writers_of(["fr"])}
    assert names == {"admin", "editor", "reviewer", "french"}


def test_a_deleted_page_leaves_no_assignments(careers):
    assign([state(careers)], account("french"))
    careers.delete()
    assert not Assignment.objects.exists()
