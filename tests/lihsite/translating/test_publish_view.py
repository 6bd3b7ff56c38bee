"""The pre-flight and the buttons that lead to it or past it."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from wagtail.users.models import UserProfile

from lihsite.models import LanguageReview, LanguageSchedule
from lihsite.multilingual import reviews
from lihsite.multilingual.permissions import review_codename
from tests import factories
from tests.lihsite.multilingual.test_publishing import account, change, stored, texts
from tests.lihsite.pages.admin import accounts, client_of, edit_url, posted

pytestmark = pytest.mark.django_db

BEFORE_THE_CLOCKS_CHANGE = "2027-03-01 10:00"


@pytest.fixture
def drafted():
    """Live in all languages; the draft has another title in each, and an outdated German."""
    page = factories.content_page(title_en="Careers", title_fr="Carrières", title_de="Karriere")
    page.save_revision().publish()
    accounts(factories.HomePage.objects.get())
    change(stored(page), title_en="Jobs", title_fr="Emplois")
    return stored(page)


def url(page):
    return reverse("translating:publish", args=[page.pk])


def post(page, action, languages=(), username="reviewer", **data):
    data = {"action": action, "languages": list(languages), **data}
    return client_of(username).post(url(page), data, follow=True)


def rows(response) -> dict:
    """The rows of the table by the value of their checkbox."""
    html = BeautifulSoup(response.content, "html.parser")
    return {
        row.find("input")["value"]: row for row in html.select(".lih-publish__languages tbody tr")
    }


def test_the_preflight_tells_what_each_language_is_missing():
    page = factories.content_page(live_in=("en",), title_en="Careers", summary_en="Work with us")
    page.save_revision().publish()
    change(page, title_de="Karriere")
    accounts(factories.HomePage.objects.get())
    found = rows(client_of("reviewer").get(url(page)))
    assert "Cannot go live without: Title" in found["fr"].text
    assert "1 text untranslated" in found["de"].text
    assert "Work with us" in found["de"].text
    assert "Nothing to publish" in found["en"].text


def test_languages_can_be_chosen_by_the_address(drafted):
    found = rows(client_of("reviewer").get(url(drafted) + "?languages=fr&languages=xx"))
    assert [code for code in ("en", "fr", "de") if "checked" in found[code].input.attrs] == ["fr"]


def test_publishing_the_chosen_languages(drafted):
    response = post(drafted, "publish", ["fr"])
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")
    assert "French published" in response.content.decode()


def test_publishing_all_that_are_ready_leaves_the_outdated_german(drafted):
    post(drafted, "publish_ready")
    assert texts(drafted) == ("Jobs", "Emplois", "Karriere")
    assert "No language is ready" in post(drafted, "publish_ready").content.decode()


def test_what_is_refused_is_said_and_the_choice_is_kept(drafted):
    change(drafted, title_fr="")
    response = post(drafted, "publish", ["fr"])
    assert "French: “Title” is missing." in response.content.decode()
    assert "checked" in rows(response)["fr"].input.attrs


def test_scheduling_and_cancelling(drafted):
    at = timezone.localtime() + timedelta(days=1)
    post(drafted, "publish", ["fr"], at=at.strftime("%Y-%m-%d %H:%M"))
    schedule = LanguageSchedule.objects.get()
    assert (schedule.languages, schedule.action) == (["fr"], "publish")
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")
    assert "Cancel the schedule" in client_of("reviewer").get(url(drafted)).content.decode()
    cancel = reverse("translating:cancel_schedule", args=[drafted.pk, schedule.pk])
    assert client_of("french").post(cancel, follow=True).status_code == 200
    assert LanguageSchedule.objects.exists()
    client_of("reviewer").post(cancel)
    assert not LanguageSchedule.objects.exists()


def test_a_time_that_is_none_changes_nothing_and_is_told(drafted):
    response = post(drafted, "publish", ["fr"], at="soon")
    assert "Enter a valid date/time" in response.content.decode()
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")


@pytest.mark.parametrize(
    ("at", "message"),
    [("2027-03-28 02:30", "does not exist"), ("2027-10-31 02:30", "happens twice")],
)
@freeze_time(BEFORE_THE_CLOCKS_CHANGE)
def test_a_time_at_which_the_clocks_change_is_refused_in_plain_words(drafted, at, message):
    response = post(drafted, "publish", ["fr"], at=at)
    assert f"{at} {message} in Europe/Luxembourg" in response.content.decode()
    assert not LanguageSchedule.objects.exists()


@freeze_time(BEFORE_THE_CLOCKS_CHANGE)
def test_a_time_is_one_of_the_time_zone_in_which_the_user_sees_times(drafted, django_user_model):
    profile = UserProfile.get_for_user(django_user_model.objects.get(username="reviewer"))
    profile.current_time_zone = "America/New_York"
    profile.save()
    post(drafted, "publish", ["fr"], at="2027-03-28 02:30")
    assert LanguageSchedule.objects.get().at == datetime(2027, 3, 28, 6, 30, tzinfo=UTC)


def test_unpublishing_german_by_the_button(drafted):
    post(drafted, "unpublish", ["de"])
    assert stored(drafted).live_languages == ["en", "fr"]


@pytest.mark.parametrize("action", ["publish", "unpublish", "submit"])
def test_a_button_without_a_language_does_nothing_and_says_so(drafted, action):
    response = post(drafted, action)
    assert "Choose at least one language" in response.content.decode()
    assert stored(drafted).live_languages == ["en", "fr", "de"]
    assert not LanguageReview.objects.exists()


def test_what_is_not_live_is_not_said_to_be_unpublished(drafted):
    post(drafted, "unpublish", ["de"])
    said = post(drafted, "unpublish", ["fr", "de"]).content.decode()
    assert "French unpublished" in said
    assert "German" not in BeautifulSoup(said, "html.parser").select_one(".messages").text


def test_languages_are_submitted_together_or_not_at_all(drafted):
    response = post(drafted, "submit", ["fr", "de"], username="french")
    said = BeautifulSoup(response.content, "html.parser").select_one(".messages").text
    assert "allemand" in said.lower()
    assert not LanguageReview.objects.exists()


def test_what_is_scheduled_to_be_unpublished_is_said_to_be(drafted):
    at = timezone.localtime() + timedelta(days=1)
    response = post(drafted, "unpublish", ["de"], at=at.strftime("%Y-%m-%d %H:%M"))
    assert "German scheduled to be unpublished on" in response.content.decode()
    assert stored(drafted).live_languages == ["en", "fr", "de"]


def test_shared_fields_that_are_scheduled_alone_have_a_name(drafted):
    change(drafted, show_in_menus=True)
    at = timezone.localtime() + timedelta(days=1)
    response = post(drafted, "publish", at=at.strftime("%Y-%m-%d %H:%M"), with_shared="on")
    said = BeautifulSoup(response.content, "html.parser").select_one(".messages").text
    assert "The shared fields scheduled for" in said
    shown = client_of("reviewer").get(url(drafted)).content.decode()
    assert "The shared fields: publish on" in shown


def test_a_failed_schedule_is_shown_with_its_reason(drafted):
    LanguageSchedule.objects.create(
        page=drafted,
        action="publish",
        languages=["fr"],
        at=timezone.now(),
        failed_at=timezone.now(),
        error="French: “Title” is missing.",
    )
    content = client_of("reviewer").get(url(drafted)).content.decode()
    assert "It could not be done: French: “Title” is missing." in content


def test_a_translator_may_submit_but_not_publish(drafted):
    found = rows(client_of("french").get(url(drafted)))
    assert [code for code in found if "disabled" in found[code].input.attrs] == ["en", "de"]
    post(drafted, "publish", ["fr"], username="french")
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")
    post(drafted, "submit", ["fr"], username="french", comment="Merci")
    assert LanguageReview.objects.get().comment == "Merci"


def test_nobody_without_rights_on_the_page_gets_in(drafted, django_user_model):
    stranger = django_user_model.objects.create_user("stranger", is_staff=True)
    stranger.groups.set([])
    assert client_of("stranger").get(url(drafted)).status_code == 302
    missing = reverse("translating:publish", args=[999_999])
    assert client_of("admin").get(missing).status_code == 404


def test_a_schedule_of_the_whole_page_is_told(drafted):
    later = draft(drafted)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()
    assert "The whole page is scheduled for" in client_of("reviewer").get(url(drafted)).text


# The buttons of the edit form


def press(page, username="reviewer", languages=("en",), **button):
    data = {**posted(draft(page), languages), **button}
    return client_of(username).post(edit_url(page), data)


def draft(page):
    return stored(page).get_latest_revision_as_object()


def test_a_button_saves_the_draft_and_publishes_a_language_that_is_ready(drafted):
    response = press(
        drafted, languages=["fr"], title_fr="Postes", **{"action-publish-language": "fr"}
    )
    assert response.url == edit_url(drafted)
    assert texts(drafted) == ("Careers", "Postes", "Karriere")


def test_a_button_asks_first_where_something_is_outdated(drafted):
    response = press(drafted, **{"action-publish-language": "de"})
    assert response.url.startswith(url(drafted) + "?languages=de")
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")


def test_a_button_publishes_all_that_are_ready(drafted):
    press(drafted, **{"action-publish-language": "ready"})
    assert texts(drafted) == ("Jobs", "Emplois", "Karriere")


def test_a_translator_submits_with_a_button(drafted):
    response = press(
        drafted, username="french", languages=["fr"], **{"action-submit-language": "fr"}
    )
    assert response.url == edit_url(drafted)
    assert LanguageReview.objects.get().language == "fr"
    html = client_of("french", "en").get(edit_url(drafted)).content.decode()
    assert "Submit French again for review" in html


def test_the_edit_form_says_in_its_status_that_changes_were_requested(drafted, review):
    reviews.request_changes(review)
    html = client_of("french", "en").get(edit_url(drafted)).content.decode()
    assert "French: changes requested on" in html


def test_the_buttons_are_those_that_the_user_may_press(drafted):
    def buttons(username):
        html = BeautifulSoup(client_of(username).get(edit_url(drafted)).content, "html.parser")
        names = "[name=action-publish-language], [name=action-submit-language]"
        return [button["value"] for button in html.select(names)]

    assert buttons("reviewer") == ["en", "fr", "de", "ready", "choose"]
    assert buttons("french") == ["fr"]


# Reviews


@pytest.fixture
def review(drafted, django_user_model):
    return reviews.submit(drafted, "fr", user=django_user_model.objects.get(username="french"))


def review_url(review):
    return reverse("translating:review", args=[review.pk])


def test_a_review_shows_the_differences_of_its_language_alone(review):
    content = client_of("reviewer").get(review_url(review)).content.decode()
    assert "Emplois" in content
    assert "Jobs" not in BeautifulSoup(content, "html.parser").select_one("table").text


@pytest.mark.parametrize("was_published", [False, True])
def test_a_review_of_a_language_that_is_not_live_shows_all_of_its_texts(
    was_published, django_user_model
):
    page = factories.content_page(live_in=("en",), title_fr="Carrières", summary_fr="Venez")
    if was_published:
        page.save_revision().publish()
    else:
        page.live = False
        page.save()
        page.save_revision()
    accounts(factories.HomePage.objects.get())
    review = reviews.submit(stored(page), "fr", user=account(django_user_model, "french"))
    content = client_of("reviewer").get(review_url(review)).content
    table = BeautifulSoup(content, "html.parser").select_one("main table").text
    assert "Carrières" in table
    assert "Venez" in table


@pytest.fixture
def event():
    """Live; the draft has another status."""
    event = factories.event(title_en="Open day", title_fr="Portes ouvertes")
    event.save_revision().publish()
    accounts(factories.HomePage.objects.get())
    return change(event, status="postponed")


def shown_tables(review, username="reviewer") -> list[str]:
    html = BeautifulSoup(client_of(username).get(review_url(review)).content, "html.parser")
    return [table.text for table in html.select("main table")]


def test_a_review_of_the_source_shows_the_shared_fields_that_would_go_live_with_it(event):
    texts, shared = shown_tables(reviews.submit(change(event, title_en="Open house"), "en"))
    assert "house" in texts
    assert "Status" not in texts
    assert "Status" in shared
    assert "Postponed" in shared


def test_a_review_that_changes_shared_fields_alone_shows_these_alone(event):
    [shared] = shown_tables(reviews.submit(event, "en"))
    assert "Postponed" in shared
    assert "no differences" not in shared


def test_it_shows_none_that_the_draft_leaves_as_it_is_and_were_published_meanwhile(event):
    review = reviews.submit(change(event, status="scheduled", title_en="Open house"), "en")
    change(event, title_en="Open day", status="cancelled").latest_revision.publish()
    [texts] = shown_tables(review)
    assert "house" in texts


def test_a_review_shows_no_shared_fields_that_stay_where_they_are(event, django_user_model):
    assert len(shown_tables(reviews.submit(event, "fr"))) == 1
    account(django_user_model, "french").user_permissions.add(permission("en"))
    english = reviews.submit(change(event, title_en="Open house"), "en")
    assert len(shown_tables(english, "french")) == 1
    assert len(shown_tables(english, "german")) == 2
    reviews.approve(english)
    assert len(shown_tables(english)) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_review_of_a_page_that_is_not_live_shows_all_of_its_shared_fields(event, language):
    stored(event).unpublish()
    review = reviews.submit(change(event, go_live_at=timezone.now() + timedelta(1)), language)
    _, shared = shown_tables(review)
    assert "Postponed" in shared
    assert "meet.example.org" in shared
    assert "Go live" not in shared


def test_deciding_in_the_admin(review, drafted):
    client_of("reviewer").post(review_url(review), {"decision": "approve", "comment": "Bien"})
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")
    again = client_of("reviewer").post(review_url(review), {"decision": "approve"}, follow=True)
    assert "decided in the meantime" in again.content.decode()


def test_a_translator_of_another_language_cannot_decide(review):
    client_of("german").post(review_url(review), {"decision": "approve"})
    review.refresh_from_db()
    assert review.is_waiting


def test_reviewers_get_a_mail_in_their_language_and_the_submitter_hears_of_the_decision(
    drafted, django_user_model, django_capture_on_commit_callbacks
):
    french = account(django_user_model, "french")
    german_reader = account(django_user_model, "german")
    german_reader.user_permissions.add(permission("fr"))
    with django_capture_on_commit_callbacks(execute=True):
        review = reviews.submit(drafted, "fr", user=french, comment="Merci")
    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {"admin@example.org", "reviewer@example.org", "german@example.org"}
    assert "Please review" in sent["reviewer@example.org"].subject
    assert "Bitte prüfen" in sent["german@example.org"].subject
    assert review_url(review) in sent["reviewer@example.org"].body
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        reviews.request_changes(review, user=german_reader, comment="Trop long")
    assert [message.to for message in mail.outbox] == [["french@example.org"]]
    assert "Trop long" in mail.outbox[0].body


def permission(language):
    return Permission.objects.get(codename=review_codename(language))
