"""A translator writes one language, whichever way; nothing of the rest changes."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from events.models import EventPage
from home.models import ContentPage
from lihsite.multilingual.permissions import writable_languages
from tests import factories
from tests.lihsite.multilingual.matrix.relation_operations import event_data
from tests.lihsite.multilingual.matrix.site import page_data

pytestmark = pytest.mark.django_db

TITLES = {"title_en": "Careers", "title_fr": "Carrières", "title_de": "Beruf"}


def permission(name):
    return Permission.objects.get(content_type__app_label="lihsite", codename=name)


def user(name, *permissions, pages=("change",)):
    """A member of a group that may do the named things to all pages below the home page."""
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(*map(permission, permissions))
    home = factories.HomePage.objects.get()
    for action in pages:
        GroupPagePermission.objects.create(
            group=group, page=home, permission=permission(f"{action}_basepage")
        )
    member = get_user_model().objects.create_user(name)
    member.groups.add(group)
    return member


@pytest.fixture
def home():
    return factories.home()


@pytest.fixture
def careers(home):
    careers = factories.content_page(
        home, live_in=("en",), show_in_menus=True, summary_en="Work with us", **TITLES
    )
    careers.save_revision().publish()
    return ContentPage.objects.get(pk=careers.pk)


@pytest.fixture
def translator(home):
    return user("translator", "translate_fr")


@pytest.fixture
def editor(home):
    return user("editor", "change_shared_fields")


def post(client, who, careers, data, **headers):
    client.force_login(who)
    return client.post(reverse("wagtailadmin_pages:edit", args=[careers.pk]), data, **headers)


def newest(careers):
    return type(careers).objects.get(pk=careers.pk).get_latest_revision_as_object()


def test_who_may_write_what(home, translator, editor):
    assert writable_languages(translator) == ["fr"]
    assert writable_languages(editor) == ["en", "fr", "de"]
    assert writable_languages(user("reader")) == []
    assert writable_languages(get_user_model().objects.create_superuser("root")) == [
        "en",
        "fr",
        "de",
    ]


def test_what_a_french_translator_posts_for_german_english_and_all_is_ignored(
    client, careers, translator
):
    data = page_data(
        careers,
        title_en="Hacked",
        title_fr="Emplois",
        title_de="Arbeit",
        slug_de="arbeit",
        summary_en="Hacked",
        source_language="de",
        live_in_fr="on",
        live_in_de="on",
        expire_at="2026-01-01 00:00",
        **nested_form_data({"body_de": streamfield([("paragraph", rich_text("<p>Neu</p>"))])}),
    )
    assert post(client, translator, careers, data).status_code == 302
    draft = newest(careers)
    assert draft.title_fr == "Emplois"
    assert (draft.title_en, draft.title_de) == ("Careers", "Beruf")
    assert (draft.summary_en, draft.slug_de) == ("Work with us", "beruf")
    assert not draft.body_de
    assert (draft.source_language, draft.live_languages) == ("en", ["en"])
    assert draft.show_in_menus
    assert draft.expire_at is None


def test_relations_and_dates_stay_when_a_translator_posts_others(client, translator):
    person = factories.person()
    event = factories.event(speakers=[person], title_en="A talk")
    event.save_revision().publish()
    data = event_data(event, inline_formset([]), title_fr="Un exposé", start="2030-01-01 08:00")
    assert post(client, translator, event, data).status_code == 302
    draft = newest(event)
    assert draft.title_fr == "Un exposé"
    assert [speaker.person for speaker in draft.speakers.all()] == [person]
    assert draft.start == EventPage.objects.get(pk=event.pk).start


def test_a_translators_autosave_changes_the_language_alone(client, careers, translator):
    json_wanted = {"HTTP_ACCEPT": "application/json"}
    data = page_data(careers, title_fr="Emploi", title_de="Arbeit")
    saved = post(client, translator, careers, data, **json_wanted).json()
    data = page_data(careers, title_fr="Emplois", title_de="Arbeit")
    data["overwrite_revision_id"] = saved["revision_id"]
    assert post(client, translator, careers, data, **json_wanted).status_code == 200
    draft = newest(careers)
    assert (draft.title_fr, draft.title_de) == ("Emplois", "Beruf")
    assert careers.revisions.count() == 2


def test_a_translator_cannot_publish(client, careers, translator):
    data = page_data(careers, title_fr="Emplois", **{"action-publish": "yes"})
    post(client, translator, careers, data)
    stored = ContentPage.objects.get(pk=careers.pk)
    assert (stored.title_fr, newest(careers).title_fr) == ("Carrières", "Emplois")
    act = f"/admin/api/main/pages/{careers.pk}/action/publish/"
    assert client.post(act, {}, "application/json").status_code == 403
    assert ContentPage.objects.get(pk=careers.pk).title_fr == "Carrières"


@pytest.mark.parametrize(
    "change",
    [
        {"title_de": "Arbeit"},
        {"title_en": "Jobs"},
        {"slug_de": "arbeit"},
        {"live_in_fr": True},
        {"show_in_menus": False},
        {"source_language": "fr"},
    ],
)
def test_a_draft_with_more_than_the_translators_language_is_refused(careers, translator, change):
    draft = newest(careers)
    draft.title_fr = "Emplois"
    for name, value in change.items():
        setattr(draft, name, value)
    with pytest.raises(PermissionDenied):
        draft.save_revision(user=translator)
    assert careers.revisions.count() == 1


def test_a_draft_with_the_translators_language_alone_is_saved(careers, translator):
    draft = newest(careers)
    draft.title_fr = "Emplois"
    draft.save_revision(user=translator)
    assert newest(careers).title_fr == "Emplois"


def test_a_page_that_has_no_draft_yet_is_guarded_too(home, translator):
    careers = factories.content_page(home, **TITLES)
    careers.title_de = "Arbeit"
    with pytest.raises(PermissionDenied):
        careers.save_revision(user=translator)


def test_a_translator_cannot_bring_back_the_other_languages_of_an_old_revision(
    client, careers, translator
):
    first = careers.latest_revision
    draft = newest(careers)
    draft.title_de = "Arbeit"
    draft.save_revision()
    client.force_login(translator)
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[careers.pk, first.pk])
    client.post(revert, page_data(first.as_object(), revision=first.pk))
    act = f"/admin/api/main/pages/{careers.pk}/action/revert_to_page_revision/"
    client.post(act, json.dumps({"revision_id": first.pk}), "application/json")
    assert newest(careers).title_de == "Arbeit"


def test_an_editor_writes_every_language_and_the_shared_fields(client, careers, editor):
    data = page_data(careers, title_fr="Emplois", title_de="Arbeit", live_in_fr="on")
    data["show_in_menus"] = ""
    assert post(client, editor, careers, data).status_code == 302
    draft = newest(careers)
    assert (draft.title_fr, draft.title_de) == ("Emplois", "Arbeit")
    assert draft.live_languages == ["en", "fr"]
    assert not draft.show_in_menus
