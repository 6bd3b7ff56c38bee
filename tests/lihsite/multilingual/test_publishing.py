"""Publishing a language puts that language live, and nothing else of the draft."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from events.models import EventPage
from home.models import ContentPage
from lihsite.multilingual.publishing import (
    preflight,
    publish_languages,
    shared_fields_differ,
    unpublish_languages,
)
from lihsite.multilingual.states import State, progress_of
from tests import factories
from tests.lihsite.pages.admin import accounts

pytestmark = pytest.mark.django_db

TITLES = {"title_en": "Careers", "title_fr": "Carrières", "title_de": "Karriere"}


def stored(page):
    return type(page).objects.get(pk=page.pk)


def draft_of(page):
    return stored(page).get_latest_revision_as_object()


def change(page, **values):
    """A draft of the page with the values, as a form would save it."""
    draft = draft_of(page)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision()
    return stored(page)


def texts(page):
    page = stored(page)
    return page.title_en, page.title_fr, page.title_de


def paragraph(text, block_id):
    return {"type": "paragraph", "value": f"<p>{text}</p>" if text else "", "id": block_id}


@pytest.fixture
def careers():
    """Live in all languages, without a draft."""
    careers = factories.content_page(summary_en="Work with us", **TITLES)
    careers.save_revision().publish()
    return stored(careers)


@pytest.fixture
def drafted(careers):
    """Changed in all languages and in what they share."""
    picture_titles = {"title_en": "Jobs", "title_fr": "Emplois", "title_de": "Stellen"}
    return change(careers, show_in_menus=True, **picture_titles)


def test_publishing_french_leaves_the_other_languages_and_shared_fields_as_visitors_see_them(
    drafted,
):
    publish_languages(drafted, ["fr"])
    assert texts(drafted) == ("Careers", "Emplois", "Karriere")
    assert not stored(drafted).show_in_menus


def test_the_draft_keeps_its_other_changes_and_stays_the_newest_revision(drafted):
    draft = drafted.latest_revision
    live = publish_languages(drafted, ["fr"])
    page = stored(drafted)
    assert page.live_revision == live != draft
    assert page.latest_revision == draft
    assert draft.is_latest_revision()
    assert page.has_unpublished_changes
    assert page.draft_title_en == "Jobs"
    kept = draft_of(page)
    assert (kept.title_en, kept.title_de, kept.show_in_menus) == ("Jobs", "Stellen", True)


def test_publishing_the_source_language_brings_the_shared_fields_along(drafted):
    publish_languages(drafted, ["en"])
    assert texts(drafted) == ("Jobs", "Carrières", "Karriere")
    assert stored(drafted).show_in_menus


def test_shared_fields_can_stay_behind_or_be_published_alone(drafted):
    publish_languages(drafted, ["en"], with_shared=False)
    assert not stored(drafted).show_in_menus
    publish_languages(drafted, [], with_shared=True)
    assert stored(drafted).show_in_menus
    assert texts(drafted) == ("Jobs", "Carrières", "Karriere")


def test_when_nothing_else_is_left_the_draft_itself_is_published(drafted):
    before = drafted.revisions.count()
    publish_languages(drafted, ["en", "fr", "de"])
    page = stored(drafted)
    assert page.live_revision == page.latest_revision
    assert not page.has_unpublished_changes
    assert page.revisions.count() == before


def test_publishing_one_after_the_other_ends_without_unpublished_changes(drafted):
    for language in ("de", "fr", "en"):
        assert stored(drafted).has_unpublished_changes
        publish_languages(drafted, [language])
    assert texts(drafted) == ("Jobs", "Emplois", "Stellen")
    assert not stored(drafted).has_unpublished_changes


def test_a_language_that_was_not_live_goes_live_and_stays_so_when_the_whole_page_is_published():
    page = factories.content_page(live_in=("en",), **TITLES)
    page.save_revision().publish()
    change(page, title_en="Jobs")
    publish_languages(page, ["fr"])
    assert stored(page).live_languages == ["en", "fr"]
    stored(page).latest_revision.publish()
    assert stored(page).live_languages == ["en", "fr"]
    assert texts(page) == ("Jobs", "Carrières", "Karriere")


def test_a_page_without_a_draft_publishes_what_it_holds():
    page = factories.content_page(live_in=("en",), **TITLES)
    publish_languages(page, ["de"])
    assert stored(page).live_languages == ["en", "de"]
    assert not stored(page).has_unpublished_changes


def test_the_first_publication_takes_shared_fields_along_and_shows_the_chosen_language_alone():
    page = factories.content_page(live_in=(), title_en="Careers")
    change(page, title_fr="Carrières", show_in_menus=True)
    publish_languages(page, ["fr"])
    page = stored(page)
    assert page.live
    assert page.live_languages == ["fr"]
    assert page.show_in_menus
    assert page.first_published_at


def test_a_language_without_what_it_needs_is_refused_by_name(careers):
    change(careers, title_fr="", title_en="Jobs")
    with pytest.raises(ValidationError) as raised:
        publish_languages(careers, ["fr", "en"])
    assert raised.value.messages == ["French: “Title” is missing."]
    assert texts(careers) == ("Careers", "Carrières", "Karriere")


def test_publishing_goes_through_wagtails_rules_for_the_page():
    event = factories.event(live_in=("en",), title_en="A talk")
    event.save_revision().publish()
    change(event, attendance=EventPage.Attendance.IN_PERSON, title_en="A lecture")
    with pytest.raises(ValidationError, match="Name the venue"):
        publish_languages(event, ["en"])
    assert stored(event).title_en == "A talk"


def test_blocks_that_are_laid_out_but_not_translated_do_not_go_live():
    page = factories.content_page(title_en="Careers", live_in=("en", "fr"))
    body = [paragraph("One", "a"), paragraph("Two", "b")]
    page.body_en, page.body_fr = body, []
    page.save_revision().publish()
    change(page, body_fr=[paragraph("Un", "a"), paragraph("", "b"), paragraph("Plus", "c")])
    publish_languages(page, ["fr"])
    assert [block.id for block in stored(page).body_fr] == ["a", "c"]
    assert [block.id for block in draft_of(page).body_fr] == ["a", "b", "c"]
    assert stored(page).has_unpublished_changes


def test_states_of_what_is_live_stay_with_the_texts(careers):
    change(careers, summary_fr="Travailler ici")
    change(careers, summary_en="Work at the institute")
    publish_languages(careers, ["en"])
    live = stored(careers)
    assert live.summary_fr == ""
    publish_languages(careers, ["fr"])
    assert progress_of(stored(careers), "fr").state == State.OUTDATED


def test_a_french_slug_goes_live_with_french_and_leaves_a_redirect(careers, client):
    old = careers.get_url_for_language("fr")
    change(careers, slug_fr="emplois", slug_en="jobs")
    publish_languages(careers, ["fr"])
    live = stored(careers)
    assert (live.slug_fr, live.slug_en) == ("emplois", "careers")
    assert client.get(old).headers["Location"] == live.get_url_for_language("fr")


def test_rows_of_a_relation_keep_their_keys_through_the_next_publication():
    event = factories.event(title_en="A talk")
    event.save_revision().publish()
    draft = draft_of(event)
    draft.speakers.add(type(draft).speakers.rel.related_model(person=factories.person()))
    draft.title_fr = "Un exposé"
    draft.save_revision()
    publish_languages(event, ["en"])
    first = stored(event).speakers.get()
    stored(event).latest_revision.publish()
    assert stored(event).speakers.get() == first


def test_the_log_names_the_languages(drafted):
    publish_languages(drafted, ["fr", "de"])
    entry = PageLogEntry.objects.filter(page=drafted.pk).first()
    assert entry.action == "lihsite.publish_languages"
    assert entry.data["languages"] == ["fr", "de"]


# Unpublishing


def test_unpublishing_german_leaves_the_others_live(drafted):
    unpublish_languages(drafted, ["de"])
    page = stored(drafted)
    assert page.live
    assert page.live_languages == ["en", "fr"]
    assert texts(page) == ("Careers", "Carrières", "Karriere")
    assert draft_of(page).title_de == "Stellen"


def test_an_unpublished_language_stays_off_when_the_draft_is_published(drafted):
    unpublish_languages(drafted, ["de"])
    stored(drafted).latest_revision.publish()
    assert stored(drafted).live_languages == ["en", "fr"]


def test_unpublishing_the_last_language_unpublishes_the_page(careers):
    unpublish_languages(careers, ["en", "de"])
    assert stored(careers).live
    unpublish_languages(careers, ["fr"])
    assert not stored(careers).live


# What concerns the page as a whole


def test_a_schedule_of_the_whole_page_survives_and_keeps_the_language_live():
    page = factories.content_page(live_in=("en",), **TITLES)
    page.save_revision().publish()
    soon = timezone.now() + timedelta(hours=1)
    draft = draft_of(page)
    draft.go_live_at, draft.title_en = soon, "Jobs"
    draft.save_revision().publish()
    publish_languages(page, ["fr"])
    assert stored(page).live_languages == ["en", "fr"]
    scheduled = stored(page).scheduled_revision
    assert scheduled.approved_go_live_at == soon
    assert scheduled.content["live_in_fr"]


def test_a_workflow_of_the_whole_page_goes_on(drafted, admin_user):
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=drafted)
    workflow.start(drafted, admin_user)
    publish_languages(drafted, ["fr"])
    assert stored(drafted).workflow_in_progress


def test_an_alias_is_not_published_by_itself_but_follows(drafted):
    alias = drafted.create_alias(update_slug="alias")
    with pytest.raises(ValidationError, match="alias"):
        publish_languages(alias, ["fr"])
    publish_languages(drafted, ["fr"])
    assert texts(alias) == ("Careers", "Emplois", "Karriere")


# Who may


@pytest.mark.parametrize(
    ("username", "languages", "allowed"),
    [
        ("reviewer", ["en", "fr", "de"], True),
        ("editor", ["fr"], False),
        ("french", ["fr"], False),
        ("french_reviewer", ["fr"], True),
        ("french_reviewer", ["de"], False),
        ("french_reviewer", ["fr", "de"], False),
    ],
)
def test_who_may_publish_what(drafted, django_user_model, username, languages, allowed):
    accounts(factories.HomePage.objects.get())
    user = account(django_user_model, username)
    if allowed:
        publish_languages(drafted, languages, user=user)
        return
    with pytest.raises(PermissionDenied):
        publish_languages(drafted, languages, user=user)
    with pytest.raises(PermissionDenied):
        unpublish_languages(drafted, languages, user=user)
    assert texts(drafted) == ("Careers", "Carrières", "Karriere")


def account(model, username):
    """One of the demonstration's accounts; the French reviewer is its translator, and more."""
    user = model.objects.get(username=username.replace("french_reviewer", "french"))
    if username == "french_reviewer":
        user.user_permissions.add(Permission.objects.get(codename="review_fr"))
    return user


