"""What only some may read is kept by no cache, whatever it is; what all may read may be."""

from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from lihsite.delivery.page_cache.middleware import PublicAnswersMiddleware
from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db

KINDS = ["login", "groups", "password"]


@dataclass
class Contents:
    """A section for each kind of page, and a document, with the addresses of all."""

    sections: list
    collection: Collection
    pages: list[str]
    document: str


@pytest.fixture
def contents() -> Contents:
    home = factories.home()
    sections = [factories.news_index(home), factories.event_index()]
    factories.news(sections[0], title_en="Cells")
    factories.event(title_en="Open day")
    collection = Collection.get_first_root_node().add_child(name="The board")
    document = library.document("report.pdf", file_hash="abc", collection=collection)
    addresses = [f"/en/news/{rest}" for rest in ("", "cells/", "atom/", "rss/")]
    addresses += [f"/en/events/{rest}" for rest in ("", "atom/", "calendar/", "open-day/calendar/")]
    return Contents(sections, collection, addresses, document.url)


def restrict(contents: Contents, kind: str, client) -> None:
    """Let those alone read it who have signed in, are of a group or know a password."""
    restrictions = [
        *(PageViewRestriction(page=page) for page in contents.sections),
        CollectionViewRestriction(collection=contents.collection),
    ]
    group = Group.objects.create(name="The board")
    for restriction in restrictions:
        restriction.restriction_type = kind
        restriction.password = "cells"
        restriction.save()
        restriction.groups.set([group])
    if kind == "password":
        session = client.session
        for restriction in restrictions:
            name = restriction.passed_view_restrictions_session_key
            session[name] = [*session.get(name, []), restriction.pk]
        session.save()
    else:
        user = get_user_model().objects.create_user("member")
        user.groups.add(group)
        client.force_login(user)


def told(response) -> set[str]:
    return set(response.headers.get("Cache-Control", "").split(", "))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_feeds_and_calendars_of_a_private_section_are_kept_by_nobody(client, contents, kind):
    restrict(contents, kind, client)
    for address in contents.pages:
        response = client.get(address)
        assert response.status_code == 200, address
        assert {"private", "no-store"} <= told(response), address
        assert "public" not in told(response), address


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 200), ({"If-None-Match": '"abc"'}, 304), ({"Range": "bytes=0-3"}, 206)],
    ids=["whole", "unchanged", "part"],
)
def test_a_document_of_a_private_collection_is_kept_by_nobody(
    client, contents, kind, headers, status
):
    restrict(contents, kind, client)
    for method in (client.get, client.head) if status != 206 else (client.get,):
        response = method(contents.document, headers=headers)
        assert response.status_code == status
        assert told(response) == {"private", "no-store"}


def test_what_all_may_read_may_be_kept(client, admin_client, contents):
    """Also as it is given to somebody who has signed in, unless it is a page."""
    for address in contents.pages:
        response = client.get(address)
        assert "public" in told(response), address
        if not response.headers["Content-Type"].startswith("text/html"):
            assert told(admin_client.get(address)) == {"public", "max-age=300"}, address
    for one in (client, admin_client):
        assert "Cache-Control" not in one.get(contents.document).headers


@pytest.mark.parametrize("said", ["public, max-age=300", ""])
@pytest.mark.parametrize("content_type", ["text/html", "application/json", "application/pdf"])
def test_what_was_made_by_who_asks_is_kept_by_nobody_whatever_it_says(rf, said, content_type):
    response = HttpResponse(content_type=content_type, headers={"Vary": "Cookie"})
    if said:
        response.headers["Cache-Control"] = said
    answer = PublicAnswersMiddleware(lambda request: response)(rf.get("/en/mine/"))
    assert told(answer) == {"private", "no-store"}


def test_what_says_how_private_it_is_keeps_its_word(rf):
    headers = {"Vary": "Cookie", "Cache-Control": "private, max-age=60"}
    response = HttpResponse(headers=headers)
    answer = PublicAnswersMiddleware(lambda request: response)(rf.get("/en/mine/"))
    assert told(answer) == {"private", "max-age=60"}
