"""Who may change what, whichever way they try it: the table of roles by operations.

Each operation tries to change all that it can. Pages: the drafts of the three languages, a shared
field, what visitors get, and the tree. Texts elsewhere: a person, a picture, a document, settings.
"""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from home.models import ContentPage
from lihsite.models import BasePage
from lihsite.multilingual.languages import column, language_codes
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.multilingual.matrix.snippet_operations import person_data
from tests.lihsite.pages.admin import accounts, client_of, edit_url, posted
from tests.lihsite.pages.open_forms import JSON, OpenForm, account

pytestmark = pytest.mark.django_db

NOTHING = set()
FRENCH, GERMAN = {"fr"}, {"de"}
DRAFT = {"en", "fr", "de", "shared"}
LIVE = {"live"}
TREE = {"tree"}

TITLES = {f"title_{code}": f"Changed {code}" for code in ("en", "fr", "de")}


class Attempt:
    """A page with two revisions and somebody who tries to change it."""

    def __init__(self, username):
        self.username = username
        self.home = factories.home()
        accounts(self.home)
        self.other = factories.content_page(self.home, title_en="Other")
        self.page = factories.content_page(
            self.home, title_en="Hello", title_fr="Bonjour", title_de="Hallo"
        )
        self.first = self.page.save_revision()
        for code in ("en", "fr", "de"):
            setattr(self.page, f"title_{code}", f"Second {code}")
        self.page.show_in_menus = True
        self.page.save_revision()
        self.client = client_of(username, "en")
        self.before, self.tree = self.stored(), self.places()

    def stored(self) -> dict:
        page = ContentPage.objects.filter(pk=self.page.pk).first()
        if page is None:
            return {}
        draft = page.get_latest_revision_as_object()
        return {
            **{code: getattr(draft, column("title", code)) for code in ("en", "fr", "de")},
            "shared": draft.show_in_menus,
            "live": (page.live, page.title_en, page.title_fr, page.title_de),
        }

    def places(self) -> list:
        return list(BasePage.objects.order_by("pk").values_list("pk", "path"))

    def changed(self) -> set:
        after = self.stored()
        places = TREE if self.places() != self.tree else NOTHING
        return places | {
            name for name, value in self.before.items() if after.get(name, value) != value
        }

    def post(self, url_name, *args, **data):
        return self.client.post(reverse(url_name, args=args), data)

    def act(self, action, **data):
        url = f"/admin/api/main/pages/{self.page.pk}/action/{action}/"
        return self.client.post(url, json.dumps(data), "application/json")

    def everything(self) -> dict:
        return posted(self.page, language_codes(), show_in_menus=None, **TITLES)

    def bulk(self, action, **data):
        url = reverse("wagtail_bulk_action", args=["lihsite", "basepage", action])
        return self.client.post(f"{url}?id={self.page.pk}", data)


def save(attempt):
    attempt.client.post(edit_url(attempt.page), attempt.everything())


def save_an_open_form(attempt):
    form = OpenForm(attempt.page, attempt.username)
    form.values = attempt.everything()
    form.save()


def autosave(attempt):
    form = OpenForm(attempt.page, attempt.username)
    form.values = attempt.everything()
    form.autosave()


def autosave_into_anothers_revision(attempt):
    data = {**attempt.everything(), "overwrite_revision_id": attempt.page.latest_revision_id}
    attempt.client.post(edit_url(attempt.page), data, **JSON)


def publish_by_form(attempt):
    attempt.client.post(edit_url(attempt.page), {**attempt.everything(), "action-publish": "1"})


def publish_by_api(attempt):
    attempt.act("publish")


def publish_in_bulk(attempt):
    attempt.bulk("publish")


def revert(attempt):
    url = reverse("wagtailadmin_pages:revisions_revert", args=[attempt.page.pk, attempt.first.pk])
    attempt.client.post(
        url, posted(attempt.first.as_object(), language_codes(), show_in_menus=None)
    )


def revert_by_api(attempt):
    attempt.act("revert_to_page_revision", revision_id=attempt.first.pk)


def unpublish(attempt):
    attempt.post("wagtailadmin_pages:unpublish", attempt.page.pk)


def unpublish_by_api(attempt):
    attempt.act("unpublish")


def unpublish_in_bulk(attempt):
    attempt.bulk("unpublish")


def move(attempt):
    attempt.post("wagtailadmin_pages:move_confirm", attempt.page.pk, attempt.other.pk)


def move_by_api(attempt):
    attempt.act("move", destination_page_id=attempt.other.pk, position="last-child")


def move_in_bulk(attempt):
    attempt.bulk("move", chooser=attempt.other.pk, move_applicable="on")


def copy(attempt):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": attempt.home.pk}
    attempt.post("wagtailadmin_pages:copy", attempt.page.pk, **data)


def copy_by_api(attempt):
    attempt.act("copy", slug="copy", title="Copy")


def alias(attempt):
    data = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": attempt.home.pk}
    attempt.post("wagtailadmin_pages:copy", attempt.page.pk, alias="on", **data)


def alias_by_api(attempt):
    attempt.act("create_alias", destination_page_id=attempt.other.pk)


