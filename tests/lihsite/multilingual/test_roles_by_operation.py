"""Who may change what, whichever way they try it: the table of roles by operations.

Each operation tries to change all that it can. Pages: the drafts of the three languages, a shared
field, what visitors get, and the tree. Texts elsewhere: a person, a picture, a document, settings.
"""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, Revision, Site

from home.models import ContentPage, HomePage
from lihsite.models import BasePage, Document, Image, InstituteSettings
from lihsite.multilingual import reviews
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.schedules import run_due
from lihsite.translating.exchange.exports import export
from lihsite.translating.exchange.formats import FORMATS
from research.models import Person
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.multilingual.matrix.library_operations import BY_SCRIPT
from tests.lihsite.multilingual.matrix.snippet_operations import person_data, settings_data
from tests.lihsite.pages.admin import accounts, client_of, edit_url, posted
from tests.lihsite.pages.open_forms import JSON, OpenForm, account

pytestmark = pytest.mark.django_db

NOTHING = set()
FRENCH, GERMAN = {"fr"}, {"de"}
DRAFT = {"en", "fr", "de", "shared"}
LIVE = {"live"}
TREE = {"tree"}

TITLES = {f"title_{code}": f"Changed {code}" for code in ("en", "fr", "de")}


@pytest.fixture(scope="module")
def first_revision(shared_rows) -> int:
    """The key of the first of two revisions of a page; there are the accounts, and another page."""
    home = factories.home()
    accounts(home)
    factories.content_page(home, title_en="Other")
    page = factories.content_page(home, title_en="Hello", title_fr="Bonjour", title_de="Hallo")
    first = page.save_revision()
    for code in ("en", "fr", "de"):
        setattr(page, f"title_{code}", f"Second {code}")
    page.show_in_menus = True
    page.save_revision()
    return first.pk


class Attempt:
    """Somebody who tries to change the page that has two revisions."""

    def __init__(self, username, first_revision):
        self.username = username
        self.home = HomePage.objects.get()
        self.other = ContentPage.objects.get(title_en="Other")
        self.first = Revision.objects.get(pk=first_revision)
        self.page = self.first.content_object.get_latest_revision_as_object()
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
            "live": (page.live, page.live_languages, page.title_en, page.title_fr, page.title_de),
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


# In the workspace


def translate(attempt, language, **action):
    """Post all that can be said to the view of a language."""
    url = reverse("translating:translate", args=[attempt.page.pk, language])
    answer = attempt.client.get(url)
    loaded = answer.context["loaded_draft"].pk if answer.status_code == 200 else ""
    attempt.client.post(url, {**attempt.everything(), "loaded_draft": loaded, **action})


def translate_into_french(attempt):
    translate(attempt, "fr")


def translate_into_german(attempt):
    translate(attempt, "de")


def publish_french_while_translating(attempt):
    translate(attempt, "fr", **{"action-publish-translation": "1"})


def publish_by_language(attempt):
    data = {"action": "publish", "languages": ["en", "fr", "de"], "with_shared": "on"}
    attempt.post("translating:publish", attempt.page.pk, **data)


def unpublish_by_language(attempt):
    data = {"action": "unpublish", "languages": ["fr"]}
    attempt.post("translating:publish", attempt.page.pk, **data)


def schedule_by_language(attempt):
    at = timezone.now() + timedelta(hours=1)
    data = {"languages": ["fr", "de"], "at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}
    attempt.post("translating:publish", attempt.page.pk, action="publish", **data)
    run_due(at + timedelta(hours=1))


def approve_a_review(attempt):
    review = reviews.submit(attempt.page, "fr", user=account("french"))
    attempt.post("translating:review", review.pk, decision="approve")


def import_translations(attempt):
    for language in ("fr", "de"):
        data, _record = export([attempt.page], language, FORMATS["po"], user=None)
        upload = SimpleUploadedFile("page.po", data.replace(b'msgstr "Second ', b'msgstr "New '))
        import_file(attempt.client, upload)


def import_file(client, upload):
    preview = client.post(reverse("translating:import"), {"file": upload}, follow=True)
    digest = {"digest": preview.context["plan"].digest}
    client.post(preview.redirect_chain[-1][0], digest)


EDITS = {"french": FRENCH, "german": GERMAN, "editor": DRAFT, "reviewer": DRAFT}
GOES_LIVE = {"french": NOTHING, "german": NOTHING, "editor": NOTHING, "reviewer": LIVE}
INTO_FRENCH = {"french": FRENCH, "german": NOTHING, "editor": FRENCH, "reviewer": FRENCH}
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
    revert_by_api: EDITS,
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
    translate_into_french: INTO_FRENCH,
    translate_into_german: {"french": NOTHING, "german": GERMAN, "editor": GERMAN},
    publish_french_while_translating: {**INTO_FRENCH, "reviewer": FRENCH | LIVE},
    publish_by_language: GOES_LIVE,
    unpublish_by_language: GOES_LIVE,
    schedule_by_language: GOES_LIVE,
    approve_a_review: GOES_LIVE,
    import_translations: {**EDITS, "editor": FRENCH | GERMAN, "reviewer": FRENCH | GERMAN},
}


