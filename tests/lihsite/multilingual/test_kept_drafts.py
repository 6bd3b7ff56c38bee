"""A draft that waits for its review or its hour undoes nothing that is published meanwhile."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from events.models import EventPage
from lihsite.models import LanguageReview, LanguageSchedule
from lihsite.multilingual import reviews
from lihsite.multilingual.publishing import publish_languages
from lihsite.multilingual.schedules import schedule_languages
from news.models import NewsPage
from tests import factories
from tests.lihsite.multilingual.test_publishing import change, draft_of, stored
from tests.lihsite.pages.admin import accounts, client_of, create_url, edit_url

pytestmark = pytest.mark.django_db


def in_days(days):
    """An hour to come, without the fractions that contents of revisions leave out."""
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


def run(hours):
    with freeze_time(timezone.now() + timedelta(hours=hours)):
        call_command("publish_scheduled", stdout=StringIO())


class ByReview:
    """Submits the source language; the decision puts it live."""

    def __init__(self, page):
        self.row = reviews.submit(page, "en")

    def go_live(self):
        reviews.approve(self.row)


class BySchedule:
    """Schedules the source language with the shared fields."""

    def __init__(self, page):
        at = timezone.now() + timedelta(hours=1)
        self.row = schedule_languages(page, ["en"], action="publish", at=at, with_shared=True)

    def go_live(self):
        run(hours=2)


@pytest.fixture(params=[ByReview, BySchedule])
def keep(request):
    return request.param


def publish(page, **values):
    """Change the newest draft and publish it as a whole."""
    change(page, **values).latest_revision.publish()


@pytest.fixture
def news():
    news = factories.news(title_en="Funding")
    news.save_revision().publish()
    return stored(news)


@pytest.fixture
def event():
    event = factories.event(title_en="Open day")
    event.save_revision().publish()
    return stored(event)


def test_an_embargo_that_is_set_meanwhile_is_not_lifted(news, keep):
    kept = keep(change(news, title_en="Funding granted"))
    hour = in_days(3)
    publish(news, title_en="Funding", embargo=hour)
    kept.go_live()
    assert stored(news).title_en == "Funding granted"
    assert stored(news).embargo == hour
    assert Client().get(stored(news).url).status_code == 404


def test_an_event_that_is_moved_and_postponed_meanwhile_stays_so(event, keep):
    kept = keep(change(event, title_en="Open house"))
    start, end = event.start + timedelta(days=7), event.end + timedelta(days=7)
    publish(event, start=start, end=end, status="postponed")
    kept.go_live()
    after = stored(event)
    assert (after.title_en, after.status) == ("Open house", "postponed")
    assert (after.start, after.end) == (start, end)


def test_an_event_that_is_cancelled_meanwhile_stays_cancelled_although_the_draft_moves_it(
    event, keep
):
    sooner = event.start - timedelta(days=7)
    kept = keep(change(event, start=sooner))
    publish(event, start=event.start, status="cancelled")
    kept.go_live()
    assert (stored(event).start, stored(event).status) == (sooner, "cancelled")


def test_what_the_draft_alone_changed_goes_live(event, keep):
    kept = keep(change(event, status="postponed"))
    kept.go_live()
    assert stored(event).status == "postponed"


def test_an_embargo_that_the_draft_lifts_is_lifted(news, keep):
    publish(news, embargo=in_days(3))
    keep(change(news, embargo=None)).go_live()
    assert stored(news).embargo is None


def test_what_both_changed_alike_goes_live(event, keep):
    kept = keep(change(event, title_en="Open house", status="cancelled"))
    publish(event, title_en="Open day", status="cancelled")
    kept.go_live()
    assert (stored(event).title_en, stored(event).status) == ("Open house", "cancelled")


def test_rows_that_were_published_meanwhile_stay(event, keep):
    kept = keep(change(event, title_en="Open house"))
    topic = factories.topic()
    draft = draft_of(event)
    draft.topics = [draft.topics.model(topic=topic)]
    draft.save_revision().publish()
    kept.go_live()
    assert stored(event).title_en == "Open house"
    assert [tagged.topic_id for tagged in stored(event).topics.all()] == [topic.pk]


def test_a_page_that_was_published_for_the_first_time_meanwhile_keeps_its_embargo(keep):
    draft = factories.news(live_in=(), title_en="Funding", title_fr="", title_de="")
    kept = keep(change(draft, title_en="Funding granted"))
    hour = in_days(3)
    publish(draft, live_in_en=True, embargo=hour)
    kept.go_live()
    assert stored(draft).embargo == hour


def test_only_what_the_draft_changes_is_kept_beside_it(event, keep):
    assert keep(change(event, title_en="Open house")).row.shared_base == {}
    kept = keep(change(event, status="cancelled"))
    assert type(kept.row).objects.get(pk=kept.row.pk).shared_base == {"status": event.status}


def test_a_review_is_refused_and_waits_on_where_both_changed_a_shared_field(event):
    review = reviews.submit(change(event, title_en="Open house", status="postponed"), "en")
    publish(event, title_en="Open day", status="cancelled")
    with pytest.raises(ValidationError, match="meanwhile: Status"):
        reviews.approve(review)
    assert (stored(event).title_en, stored(event).status) == ("Open day", "cancelled")
    assert LanguageReview.objects.get().is_waiting


def test_the_reviewer_is_told_which_field_and_can_decide_otherwise(event):
    accounts(factories.HomePage.objects.get())
    review = reviews.submit(change(event, embargo=in_days(1)), "en")
    publish(event, embargo=in_days(3))
    address = reverse("translating:review", args=[review.pk])
    answer = client_of("reviewer").post(address, {"decision": "approve", "comment": ""})
    assert answer.status_code == 200
    assert "with other values meanwhile: Embargo." in answer.content.decode()
    assert 'value="request_changes"' in answer.content.decode()
    assert LanguageReview.objects.get().is_waiting


def test_a_schedule_fails_and_tells_who_set_it_where_both_changed_rows(
    event, django_user_model, mailoutbox
):
    accounts(factories.HomePage.objects.get())
    reviewer = django_user_model.objects.get(username="reviewer")
    tagged = draft_of(event)
    tagged.topics = [tagged.topics.model(topic=factories.topic())]
    tagged.save_revision()
    at = timezone.now() + timedelta(hours=1)
    options = {"action": "publish", "at": at, "with_shared": True, "user": reviewer}
    schedule_languages(stored(event), ["en"], **options)
    other = factories.topic()
    publish(event, topics=[tagged.topics.model(topic=other)])
    run(hours=2)
    assert "meanwhile: Research topics." in LanguageSchedule.objects.failed().get().error
    assert "meanwhile: Research topics." in mailoutbox[0].body
    assert [tagged.topic_id for tagged in stored(event).topics.all()] == [other.pk]


def test_a_language_without_the_shared_fields_goes_live_whatever_happened_to_them(event):
    review = reviews.submit(change(event, title_fr="Visite", status="postponed"), "fr")
    publish(event, status="cancelled")
    reviews.approve(review)
    assert (stored(event).title_fr, stored(event).status) == ("Visite", "cancelled")


@pytest.mark.parametrize("days", [None, 1])
def test_a_row_without_a_base_neither_lifts_nor_shortens_an_embargo(event, keep, days):
    early = in_days(days) if days else None
    kept = keep(change(event, status="postponed", embargo=early))
    type(kept.row).objects.update(shared_base=None)
    hour = in_days(3)
    publish(event, status=event.status, embargo=hour)
    kept.go_live()
    assert (stored(event).status, stored(event).embargo) == ("postponed", hour)


def test_a_row_without_a_base_may_lengthen_an_embargo(news, keep):
    hour = in_days(3)
    kept = keep(change(news, embargo=hour))
    type(kept.row).objects.update(shared_base=None)
    kept.go_live()
    assert stored(news).embargo == hour


def test_a_review_knows_that_the_newest_draft_has_other_shared_fields(event):
    review = reviews.submit(change(event, status="postponed"), "en")
    change(event, show_in_menus=True)
    assert not LanguageReview.objects.get(pk=review.pk).draft_moved_on()
    change(event, status="cancelled")
    assert LanguageReview.objects.get(pk=review.pk).draft_moved_on()


# Pages that are not live: their form writes the row as well as the draft


FIRST, LATER = datetime(2026, 6, 3, 8, tzinfo=UTC), datetime(2026, 6, 10, 8, tzinfo=UTC)


class AdminForm:
    """The form of a page type as an editor saves it, without publishing."""

    def __init__(self, index, model, formsets, **values):
        accounts(factories.HomePage.objects.get())
        self.index, self.model, self.client = index, model, client_of("editor")
        self.data = {"title_en": "Title", "slug_en": "title", "source_language": "en"}
        self.data |= {"live_in_en": "on", "body_en-count": "0", **values}
        for formset in (*formsets, "topics", "comments"):
            for name, number in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 9)):
                self.data[f"{formset}-{name}_FORMS"] = str(number)

    def create(self):
        self._save(create_url(self.model, self.index))
        return self.model.objects.get()

    def save(self, page, **values):
        self._save(edit_url(page), **values)
        return stored(page)

    def _save(self, address, **values):
        assert self.client.post(address, self.data | values).status_code == 302


@pytest.fixture
def event_form():
    return AdminForm(
        factories.event_index(),
        EventPage,
        ["speakers"],
        **{"programme_en-count": "0", "start": "2026-06-03 10:00", "end": "2026-06-13 10:00"},
        **{"time_zone": "Europe/Luxembourg", "status": "scheduled", "registration_state": "none"},
        **{"attendance": "online", "online_url": "https://meet.example.org/"},
    )


@pytest.fixture
def news_form():
    formsets = ["authors", "related_items"]
    values = {"kind": "story", "date": "2026-06-03"}
    return AdminForm(factories.news_index(), NewsPage, formsets, **values)


def test_a_first_publication_is_of_what_was_kept_whatever_has_been_saved_since(event_form, keep):
    event = event_form.create()
    kept = keep(event)
    event_form.save(event, start="2026-06-10 10:00", status="cancelled")
    kept.go_live()
    assert stored(event).live_languages == ["en"]
    assert (stored(event).start, stored(event).status) == (FIRST, "scheduled")
    assert (draft_of(event).start, draft_of(event).status) == (LATER, "cancelled")


def test_an_embargo_that_has_been_saved_since_holds_at_the_first_publication(news_form, keep):
    news = news_form.create()
    kept = keep(news)
    news_form.save(news, embargo="2030-01-01 10:00")
    kept.go_live()
    assert stored(news).live
    assert stored(news).embargo == datetime(2030, 1, 1, 9, tzinfo=UTC)


def test_an_embargo_that_was_kept_holds_at_the_first_publication(news_form, keep):
    news = news_form.create()
    kept = keep(news_form.save(news, embargo="2030-01-01 10:00"))
    news_form.save(news, embargo="")
    kept.go_live()
    assert stored(news).live
    assert stored(news).embargo == datetime(2030, 1, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("later", [{"date": "2026-06-10"}, {"embargo": "2030-01-01 10:00"}])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_review_of_a_page_that_is_not_live_knows_of_any_shared_field_that_has_changed_since(
    news_form, language, later
):
    news = news_form.create()
    review = reviews.submit(news, language)
    news_form.save(news)
    assert not LanguageReview.objects.get(pk=review.pk).draft_moved_on()
    news_form.save(news, **later)
    assert LanguageReview.objects.get(pk=review.pk).draft_moved_on()


@pytest.mark.parametrize("type_of_page", ["event", "news"])
def test_languages_of_a_page_that_is_not_live_go_live_one_after_the_other(
    type_of_page, request, keep
):
    page = request.getfixturevalue(f"{type_of_page}_form").create()
    change(page, title_fr="Titre", slug_fr="titre")
    french = reviews.submit(page, "fr")
    kept = keep(page)
    reviews.approve(french)
    assert stored(page).live_languages == ["fr"]
    kept.go_live()
    assert stored(page).live_languages == ["en", "fr"]


def test_of_two_that_were_kept_before_the_first_publication_the_second_replaces_nothing_unseen(
    event_form,
):
    event = event_form.create()
    change(event, title_fr="Portes ouvertes", slug_fr="portes-ouvertes")
    french = reviews.submit(event, "fr")
    english = reviews.submit(event_form.save(event, start="2026-06-10 10:00"), "en")
    reviews.approve(french)
    assert stored(event).start == FIRST
    with pytest.raises(ValidationError, match="meanwhile: Start"):
        reviews.approve(english)
    assert stored(event).live_languages == ["fr"]


def test_a_page_that_is_unpublished_meanwhile_goes_live_again_as_it_was_reviewed(event_form):
    event = event_form.create()
    stored(event).latest_revision.publish()
    review = reviews.submit(change(event, title_en="Open house"), "en")
    stored(event).unpublish()
    event_form.save(event, start="2026-06-10 10:00")
    reviews.approve(review)
    assert (stored(event).title_en, stored(event).start) == ("Open house", FIRST)


# Wagtail's schedule of the whole page


@pytest.fixture
def scheduled(news):
    """Its draft goes live as a whole in an hour; a newer one is above it."""

    def schedule(**values):
        hour = timezone.now() + timedelta(hours=1)
        change(news, title_en="As a whole", go_live_at=hour, **values).latest_revision.publish()
        change(news, title_en="Newest", go_live_at=None)
        return stored(news)

    return schedule


def test_a_schedule_of_the_whole_page_does_not_lift_an_embargo_set_meanwhile(scheduled):
    page, hour = scheduled(), in_days(3)
    publish_languages(change(page, embargo=hour), ["en"])
    run(hours=2)
    assert stored(page).title_en == "As a whole"
    assert stored(page).embargo == hour
    assert Client().get(stored(page).url).status_code == 404


@pytest.mark.parametrize("days", [1, 5])
def test_of_two_embargoes_that_were_set_the_later_holds(scheduled, days):
    own, new = in_days(days), in_days(3)
    page = scheduled(embargo=own)
    publish_languages(change(page, embargo=new), ["en"])
    run(hours=2)
    assert stored(page).embargo == max(own, new)


def test_an_embargo_that_is_lifted_meanwhile_is_not_set_again(news, scheduled):
    publish(news, embargo=in_days(3))
    page = scheduled()
    publish_languages(change(page, embargo=None), ["en"])
    run(hours=2)
    assert stored(page).embargo is None


def test_it_lifts_an_embargo_that_was_live_when_it_was_made(news, scheduled):
    publish(news, embargo=in_days(3))
    page = scheduled(embargo=None)
    publish_languages(change(page, title_fr="Financement"), ["fr"])
    run(hours=2)
    assert stored(page).embargo is None
