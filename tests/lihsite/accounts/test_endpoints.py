"""Who may reach which address of the admin, the API, private media, drafts and reviewers' links.

`endpoints.txt` is the table: a line an address, a column a role of the demonstration. Words in
braces stand for things of `visited_site.things`. A new address that no line reaches fails here.
"""

from pathlib import Path

import pytest
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern

from tests.lihsite.accounts import visited_site
from tests.lihsite.accounts.visited_site import ANONYMOUS, LOGIN, METHOD, ROLES

TABLE = Path(__file__).with_name("endpoints.txt")

NEVER_REACHED = {
    # Ours stands before it: lihsite/delivery/documents.py.
    r"documents/(\d+)/(.*)$",
}
LANGUAGE = "<language>/"
BEFORE_THE_LOGIN = (
    "/admin/login/",
    "/admin/password_reset/",
    "/admin/sprite/",
    "/admin/jsi18n/",
    "/admin/unknown/",
)
"""All that Wagtail's admin answers to whoever has not signed in."""


def rows() -> list[list[str]]:
    """Method, address, and a word for each role."""
    lines = TABLE.read_text().splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]


def all_routes(patterns, prefix="") -> set[str]:
    """As Django calls them: the patterns one behind the other."""
    found = set()
    for one in patterns:
        is_language = isinstance(one.pattern, LocalePrefixPattern)
        part = LANGUAGE if is_language else str(one.pattern)
        route = prefix + (part.removeprefix("^") if prefix else part)
        if isinstance(one, URLPattern):
            found.add(route)
        else:
            found |= all_routes(one.url_patterns, route)
    return found


@pytest.fixture
def things(db, monkeypatch):
    # Whoever may not see a page is told so before it is laid out, which would take minutes.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    return visited_site.things()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_reaches_what_the_table_says_and_nothing_else(things, role):
    browser = visited_site.browser_of(role)
    expected, found = {}, {}
    for method, address, *words in rows():
        expected[method, address] = words[ROLES.index(role)]
        path = address.format_map(things)
        found[method, address] = visited_site.outcome(browser, method, path)
    differing = {
        row: f"{expected[row]} in the table, but {word}"
        for row, word in found.items()
        if word != expected[row]
    }
    assert differing == {}


def test_every_address_is_in_the_table(things):
    routes = {resolve(address.format_map(things)).route for _method, address, *_words in rows()}
    in_table = {
        LANGUAGE + route.removeprefix("en/") if route.startswith("en/") else route
        for route in routes
    }
    assert all_routes(get_resolver().url_patterns) - in_table - NEVER_REACHED == set()


def test_what_takes_a_method_alone_is_tried_with_it():
    assert not [row for row in rows() if METHOD in row]


def test_nothing_of_the_admin_is_open_to_whoever_has_not_signed_in():
    answered = [
        address
        for _method, address, *words in rows()
        if address.startswith("/admin/") and words[ROLES.index(ANONYMOUS)] != LOGIN
    ]
    assert [address for address in answered if not address.startswith(BEFORE_THE_LOGIN)] == []