def delete(attempt):
    attempt.post("wagtailadmin_pages:delete", attempt.page.pk)


def delete_by_api(attempt):
    attempt.act("delete")


def delete_in_bulk(attempt):
    attempt.bulk("delete")


def submit_to_the_workflow(attempt):
    attempt.client.post(edit_url(attempt.page), {**attempt.everything(), "action-submit": "1"})


EDITS = {"french": FRENCH, "german": GERMAN, "editor": DRAFT, "reviewer": DRAFT}
REVERTS = {"french": NOTHING, "german": NOTHING, "editor": DRAFT, "reviewer": DRAFT}
GOES_LIVE = {"french": NOTHING, "german": NOTHING, "editor": NOTHING, "reviewer": LIVE}
COPIES = {"french": NOTHING, "german": NOTHING, "editor": TREE, "reviewer": TREE}
CHANGES_WHAT_IS_LIVE = {"french": NOTHING, "german": NOTHING, "editor": NOTHING, "reviewer": TREE}
"""Moves and deletions of live pages, and copies that are live as soon as they are made."""

TABLE = {
    save: EDITS,
    save_an_open_form: EDITS,
    autosave: EDITS,
    autosave_into_anothers_revision: dict.fromkeys(EDITS, NOTHING),
    submit_to_the_workflow: EDITS,
    publish_by_form: {**EDITS, "reviewer": DRAFT | LIVE},
    publish_by_api: GOES_LIVE,
    publish_in_bulk: GOES_LIVE,
    revert: EDITS,
    revert_by_api: REVERTS,
    unpublish: GOES_LIVE,
    unpublish_by_api: GOES_LIVE,
    unpublish_in_bulk: GOES_LIVE,
    move: CHANGES_WHAT_IS_LIVE,
    move_by_api: CHANGES_WHAT_IS_LIVE,
    move_in_bulk: CHANGES_WHAT_IS_LIVE,
    copy: COPIES,
    copy_by_api: CHANGES_WHAT_IS_LIVE,
    alias: COPIES,  # an editor is not offered the alias, and gets a copy
    alias_by_api: CHANGES_WHAT_IS_LIVE,
    delete: CHANGES_WHAT_IS_LIVE,
    delete_by_api: CHANGES_WHAT_IS_LIVE,
    delete_in_bulk: CHANGES_WHAT_IS_LIVE,
}


@pytest.mark.parametrize(
    ("operation", "username"),
    [
        pytest.param(operation, username, id=f"{username}-{operation.__name__}")
        for operation, roles in TABLE.items()
        for username in roles
    ],
)
def test_what_a_role_changes_by_an_operation(operation, username):
    attempt = Attempt(username)
    operation(attempt)
    assert attempt.changed() == TABLE[operation][username]


# Texts that are on no page


def edit_a_person(client):
    person = factories.person(slug="ada", role_en="Biologist", role_fr="Biologiste")
    before = {"en": "Biologist", "fr": "Biologiste", "de": "", "shared": "Dr Ada Example"}
    data = person_data(name="Changed", role_en="Changed", role_fr="Changed", role_de="Changed")
    client.post(reverse("wagtailsnippets_research_person:edit", args=[person.pk]), data)
    person.refresh_from_db()
    return before, {**texts_of(person, "role"), "shared": person.name}


def edit_an_image(client):
    image = library.image(title_fr="Cellules", title_de="Zellen")
    before = {**texts_of(image, "title"), "shared": image.focal_point_x}
    data = {"title": "Changed", "title_fr": "Changed", "title_de": "Changed"}
    data |= {"description": "Cells", "focal_point_x": "10", "focal_point_y": "10"}
    data |= {"focal_point_width": "5", "focal_point_height": "5", "tags": ""}
    client.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    image.refresh_from_db()
    return before, {**texts_of(image, "title"), "shared": image.focal_point_x}


def edit_a_document(client):
    document = library.document(title_fr="Rapport", title_de="Bericht")
    before = {**texts_of(document, "title"), "shared": list(document.tags.names())}
    data = {"title": "Changed", "title_fr": "Changed", "title_de": "Changed", "tags": "changed"}
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), data)
    document = type(document).objects.get(pk=document.pk)
    return before, {**texts_of(document, "title"), "shared": list(document.tags.names())}


def texts_of(thing, name) -> dict:
    return {code: getattr(thing, column(name, code)) for code in ("en", "fr", "de")}


@pytest.mark.parametrize("edit", [edit_a_person, edit_an_image, edit_a_document])
@pytest.mark.parametrize(
    ("username", "expected"), [("french", FRENCH), ("german", GERMAN), ("reviewer", DRAFT)]
)
def test_texts_elsewhere_are_changed_in_ones_own_language(edit, username, expected):
    accounts(factories.home())
    client = client_of(username, "en")
    group = Group.objects.create(name="Library")
    names = ["change_person", "change_institutesettings"]
    group.permissions.add(*Permission.objects.filter(codename__in=names))
    for name in ("change_image", "change_document"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=name, content_type__app_label="lihsite"),
        )
    account(username).groups.add(group)
    before, after = edit(client)
    assert {name for name in before if before[name] != after[name]} == expected
