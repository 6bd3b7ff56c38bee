"""A deleted page comes back with all that was its own, or nothing happens."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    PageLogEntry,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Site,
)

from events.models import EventIndexPage
from home.models import HomePage
from lihsite.models import BasePage, Image, LanguageSchedule
from lihsite.multilingual.languages import addresses_in, language_codes
from lihsite.multilingual.schedules import CANCEL, schedule_languages
from lihsite.search.models import SearchEntry
from lihsite.trash.emptying import delete_for_good, empty
from lihsite.trash.models import DeletedPage, DeletedRow
from lihsite.trash.restoring import restore
from news.models import NewsIndexPage, NewsPage
from research.models import ResearchIndexPage, ResearchTopicPage
from tests import factories
from tests.lihsite.pages.admin import accounts
from tests.lihsite.trash.rows import differences, stored_rows


def entry_of(page) -> DeletedPage:
    return DeletedPage.objects.get(page_key=page.pk)


def statuses(page_addresses) -> list[int]:
    client = Client()
    return [client.get(address).status_code for address in page_addresses]


def addresses(page) -> list[str]:
    found = []
    for code in language_codes():
        with addresses_in(code):
            found.append(page.get_url())
    return found


@pytest.mark.parametrize(
    "model", [ResearchTopicPage, NewsPage, NewsIndexPage, EventIndexPage, ResearchIndexPage]
)
def test_every_row_of_the_demonstration_is_there_again(demo, model):
    page = model.objects.order_by("path").first()
    before = stored_rows()
    page.delete(user=get_user_model().objects.get(username="admin"))
    assert not BasePage.objects.filter(path__startswith=page.path).exists()
    restore(entry_of(page))
    assert differences(before, stored_rows()) == {}
    assert not DeletedPage.objects.exists()
    assert not DeletedRow.objects.exists()


def test_the_home_page_comes_back_with_its_site_and_settings(demo):
    page = HomePage.objects.get()
    before = stored_rows()
    page.delete()
    assert not Site.objects.exists()
    restore(entry_of(page), BasePage.objects.get(depth=1))
    assert differences(before, stored_rows()) == {}


def test_the_tree_is_sound_after_it(demo):
    page = NewsIndexPage.objects.get()
    page.delete()
    factories.content_page(HomePage.objects.get())
    restore(entry_of(page))
    assert [list(problem) for problem in BasePage.find_problems()] == [[], [], [], [], []]


def test_visitors_get_it_at_its_old_addresses_in_each_language_and_search_finds_it(demo):
    page = NewsPage.objects.live_in("de").live_in("fr").live_in("en").first()
    places = addresses(page)
    entries = SearchEntry.objects.filter(object_id=page.pk).values_list("language", "title")
    found = sorted(entries)
    assert statuses(places) == [200, 200, 200]
    page.delete()
    assert statuses(places) == [404, 404, 404]
    assert not entries.all()
    restore(entry_of(page))
    assert statuses(places) == [200, 200, 200]
    assert sorted(entries.all()) == found


def test_what_names_a_topic_is_found_by_it_again(demo):
    topic = ResearchTopicPage.objects.first()
    tagged = SearchEntry.objects.filter(topics=topic.pk)
    before = sorted(tagged.values_list("pk", flat=True))
    assert before
    topic.delete()
    assert not tagged.all()
    restore(entry_of(topic))
    assert sorted(tagged.values_list("pk", flat=True)) == before


@pytest.fixture
def section(db):
    section = factories.content_page(title_en="About", title_fr="À propos", title_de="Über uns")
    factories.content_page(section, title_en="History")
    return section


def test_it_is_kept_by_whatever_way_it_is_deleted(section):
    first, second, third = (factories.content_page(section) for _number in range(3))
    first.delete()
    DeletePageAction(BasePage.objects.get(pk=second.pk)).execute()
    BasePage.objects.filter(pk=third.pk).delete()
    assert set(DeletedPage.objects.values_list("page_key", flat=True)) == {
        *(first.pk, second.pk, third.pk)
    }


def test_pages_deleted_together_are_one_entry_for_each_that_is_below_no_other(section):
    other = factories.content_page()
    inside = section.get_children().get()
    BasePage.objects.filter(pk__in=[section.pk, inside.pk, other.pk]).delete()
    assert {(entry.page_key, entry.pages) for entry in DeletedPage.objects.all()} == {
        (section.pk, 2),
        (other.pk, 1),
    }


def test_its_history_goes_on_and_names_who_did_what(section, django_user_model):
    user = django_user_model.objects.create_superuser("ada")
    section.save_revision(user=user, log_action=True)
    revisions = list(section.revisions.values_list("pk", flat=True))
    section.delete(user=user)
    assert entry_of(section).deleted_by == user
    restore(entry_of(section), user=user)
    log = PageLogEntry.objects.filter(page=section.pk).order_by("pk")
    assert list(log.values_list("action", "user"))[-3:] == [
        ("wagtail.edit", user.pk),
        ("wagtail.delete", user.pk),
        ("lihsite.restore_page", user.pk),
    ]
    assert list(section.revisions.values_list("pk", flat=True)) == revisions


def test_comments_privacy_and_permissions_come_back(section, django_user_model):
    user = django_user_model.objects.create_superuser("ada")
    Comment.objects.create(page_id=section.pk, user=user, text="?", contentpath="title_fr")
    PageViewRestriction.objects.create(page_id=section.pk, restriction_type="login")
    section.delete()
    restore(entry_of(section))
    assert Comment.objects.get().page_id == section.pk
    assert Client().get(addresses(section)[0]).status_code == 302


def test_redirects_that_led_to_it_lead_to_it_again_and_none_stands_in_its_place(section):
    old, *_others = addresses(section)
    section.slug_en = "institute"
    section.save()
    kept = list(Redirect.objects.values_list("old_path", "redirect_page"))
    assert kept
    section.delete()
    assert not Redirect.objects.exists()
    new = addresses(section)[0]
    Redirect.objects.create(old_path=new.rstrip("/"), redirect_link="/en/", site=Site.objects.get())
    restore(entry_of(section))
    assert list(Redirect.objects.values_list("old_path", "redirect_page")) == kept
    assert Client().get(old).headers["location"] == new


def test_a_redirect_that_has_been_made_from_the_same_address_stays(section):
    section.slug_en = "institute"
    section.save()
    old_path = Redirect.objects.filter(old_path__startswith="/en").first().old_path
    section.delete()
    site = Site.objects.get()
    Redirect.objects.create(old_path=old_path, redirect_link="/en/elsewhere/", site=site)
    restore(entry_of(section))
    assert Redirect.objects.get(old_path=old_path).link == "/en/elsewhere/"


def test_another_slug_is_needed_where_it_has_been_taken(section):
    section.save_revision()
    section.delete()
    factories.content_page(title_en="New", slug_fr="a-propos", slug_de="neu")
    with pytest.raises(ValidationError, match="a-propos"):
        restore(entry_of(section))
    page = restore(entry_of(section), slugs={"fr": "a-propos-2"})
    child = page.get_children().get()
    assert (page.slug_en, page.slug_fr, page.slug_de) == ("about", "a-propos-2", "ueber-uns")
    assert page.url_path_fr.endswith("/a-propos-2/")
    assert child.url_path_fr.startswith(page.url_path_fr)
    assert child.url_path_en == child.url_path == f"{page.url_path_en}history/"
    assert page.get_latest_revision_as_object().slug_fr == "a-propos-2"


def test_below_another_page_its_old_addresses_lead_to_it(section):
    old = addresses(section)
    child_at = addresses(section.get_children().get())
    other = factories.content_page(title_en="Other")
    section.delete()
    page = restore(entry_of(section), other)
    assert page.get_parent().pk == other.pk
    assert page.depth == other.depth + 1
    client = Client()
    assert [client.get(one).headers["location"] for one in old] == addresses(page)
    assert [client.get(one).status_code for one in child_at] == [301, 301, 301]
    states = page.translation_states.values_list("section", flat=True)
    assert set(states) == {other.pk}


def test_a_page_whose_parent_was_deleted_too_waits_for_it_or_for_another_place(section):
    child = section.get_children().get()
    child.delete()
    section.delete()
    with pytest.raises(ValidationError, match="Choose the page"):
        restore(entry_of(child))
    restore(entry_of(section))
    assert entry_of(child).parent_id == section.pk
    assert restore(entry_of(child)).get_parent().pk == section.pk


def test_it_takes_the_last_place_if_its_own_is_taken(section):
    last = factories.content_page(section)
    last.delete()
    new = factories.content_page(section)
    assert new.path == last.path
    restore(entry_of(last))
    assert [page.pk for page in section.get_children()][-2:] == [new.pk, last.pk]


def test_what_has_been_deleted_meanwhile_is_missing_and_no_reason_to_fail(demo):
    page = NewsPage.objects.filter(lead_image__isnull=False, authors__isnull=False).first()
    people = [author.person for author in page.authors.all()]
    page.delete()
    Image.objects.filter(pk=page.lead_image_id).delete()
    people[0].delete()
    page = restore(entry_of(page))
    assert page.lead_image is None
    assert page.authors.count() == len(people) - 1
    assert statuses(addresses(page)) == [200, 200, 200]


def test_what_was_to_go_live_meanwhile_does_not_go_live_by_itself(section):
    draft = factories.content_page(section, live_in=(), title_en="Draft")
    draft.go_live_at = timezone.now() + timedelta(minutes=5)
    draft.save_revision(approved_go_live_at=draft.go_live_at)
    schedule_languages(section, ["fr"], action="publish", at=timezone.now() + timedelta(minutes=5))
    section.delete()
    for row in DeletedRow.objects.all():
        for name in ("approved_go_live_at", "at"):
            if row.values.get(name):
                row.values[name] = (timezone.now() - timedelta(minutes=1)).isoformat()
                row.save()
    restore(entry_of(section))
    assert not BasePage.objects.get(pk=draft.pk).revisions.exclude(approved_go_live_at=None)
    assert not LanguageSchedule.objects.exists()


@pytest.fixture
def scheduled(section):
    """A draft that is to go live in an hour, as a whole and in a language; deleted meanwhile."""
    accounts(HomePage.objects.get())
    hour = timezone.now() + timedelta(hours=1)
    draft = factories.content_page(section, live_in=(), title_en="Draft")
    draft.save_revision(approved_go_live_at=hour)
    for action in ("publish", "unpublish"):
        LanguageSchedule.objects.create(page=draft, action=action, languages=["en"], at=hour)
    draft.delete()
    return draft


def goes_live(page) -> list[str]:
    """What is to happen to the page by itself."""
    revisions = Revision.page_revisions.filter(object_id=page.pk)
    waiting = ["as a whole"] if revisions.exclude(approved_go_live_at=None) else []
    actions = LanguageSchedule.objects.filter(page=page.pk).order_by("pk")
    return [*waiting, *actions.values_list("action", flat=True)]


@pytest.mark.parametrize("username", ["reviewer", None])
def test_what_is_to_go_live_does_so_if_who_restores_it_may_publish_it(scheduled, username):
    user = get_user_model().objects.get(username=username) if username else None
    restore(entry_of(scheduled), user=user)
    assert goes_live(scheduled) == ["as a whole", "publish", "unpublish"]


def test_nothing_goes_live_because_somebody_restored_it_who_may_not_publish_it(scheduled):
    restore(entry_of(scheduled), user=get_user_model().objects.get(username="editor"))
    assert goes_live(scheduled) == ["unpublish"]


def test_what_waits_for_a_page_that_was_live_waits_again_and_was_never_cancelled(section):
    schedule_languages(section, ["fr"], action="publish", at=timezone.now() + timedelta(hours=1))
    section.delete()
    restore(entry_of(section))
    assert goes_live(section) == ["publish"]
    assert not PageLogEntry.objects.filter(page=section.pk, action=CANCEL)


@pytest.fixture
def alias(section):
    return (
        section.get_children()
        .get()
        .specific.create_alias(parent=factories.content_page(title_en="Other"), update_slug="alias")
    )


def original_of(alias) -> int | None:
    return BasePage.objects.get(pk=alias.pk).alias_of_id


def test_an_alias_is_one_again(section, alias):
    original = alias.alias_of_id
    section.delete()
    assert original_of(alias) is None
    restore(entry_of(section))
    assert original_of(alias) == original


@pytest.mark.parametrize("is_published", [False, True])
def test_an_alias_that_was_written_as_a_page_of_its_own_meanwhile_stays_one(
    section, alias, is_published
):
    section.delete()
    own = BasePage.objects.get(pk=alias.pk).specific
    own.title_en = "Own life"
    revision = own.save_revision()
    if is_published:
        revision.publish()
    restore(entry_of(section))
    assert original_of(alias) is None


def test_an_alias_that_was_published_anew_meanwhile_stays_a_page_of_its_own(section, alias):
    section.delete()
    BasePage.objects.filter(pk=alias.pk).update(last_published_at=timezone.now())
    restore(entry_of(section))
    assert original_of(alias) is None


def test_the_index_of_references_is_as_it_was(demo):
    page = NewsPage.objects.filter(lead_image__isnull=False).first()
    image = page.lead_image
    before = ReferenceIndex.get_references_to(image).count()
    page.delete()
    assert ReferenceIndex.get_references_to(image).count() < before
    restore(entry_of(page))
    assert ReferenceIndex.get_references_to(image).count() == before


def test_only_who_could_add_and_publish_it_there_may_restore_it(section, django_user_model):
    user = django_user_model.objects.create_user("nobody")
    section.delete()
    with pytest.raises(PermissionDenied):
        restore(entry_of(section), user=user)
    assert entry_of(section)


def test_a_page_cannot_come_back_below_one_that_takes_none_such(demo):
    page = NewsPage.objects.first()
    page.delete()
    with pytest.raises(ValidationError, match="cannot stand"):
        restore(entry_of(page), HomePage.objects.get())


def test_a_page_of_which_there_is_one_does_not_come_back_beside_its_successor(db):
    page = factories.news_index()
    page.delete()
    other = factories.news_index(title_en="Other", title_fr="Autres", title_de="Andere")
    with pytest.raises(ValidationError, match="another page"):
        restore(entry_of(page))
    other.delete()
    assert restore(entry_of(page)).specific == page


def test_what_fails_changes_nothing(section):
    section.delete()
    DeletedRow.objects.filter(model="home.ContentPage").first().delete()
    row = DeletedRow.objects.get(model="lihsite.BasePage", key=section.pk)
    row.values["title"] = None
    row.save()
    before = stored_rows()
    with pytest.raises(ValidationError, match="no longer fits"):
        restore(entry_of(section))
    assert differences(before, stored_rows()) == {}
    assert entry_of(section)


def test_when_its_days_are_over_it_is_gone_with_all_its_rows_and_the_log_says_so(section):
    section.delete()
    assert empty() == 0
    assert empty(timezone.now() + timedelta(days=29, hours=23)) == 0
    assert empty(timezone.now() + timedelta(days=30, hours=1)) == 2
    assert not DeletedRow.objects.exists()
    last = PageLogEntry.objects.filter(page=section.pk).latest("pk")
    assert (last.action, last.label) == ("lihsite.delete_for_good", "About")


def test_answers_to_a_form_are_deleted_in_their_time_although_the_form_may_come_back(db):
    form = factories.form_page(days_kept=10)
    form.get_submission_class().objects.create(
        page=form, form_data={}, language="en", digest="1", labels={}
    )
    form.delete()
    answers = DeletedRow.objects.filter(model="contact.Submission")
    assert answers.count() == 1
    empty(timezone.now() + timedelta(days=11))
    assert not answers.exists()
    assert restore(entry_of(form)).get_submission_class().objects.count() == 0


def test_deleting_for_good_is_a_right_of_its_own(section, django_user_model):
    reviewer = django_user_model.objects.create_user("reviewer")
    section.delete()
    with pytest.raises(PermissionDenied):
        delete_for_good(entry_of(section), reviewer)
    delete_for_good(entry_of(section), django_user_model.objects.create_superuser("admin"))
    assert not DeletedPage.objects.exists()


def test_a_column_that_has_been_added_or_removed_since_is_no_reason_to_fail(section):
    section.delete()
    row = DeletedRow.objects.get(model="lihsite.BasePage", key=section.pk)
    del row.values["machine_translations"]
    row.values["removed_since"] = 1
    row.save()
    assert restore(entry_of(section)).machine_translations == {}


def forget_language(code):
    """Let what was deleted be older than the language."""
    for row in DeletedRow.objects.filter(kind=DeletedRow.Kind.ROW):
        row.values = {
            name: value for name, value in row.values.items() if not name.endswith(f"_{code}")
        }
        row.save()
    for entry in DeletedPage.objects.all():
        for name in ("titles", "addresses", "url_paths", "slugs"):
            getattr(entry, name).pop(code, None)
        entry.save()


def test_pages_deleted_before_a_language_was_added_have_slugs_and_addresses_in_it(section):
    child = section.get_children().get()
    section.delete()
    forget_language("de")
    restore(entry_of(section))
    section, child = (BasePage.objects.get(pk=page.pk) for page in (section, child))
    assert (section.slug_de, child.slug_de) == ("about", "history")
    assert child.url_path_de == f"{section.url_path_de}history/"
    assert statuses(addresses(section) + addresses(child)) == [200] * 6


def test_a_slug_that_another_page_has_in_the_added_language_is_numbered(section):
    section.delete()
    forget_language("de")
    factories.content_page(title_en="New", title_de="About")
    assert restore(entry_of(section)).slug_de == "about-2"
