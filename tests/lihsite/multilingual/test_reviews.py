"""Reviews of a language: what was read is what goes live, and nobody else is held up."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from lihsite.models import LanguageReview
from lihsite.multilingual import reviews
from lihsite.multilingual.publishing import preflight, publish_languages
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
def people(drafted, django_user_model):
    """The demonstration's accounts by name, and a reviewer of French alone."""
    people = {user.username: user for user in django_user_model.objects.all()}
    reviewer = django_user_model.objects.create_user("relectrice", email="relectrice@example.org")
    reviewer.groups.set(people["french"].groups.all())
    reviewer.user_permissions.add(Permission.objects.get(codename="review_fr"))
    return {**people, "relectrice": reviewer}


def test_approving_publishes_the_french_that_was_reviewed(drafted, people):
    review = reviews.submit(drafted, "fr", user=people["french"])
    change(drafted, title_fr="Postes")
    reviews.approve(review, user=people["relectrice"])
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")
    assert draft_of(drafted).title_fr == "Postes"
    review.refresh_from_db()
    assert (review.state, review.decided_by) == ("approved", people["relectrice"])


def test_a_later_change_in_german_does_not_undo_it(drafted, people):
    review = reviews.submit(drafted, "fr", user=people["french"])
    change(drafted, title_de="Berufe")
    publish_languages(drafted, ["de"])
    assert review.state == "waiting"
    reviews.approve(review, user=people["relectrice"])
    change(drafted, title_de="Arbeit")
    publish_languages(drafted, ["de"])
    assert texts(drafted) == ("Careers", "Emplois", "Arbeit")


def test_a_review_locks_nobody_out_and_starts_no_workflow(drafted, people):
    reviews.submit(drafted, "fr", user=people["french"])
    assert stored(drafted).get_lock() is None
    assert not stored(drafted).workflow_in_progress


def test_asking_for_changes_publishes_nothing(drafted, people):
    review = reviews.submit(drafted, "fr", user=people["french"])
    reviews.request_changes(review, user=people["relectrice"], comment="Trop long")
    assert stored(drafted).title_fr == "Carrières"
    assert LanguageReview.objects.get().decision_comment == "Trop long"


def test_a_language_is_sent_back_until_it_is_submitted_again(drafted, people):
    reviews.request_changes(reviews.submit(drafted, "de", user=people["german"]))
    review = reviews.submit(drafted, "fr", user=people["french"])
    sent_back = LanguageReview.objects.for_submitter
    assert sent_back(people["french"]) == []
    reviews.request_changes(review, user=people["relectrice"])
    assert sent_back(people["french"]) == [review]
    assert reviews.open_review(drafted, "fr") == review
    again = reviews.submit(drafted, "fr", user=people["french"])
    assert sent_back(people["french"]) == []
    assert reviews.open_review(drafted, "fr") == again
    assert [one.language for one in sent_back(people["german"])] == ["de"]


def test_a_language_is_sent_back_until_it_is_published(drafted, people):
    for language, name in (("fr", "french"), ("de", "german")):
        reviews.request_changes(reviews.submit(drafted, language, user=people[name]))
    publish_languages(drafted, ["fr"])
    assert LanguageReview.objects.for_submitter(people["french"]) == []
    assert reviews.open_review(drafted, "fr") is None
    assert reviews.open_review(drafted, "de")
    stored(drafted).latest_revision.publish()
    assert reviews.open_review(drafted, "de") is None


def test_submitting_again_replaces_the_earlier_request(drafted, people):
    first = reviews.submit(drafted, "fr", user=people["french"])
    second = reviews.submit(drafted, "fr", user=people["french"])
    assert list(LanguageReview.objects.waiting()) == [second]
    with pytest.raises(ValidationError, match="meantime"):
        reviews.approve(first, user=people["relectrice"])


def test_what_cannot_go_live_is_not_approved(drafted, people):
    change(drafted, title_fr="")
    review = reviews.submit(drafted, "fr", user=people["french"])
    with pytest.raises(ValidationError, match="Title"):
        reviews.approve(review, user=people["relectrice"])
    review.refresh_from_db()
    assert review.is_waiting


def test_who_may_submit_and_decide(drafted, people):
    with pytest.raises(PermissionDenied):
        reviews.submit(drafted, "de", user=people["french"])
    review = reviews.submit(drafted, "de", user=people["german"])
    for name in ("french", "relectrice", "german", "editor"):
        with pytest.raises(PermissionDenied):
            reviews.approve(review, user=people[name])
    with pytest.raises(PermissionDenied):
        reviews.withdraw(review, user=people["french"])
    reviews.withdraw(review, user=people["german"])
    assert not LanguageReview.objects.waiting().exists()


def test_a_reviewer_sees_what_waits_for_them(drafted, people):
    french = reviews.submit(drafted, "fr", user=people["french"])
    german = reviews.submit(drafted, "de", user=people["german"])
    waiting = LanguageReview.objects.for_reviewer
    assert waiting(people["relectrice"]) == [french]
    assert waiting(people["reviewer"]) == [french, german]
    assert waiting(people["german"]) == []


def test_lists_of_reviews_are_read_without_their_drafts(drafted, people):
    reviews.submit(drafted, "fr", user=people["french"])
    reviews.request_changes(reviews.submit(drafted, "de", user=people["german"]))
    [waiting] = LanguageReview.objects.for_reviewer(people["reviewer"])
    [sent_back] = LanguageReview.objects.for_submitter(people["german"])
    for review in (waiting, sent_back):
        assert review.get_deferred_fields() == {"content", "shared_base"}


def test_the_preflight_knows_the_review_that_waits(drafted, people):
    review = reviews.submit(drafted, "fr", user=people["french"])
    assert [readiness.review for readiness in preflight(drafted)] == [None, review, None]


def test_a_review_knows_that_the_draft_has_moved_on(drafted, people):
    review = reviews.submit(drafted, "fr", user=people["french"])
    change(drafted, title_de="Berufe")
    assert not LanguageReview.objects.get(pk=review.pk).draft_moved_on()
    change(drafted, title_fr="Postes")
    assert LanguageReview.objects.get(pk=review.pk).draft_moved_on()


def test_reviewers_are_those_who_may_publish_the_language(drafted, people):
    names = {person.username for person in reviews.reviewers(drafted, "fr")}
    assert names == {"admin", "reviewer", "relectrice"}
    assert "relectrice" not in {one.username for one in reviews.reviewers(drafted, "de")}