@pytest.mark.parametrize(
    ("operation", "username"),
    [
        pytest.param(operation, username, id=f"{username}-{operation.__name__}")
        for operation, roles in TABLE.items()
        for username in roles
    ],
)
def test_what_a_role_changes_by_an_operation(operation, username, first_revision):
    attempt = Attempt(username, first_revision)
    operation(attempt)
    assert attempt.changed() == TABLE[operation][username]


# Texts that are on no page


class Elsewhere:
    """Somebody who may change people, pictures, documents and settings, and one of these."""

    def __init__(self, username):
        self.client = client_of(username, "en")
        group = Group.objects.create(name="Library")
        names = ["change_person", "change_institutesettings"]
        group.permissions.add(*Permission.objects.filter(codename__in=names))
        for name in ("change_image", "change_document"):
            GroupCollectionPermission.objects.create(
                group=group,
                collection=Collection.get_first_root_node(),
                permission=Permission.objects.get(codename=name, content_type__app_label="lihsite"),
            )
        self.user = account(username)
        self.user.groups.add(group)

    def post(self, url_name, *args, data, **headers):
        return self.client.post(reverse(url_name, args=args), data, **headers)

    def bulk(self, thing, action, **data):
        args = ["lihsite", thing._meta.model_name, action]
        url = reverse("wagtail_bulk_action", args=args)
        return self.client.post(f"{url}?id={thing.pk}&next=/admin/", data)


def a_person():
    texts = {f"role_{code}": f"Old {code}" for code in ("en", "fr", "de")}
    return factories.person(slug="ada", **texts)


def an_image():
    return library.image(title_fr="Cellules", title_de="Zellen")


def a_document():
    return library.document(title_fr="Rapport", title_de="Bericht")


def the_settings():
    texts = {f"footer_text_{code}": f"Old {code}" for code in ("en", "fr", "de")}
    return InstituteSettings.objects.create(site=Site.objects.get(), **texts)


def texts_of(thing) -> dict:
    """The texts of the three languages, and what they share; nothing if the thing is gone."""
    thing = type(thing).objects.filter(pk=thing.pk).first()
    if thing is None:
        return {}
    name, shared = {
        Person: ("role", lambda: thing.name),
        Image: ("title", lambda: (thing.focal_point_x, thing.collection, tags_of(thing))),
        Document: ("title", lambda: (thing.collection, tags_of(thing))),
        InstituteSettings: ("footer_text", lambda: thing.contact_phone),
    }[type(thing)]
    texts = {code: getattr(thing, column(name, code)) for code in ("en", "fr", "de")}
    return {**texts, "shared": shared()}


def tags_of(thing) -> list[str]:
    return list(thing.tags.names())


CHANGED_DOCUMENT = {
    "title": "Changed",
    "title_fr": "Changed",
    "title_de": "Changed",
    "tags": "changed",
}
CHANGED_IMAGE = {
    **CHANGED_DOCUMENT,
    "description": "Cells",
    "focal_point_x": "10",
    "focal_point_y": "10",
    "focal_point_width": "5",
    "focal_point_height": "5",
}
LIBRARY = {
    Image: ("wagtailimages", "image", CHANGED_IMAGE),
    Document: ("wagtaildocs", "doc", CHANGED_DOCUMENT),
}
"""The app of the views, the prefix of the fields while uploading, and what is posted."""
CHANGED_ROLES = {f"role_{code}": "Changed" for code in ("en", "fr", "de")}
PERSON = "wagtailsnippets_research_person"