def test_a_reviewer_of_one_language_does_not_publish_shared_fields(django_user_model):
    page = factories.content_page(live_in=(), **TITLES)
    accounts(factories.HomePage.objects.get())
    user = account(django_user_model, "french_reviewer")
    with pytest.raises(PermissionDenied):
        publish_languages(page, ["fr"], user=user)
    publish_languages(page, ["en"])
    publish_languages(page, ["fr"], user=user)
    with pytest.raises(PermissionDenied):
        publish_languages(page, ["fr"], user=user, with_shared=True)


def test_a_page_that_somebody_locked_is_not_published_by_others(drafted, django_user_model):
    accounts(factories.HomePage.objects.get())
    reviewer, admin = (django_user_model.objects.get(username=n) for n in ("reviewer", "admin"))
    ContentPage.objects.filter(pk=drafted.pk).update(locked=True, locked_by=admin)
    with pytest.raises(PermissionDenied, match="locked"):
        publish_languages(drafted, ["fr"], user=reviewer)
    publish_languages(drafted, ["fr"], user=admin)


# Before publishing


def test_the_preflight_says_what_is_missing_outdated_and_different():
    page = factories.content_page(
        live_in=("en", "fr"), title_en="Careers", title_fr="Carrières", summary_en="Work with us"
    )
    page.save_revision().publish()
    change(page, summary_fr="Travailler chez nous")
    change(page, title_en="Jobs at the institute")
    source, french, german = preflight(page)
    assert (source.state, source.is_ready, source.differs) == (State.SOURCE, True, True)
    assert (french.state, french.is_live, french.differs) == (State.OUTDATED, True, True)
    assert [segment.name for segment in french.outdated] == ["title"]
    assert french.words_to_do == 4
    assert not french.is_ready
    assert not french.missing
    assert (german.missing, german.is_live) == (["Title"], False)
    assert not shared_fields_differ(page)


def test_a_translation_that_is_up_to_date_is_ready(careers):
    change(careers, summary_fr="Travailler chez nous", summary_de="Arbeiten bei uns")
    assert all(readiness.is_ready for readiness in preflight(careers))


def test_publishing_one_language_costs_at_most_forty_queries_more_than_wagtails_publish(careers):
    change(careers, title_fr="Emplois", title_en="Jobs")
    with CaptureQueriesContext(
        connection,
    ) as ours:
        publish_languages(careers, ["fr"])
    change(careers, title_fr="Postes")
    with CaptureQueriesContext(connection) as theirs:
        stored(careers).latest_revision.publish()
    assert count(ours) <= count(theirs) + 40


def count(queries):
    return len([one for one in queries if "SAVEPOINT" not in one["sql"]])
