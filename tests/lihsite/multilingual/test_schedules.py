"""Schedules of languages: side by side, joined with what is live when they run."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from lihsite.models import LanguageSchedule
from lihsite.multilingual.publishing import publish_languages, unpublish_languages
from lihsite.multilingual.schedules import (
    CANCEL,
    SCHEDULE,
    cancel_schedule,
    run_due,
    schedule_languages,
)
from tests import factories
from tests.lihsite.multilingual.test_publishing import change, draft_of, stored, texts
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db

PUBLISH, UNPUBLISH = LanguageSchedule.Action.PUBLISH, LanguageSchedule.Action.UNPUBLISH


@pytest.fixture
def drafted():
    """Live in all languages; the draft has another title in each."""
    page = factories.content_page(title_en="Careers", title_fr="Carrières", title_de="Karriere")
    page.save_revision().publish()
    return change(stored(page), title_en="Jobs", title_fr="Emplois", title_de="Stellen")


def schedule(page, languages, *, hours=1, action=PUBLISH, **options):
    at = timezone.now() + timedelta(hours=hours)
    return schedule_languages(page, languages, action=action, at=at, **options)


def run(hours):
    with freeze_time(timezone.now() + timedelta(hours=hours)):
        call_command("publish_scheduled", stdout=StringIO())


def test_a_schedule_publishes_its_language_at_its_time_and_no_sooner(drafted):
    schedule(drafted, ["fr"], hours=2)
    run(hours=1)
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")
    run(hours=3)
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")


def test_several_wait_side_by_side_and_each_joins_what_is_live_when_it_runs(drafted):
    schedule(drafted, ["fr"], hours=1)
    schedule(drafted, ["de"], hours=2)
    publish_languages(drafted, ["en"])
    run(hours=1.5)
    assert texts(drafted) == ("Jobs", "Emplois", "Karriere")
    run(hours=3)
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")


def test_what_goes_live_is_what_was_scheduled_and_later_changes_stay_in_the_draft(drafted):
    schedule(drafted, ["fr"])
    change(drafted, title_fr="Postes")
    run(hours=2)
    assert stored(drafted).title_fr == "Emplois"
    assert draft_of(drafted).title_fr == "Postes"


def test_a_schedule_locks_nobody_out(drafted):
    schedule(drafted, ["fr"])
    assert stored(drafted).get_lock() is None


def test_a_scheduled_unpublication_leaves_the_others_live(drafted):
    schedule(drafted, ["de"], action=UNPUBLISH)
    run(hours=2)
    assert stored(drafted).live_languages == ["en", "fr"]


def test_its_page_is_locked_before_it_as_by_whoever_cancels_it(drafted):
    """SQLite locks no rows, but reads them in the same order."""
    schedule(drafted, ["fr"])
    with CaptureQueriesContext(connection) as queries:
        run_due(timezone.now() + timedelta(hours=2))
    asked = [query["sql"] for query in queries]
    page = next(place for place, sql in enumerate(asked) if 'FROM "lihsite_basepage"' in sql)
    itself = '"lihsite_languageschedule"."languages"'
    schedule_read = next(place for place, sql in enumerate(asked) if itself in sql)
    assert page < schedule_read


def test_running_twice_does_it_once(drafted):
    schedule(drafted, ["fr"])
    run(hours=2)
    revision = stored(drafted).live_revision
    run(hours=2)
    assert stored(drafted).live_revision == revision


def test_one_pages_error_is_kept_with_its_schedule_and_stops_no_other(drafted, caplog):
    broken = factories.content_page(live_in=("en",), title_en="About")
    failing = schedule(broken, ["fr"])
    schedule(drafted, ["fr"])
    run(hours=2)
    failing.refresh_from_db()
    assert failing.failed_at
    assert "Title" in failing.error
    assert f"Schedule {failing.pk} failed" in caplog.text
    assert stored(drafted).title_fr == "Emplois"
    assert run_due(timezone.now() + timedelta(days=1)) == []


def test_wagtails_own_schedule_runs_too(drafted):
    past = timezone.now() - timedelta(minutes=1)
    draft_of(drafted).save_revision(approved_go_live_at=past)
    call_command("publish_scheduled", stdout=StringIO())
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")


def test_publishing_the_whole_page_keeps_the_schedule_waiting(drafted):
    waiting = schedule(drafted, ["fr"])
    stored(drafted).latest_revision.publish()
    assert list(LanguageSchedule.objects.waiting()) == [waiting]


def test_unpublishing_the_page_cancels_what_waits_to_be_published_and_the_log_says_so(
    drafted, admin_user, client
):
    schedule(drafted, ["fr"])
    client.force_login(admin_user)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[drafted.pk]))
    run(hours=2)
    assert not stored(drafted).live
    assert not LanguageSchedule.objects.exists()
    entry = PageLogEntry.objects.get(page=drafted.pk, action=CANCEL)
    assert (entry.user, entry.data["languages"]) == (admin_user, ["fr"])


def test_unpublishing_the_last_language_unpublishes_the_page_and_some_leave_what_waits(drafted):
    waiting = schedule(drafted, ["fr"])
    unpublish_languages(drafted, ["en", "fr"])
    assert list(LanguageSchedule.objects.waiting()) == [waiting]
    unpublish_languages(drafted, ["de"])
    assert not LanguageSchedule.objects.exists()


def test_a_schedule_publishes_no_page_that_was_taken_off_since(drafted):
    failing = schedule(drafted, ["fr"])
    type(drafted).objects.filter(pk=drafted.pk).update(live=False)
    run(hours=2)
    failing.refresh_from_db()
    assert "has been unpublished since" in failing.error
    assert not stored(drafted).live


def test_a_page_that_was_not_live_is_published_for_the_first_time(drafted):
    stored(drafted).unpublish()
    schedule(drafted, ["en"])
    run(hours=2)
    assert stored(drafted).live_languages == ["en"]


def test_a_cancelled_schedule_does_nothing(drafted):
    cancel_schedule(schedule(drafted, ["fr"]))
    run(hours=2)
    assert stored(drafted).title_fr == "Carrières"


def test_a_time_that_is_past_is_refused(drafted):
    with pytest.raises(ValidationError, match="time to come"):
        schedule(drafted, ["fr"], hours=-1)


def test_only_those_who_may_publish_may_schedule_and_cancel(drafted, django_user_model):
    accounts(factories.HomePage.objects.get())
    french = django_user_model.objects.get(username="french")
    with pytest.raises(PermissionDenied):
        schedule(drafted, ["fr"], user=french)
    waiting = schedule(drafted, ["fr"])
    with pytest.raises(PermissionDenied):
        cancel_schedule(waiting, user=french)


def test_the_shared_fields_are_scheduled_and_cancelled_by_those_alone_who_may_publish_them(
    drafted, django_user_model, caplog
):
    accounts(factories.HomePage.objects.get())
    reviewer, french = (
        django_user_model.objects.get(username=name) for name in ("reviewer", "french")
    )
    french.user_permissions.add(Permission.objects.get(codename="review_fr"))
    waiting = schedule(change(drafted, show_in_menus=True), [], with_shared=True, user=reviewer)
    with pytest.raises(PermissionDenied):
        cancel_schedule(waiting, user=french)
    LanguageSchedule.objects.update(failed_at=timezone.now(), user=None)
    assert LanguageSchedule.objects.failed_for(french) == []
    assert LanguageSchedule.objects.failed_for(reviewer) == [waiting]
    cancel_schedule(waiting, user=reviewer)
    assert not LanguageSchedule.objects.exists()
    said = [
        str(entry.formatter.format_message(entry))
        for entry in PageLogEntry.objects.filter(action__in=(SCHEDULE, CANCEL)).order_by("pk")
    ]
    assert [one.split(":")[0] for one in said] == [
        "shared fields scheduled",
        "shared fields no longer scheduled",
    ]


def test_the_shared_fields_go_live_alone_at_their_time(drafted):
    schedule(change(drafted, show_in_menus=True), [], with_shared=True)
    run(hours=2)
    assert stored(drafted).show_in_menus
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")


@pytest.mark.parametrize(("username", "go_live"), [("reviewer", True), ("english", False)])
def test_whether_shared_fields_come_along_is_decided_when_it_is_scheduled(
    drafted, django_user_model, username, go_live
):
    accounts(factories.HomePage.objects.get())
    english = django_user_model.objects.create_user("english")
    english.groups.set(django_user_model.objects.get(username="french").groups.all())
    english.user_permissions.add(Permission.objects.get(codename="review_en"))
    user = django_user_model.objects.get(username=username)
    waiting = schedule(change(drafted, show_in_menus=True), ["en"], user=user)
    assert waiting.with_shared is go_live
    run(hours=2)
    assert stored(drafted).title_en == "Jobs"
    assert stored(drafted).show_in_menus is go_live


def test_a_schedule_that_does_not_say_brings_no_shared_fields(drafted):
    schedule(change(drafted, show_in_menus=True), ["en"])
    LanguageSchedule.objects.update(with_shared=None)
    run(hours=2)
    assert stored(drafted).title_en == "Jobs"
    assert not stored(drafted).show_in_menus


def test_a_dry_run_says_what_is_due_and_changes_nothing(drafted):
    schedule(drafted, ["fr"])
    output = StringIO()
    with freeze_time(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled", dryrun=True, stdout=output)
    assert f"Due: {drafted.pk} publish fr" in output.getvalue()
    assert stored(drafted).title_fr == "Carrières"


def test_whoever_set_a_schedule_that_fails_gets_a_mail_in_their_language(
    drafted, django_user_model, mailoutbox
):
    accounts(factories.HomePage.objects.get())
    reviewer = django_user_model.objects.get(username="reviewer")
    profile = UserProfile.get_for_user(reviewer)
    profile.preferred_language = "fr"
    profile.save()
    broken = factories.content_page(live_in=("en",), title_en="About")
    failing = schedule(broken, ["fr"], user=reviewer)
    schedule(drafted, ["fr"], user=reviewer)
    run(hours=2)
    [mail] = mailoutbox
    assert mail.to == [reviewer.email]
    assert mail.subject.startswith("Échec de la planification")
    assert "About" in mail.body
    assert "Titre" in mail.body
    assert f"/translating/{broken.pk}/publish/" in mail.body
    failing.refresh_from_db()
    assert "Titre" in failing.error


def test_a_failure_is_shown_to_those_whom_it_concerns(drafted, django_user_model):
    accounts(factories.HomePage.objects.get())
    reviewer, french = (
        django_user_model.objects.get(username=name) for name in ("reviewer", "french")
    )
    broken = factories.content_page(live_in=("en",), title_en="About")
    failing = schedule(broken, ["fr"])
    run(hours=2)
    assert LanguageSchedule.objects.failed_for(reviewer) == [failing]
    assert LanguageSchedule.objects.failed_for(french) == []
    client = client_of("reviewer")
    shown = "It could not be done"
    for address in (
        reverse("wagtailadmin_pages:edit", args=[broken.pk]),
        f"{reverse('translating:desk')}?q=",
        reverse("wagtailadmin_home"),
        reverse("translating:publish", args=[broken.pk]),
    ):
        assert shown in client.get(address).content.decode(), address
    assert shown not in client_of("french").get(reverse("wagtailadmin_home")).content.decode()
    cancel_schedule(failing)
    assert shown not in client.get(reverse("wagtailadmin_home")).content.decode()
