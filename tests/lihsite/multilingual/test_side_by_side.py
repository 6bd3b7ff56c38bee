"""Wagtail's workflow and schedule of the whole page, and ours of languages, side by side."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from lihsite.models import LanguageReview, LanguageSchedule
from lihsite.multilingual import reviews
from lihsite.multilingual.publishing import publish_languages, unpublish_languages
from lihsite.multilingual.schedules import schedule_languages
from tests import factories
from tests.lihsite.multilingual.test_publishing import change, draft_of, stored, texts
from tests.lihsite.pages.admin import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted():
    """Live in all languages; the draft has another title in each."""
    page = factories.content_page(title_en="Careers", title_fr="Carrières", title_de="Karriere")
    page.save_revision().publish()
    accounts(factories.HomePage.objects.get())
    return change(stored(page), title_en="Jobs", title_fr="Emplois", title_de="Stellen")


@pytest.fixture
def workflow(drafted, admin_user):
    """A workflow of the whole page that waits for an approval."""
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=drafted)
    return workflow.start(drafted, admin_user)


def schedule(page, languages, hours=1):
    at = timezone.now() + timedelta(hours=hours)
    return schedule_languages(page, languages, action=LanguageSchedule.Action.PUBLISH, at=at)


def run(hours):
    with freeze_time(timezone.now() + timedelta(hours=hours)):
        call_command("publish_scheduled", stdout=StringIO())


def test_what_waits_by_language_waits_on_while_a_workflow_begins_and_ends(
    drafted, workflow, admin_user
):
    review = reviews.submit(drafted, "fr", user=admin_user)
    waiting = schedule(drafted, ["de"])
    assert stored(drafted).workflow_in_progress
    workflow.current_task_state.approve(user=admin_user)
    assert not stored(drafted).workflow_in_progress
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")
    assert list(LanguageReview.objects.waiting()) == [review]
    assert list(LanguageSchedule.objects.waiting()) == [waiting]


def test_a_workflow_that_is_cancelled_leaves_them_too(drafted, workflow, admin_user):
    review = reviews.submit(drafted, "fr", user=admin_user)
    workflow.cancel(user=admin_user)
    reviews.approve(LanguageReview.objects.get(pk=review.pk), user=admin_user)
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")


def test_a_decision_on_a_language_leaves_the_workflow_waiting(drafted, workflow, admin_user):
    reviews.approve(reviews.submit(drafted, "fr", user=admin_user), user=admin_user)
    reviews.request_changes(reviews.submit(drafted, "de", user=admin_user), user=admin_user)
    schedule(drafted, ["de"])
    run(hours=2)
    unpublish_languages(drafted, ["de"])
    workflow.refresh_from_db()
    assert workflow.status == workflow.STATUS_IN_PROGRESS
    assert stored(drafted).workflow_in_progress


def test_a_workflow_submitted_later_publishes_what_it_was_asked_for(drafted, workflow, admin_user):
    publish_languages(drafted, ["fr"])
    change(drafted, title_fr="Postes")
    workflow.current_task_state.approve(user=admin_user)
    assert texts(drafted)[0] == "Jobs"
    assert texts(drafted)[2] == "Stellen"


def test_a_schedule_of_the_whole_page_leaves_what_waits_by_language(drafted, admin_user):
    review = reviews.submit(drafted, "fr", user=admin_user)
    waiting = schedule(drafted, ["de"], hours=3)
    draft = draft_of(drafted)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()
    assert stored(drafted).scheduled_revision
    run(hours=2)
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")
    assert list(LanguageReview.objects.waiting()) == [review]
    assert list(LanguageSchedule.objects.waiting()) == [waiting]


def test_a_schedule_of_a_language_leaves_that_of_the_whole_page(drafted):
    draft = draft_of(drafted)
    draft.go_live_at = timezone.now() + timedelta(hours=3)
    draft.save_revision().publish()
    schedule(drafted, ["fr"], hours=1)
    run(hours=2)
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")
    assert stored(drafted).scheduled_revision
    run(hours=4)
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")


def test_unpublishing_the_whole_page_leaves_what_waits_by_language_but_publications(
    drafted, admin_user
):
    review = reviews.submit(drafted, "fr", user=admin_user)
    at = timezone.now() + timedelta(hours=1)
    off = schedule_languages(drafted, ["de"], action=LanguageSchedule.Action.UNPUBLISH, at=at)
    other = schedule(factories.content_page(), ["de"])
    schedule(drafted, ["de"])
    stored(drafted).unpublish(user=admin_user)
    assert list(LanguageReview.objects.waiting()) == [review]
    assert list(LanguageSchedule.objects.waiting()) == [off, other]
    run(hours=2)
    assert not stored(drafted).live