def edit_a_person(attempt, person):
    data = person_data(name="Changed", **CHANGED_ROLES)
    attempt.post(f"{PERSON}:edit", person.pk, data=data)


def revert_a_person(attempt, person):
    first = person.save_revision()
    for code in ("en", "fr", "de"):
        setattr(person, f"role_{code}", f"New {code}")
    person.name = "New"
    person.save()
    person.save_revision()
    attempt.before = texts_of(person)
    old = {f"role_{code}": f"Old {code}" for code in ("en", "fr", "de")}
    data = person_data(**old, revision=first.pk)
    attempt.post(f"{PERSON}:revisions_revert", person.pk, first.pk, data=data)


def import_a_person(attempt, person):
    for language in ("fr", "de"):
        data, _record = export([person], language, FORMATS["po"], user=None)
        upload = SimpleUploadedFile("ada.po", data.replace(b'msgstr "Old ', b'msgstr "New '))
        import_file(attempt.client, upload)


def edit_in_the_library(attempt, thing):
    app, _prefix, changed = LIBRARY[type(thing)]
    attempt.post(f"{app}:edit", thing.pk, data=changed)


def edit_while_uploading(attempt, thing):
    app, prefix, changed = LIBRARY[type(thing)]
    data = {f"{prefix}-{thing.pk}-{name}": value for name, value in changed.items()}
    attempt.post(f"{app}:edit_multiple", thing.pk, data=data, **BY_SCRIPT)


def tag_in_bulk(attempt, thing):
    attempt.bulk(thing, "add_tags", tags="changed")


def collect_in_bulk(attempt, thing):
    other = Collection.get_first_root_node().add_child(name="Other")
    attempt.bulk(thing, "add_to_collection", collection=other.pk)


def delete_from_the_library(attempt, thing):
    app, _prefix, _changed = LIBRARY[type(thing)]
    attempt.post(f"{app}:delete", thing.pk, data={})


def delete_while_uploading(attempt, thing):
    app, _prefix, _changed = LIBRARY[type(thing)]
    attempt.post(f"{app}:delete_multiple", thing.pk, data={}, **BY_SCRIPT)


def delete_things_in_bulk(attempt, thing):
    attempt.bulk(thing, "delete")


def edit_settings(attempt, institute):
    texts = {f"footer_text_{code}": "Changed" for code in ("en", "fr", "de")}
    data = settings_data(contact_phone="+352 11 11 11 11", **texts)
    site = institute.site_id
    attempt.post("wagtailsettings:edit", "lihsite", "institutesettings", site, data=data)


TEXTS = {"french": FRENCH, "german": GERMAN, "reviewer": DRAFT}
SHARED_ALONE = {"french": NOTHING, "german": NOTHING, "reviewer": {"shared"}}
GONE = {"french": NOTHING, "german": NOTHING, "reviewer": DRAFT}

ELSEWHERE = [
    (edit_a_person, [a_person], TEXTS),
    (revert_a_person, [a_person], TEXTS),
    (import_a_person, [a_person], {**TEXTS, "reviewer": FRENCH | GERMAN}),
    (edit_in_the_library, [an_image, a_document], TEXTS),
    (edit_while_uploading, [an_image, a_document], TEXTS),
    (tag_in_bulk, [an_image, a_document], SHARED_ALONE),
    (collect_in_bulk, [an_image, a_document], SHARED_ALONE),
    (delete_from_the_library, [an_image, a_document], GONE),
    (delete_while_uploading, [an_image, a_document], GONE),
    (delete_things_in_bulk, [an_image, a_document], GONE),
    (edit_settings, [the_settings], TEXTS),
]


@pytest.mark.usefixtures("first_revision")
@pytest.mark.parametrize(
    ("operation", "make", "username", "expected"),
    [
        pytest.param(operation, make, *role, id=f"{role[0]}-{operation.__name__}-{make.__name__}")
        for operation, things, roles in ELSEWHERE
        for make in things
        for role in roles.items()
    ],
)
def test_what_a_role_changes_by_an_operation_elsewhere(operation, make, username, expected):
    attempt = Elsewhere(username)
    thing = make()
    attempt.before = texts_of(thing)
    operation(attempt, thing)
    after = texts_of(thing)
    changed = {name for name, value in attempt.before.items() if after.get(name) != value}
    assert changed == expected
