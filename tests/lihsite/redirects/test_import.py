"""A file of old addresses is shown line by line, then imported as a whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.redirects import planning
from lihsite.redirects.planning import Outcome, Unreadable, plan_import, read_lines
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db
URL = "/admin/redirects/import/"


@pytest.fixture(autouse=True)
def about():
    return factories.content_page(
        title_en="About", title_fr="À propos", title_de="Über uns", live_in=("en", "fr")
    )


def planned(*lines: str, replace=False):
    return plan_import("\n".join(lines).encode(), None, replace=replace)


def problems(*lines: str) -> list[str]:
    return [line.problem for line in planned(*lines).lines]


def upload(client, content: str | bytes, **choices):
    data = content.encode() if isinstance(content, str) else content
    return client.post(
        URL, {"file": SimpleUploadedFile("old.csv", data), "permanent": "on", **choices}
    )


def test_a_file_is_shown_first_and_imported_when_it_is_confirmed(client, about):
    accounts(about.get_parent())
    admin = client_of("admin", "fr")
    content = "old,new\n/fr/qui-sommes-nous,/fr/a-propos/\n/about.php,/fr/a-propos/\n"
    shown = upload(admin, content)
    assert "/fr/qui-sommes-nous" in shown.text
    assert not Redirect.objects.exists()
    done = admin.post(URL, {"confirm": "yes", "file": content, "permanent": "on"}, follow=True)
    assert done.status_code == 200
    assert Redirect.objects.count() == 2
    assert client.get("/fr/qui-sommes-nous/").url == "/fr/a-propos/"
    german = client.get("/about.php", headers={"Accept-Language": "de"})
    assert (german.status_code, german.url) == (301, "/fr/a-propos/")


def test_a_redirect_in_one_language_follows_its_page(client, about):
    factories.people_index()
    factories.person(slug="ada")
    plan = planned("/fr/qui,/fr/a-propos/", "/qui,/fr/a-propos/", "/en/who,/en/people/ada/")
    page, plain, person = (line.target for line in plan.lines)
    assert (page.page, page.link) == (about.pk, "")
    assert (plain.page, plain.link) == (None, "/fr/a-propos/")
    assert person.route == "/ada/"


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        (["/old"], "two addresses"),
        (["/old,/en/about/,more"], "two addresses"),
        ([",/en/about/"], "two addresses"),
        (["old,/en/about/", "x/y,/en/about/"], "begins with"),
        (["javascript:alert(1)//,/en/about/"], "begins with"),
        (["/old,javascript:alert(1)"], "full address"),
        (["/old,//evil.example/"], "full address"),
        (["/old,ftp://files.example/x"], "full address"),
        (["/old,/en/nowhere/"], "nothing at /en/nowhere"),
        (["/en/about/,/en/"], "A page is at this address"),
        (["/x/../,http://[bad"], "address"),
        (["/a,/b", "/b,/a"], "circles: /a → /b → /a"),
        (["/a,/a/"], "circles"),
        (["/q?b=1&a=2,/q?a=2&b=1"], "circles: /q?a=2&b=1 → /q?a=2&b=1"),
        (["/q,/q?a=1"], "circles: /q → /q?a=1"),
        (["/a?x=1,/b", "/b,/a?x=1"], "circles: /a?x=1 → /b → /a?x=1"),
        (["/a,/b?y=2", "/b,/a?x=1"], "circles: /a → /b?y=2 → /a?x=1"),
        (["/en/about/?id=3,/en/"], "A page is at this address"),
        (["/a,/en/about/", "/a/,/en/"], "Line 1 leads the same address elsewhere"),
        (["/" + "x" * 300 + ",/en/"], "255 characters"),
        (["/,/en/"], "can be redirected"),
    ],
)
def test_what_cannot_be_imported_says_why(lines, word):
    assert any(word in problem for problem in problems(*lines))


def test_a_chain_leads_to_its_end_at_once():
    Redirect.objects.create(old_path="/b", redirect_link="/c")
    plan = planned("/a,/b", "/c,/en/about/")
    assert not plan.refused
    first = plan.lines[0]
    assert first.target.link == "/en/about/"
    assert first.passed == ["/b", "/c"]


def test_a_query_of_its_own_is_no_circle_and_is_kept_at_the_end_of_a_chain():
    plan = planned("/a?x=1,/a", "/a,/c?y=2", "/c?y=2,/en/about/?tab=1", "/c,/a?x=2&z")
    assert [line.problem for line in plan.lines[:3]] == ["", "", ""]
    assert plan.lines[0].target.link == "/en/about/?tab=1"
    assert plan.lines[0].passed == ["/a", "/c?y=2"]


@pytest.mark.parametrize(
    ("there", "old", "new"),
    [
        (("/a?x=1", "/b"), "/b", "/a?x=1"),
        (("/a", "/b"), "/b", "/a/?x=1"),
        (("/b", "/a?y=1&x=1"), "/a?x=1&y=1", "/b"),
    ],
)
def test_the_form_refuses_what_would_lead_in_circles(about, there, old, new):
    accounts(about.get_parent())
    Redirect.objects.create(old_path=there[0], redirect_link=there[1])
    response = client_of("admin").post(
        "/admin/redirects/add/", {"old_path": old, "site": "", "redirect_link": new}
    )
    assert response.status_code == 200
    assert "This leads in circles" in response.text
    assert Redirect.objects.count() == 1


def test_what_is_there_is_kept_unless_it_is_to_be_replaced():
    Redirect.objects.create(old_path="/a", redirect_link="/en/about/")
    assert planned("/a,/en/about/").lines[0].outcome == Outcome.SAME
    assert "already, to /en/about/" in problems("/a,/en/")[0]
    assert planned("/a,/en/", replace=True).lines[0].outcome == Outcome.REPLACED


@pytest.mark.parametrize("of_all_sites_first", [True, False])
def test_a_redirect_of_all_sites_does_not_hide_that_of_one(of_all_sites_first):
    site = Site.objects.get()
    for owner in (None, site) if of_all_sites_first else (site, None):
        Redirect.objects.create(old_path="/a", redirect_link="/en/about/", site=owner)
    for owner in (None, site):
        (line,) = plan_import(b"/a,/en/", owner, replace=True).lines
        assert line.outcome == Outcome.REPLACED


def test_a_line_that_stands_twice_is_imported_once(about):
    accounts(about.get_parent())
    content = "/a;/en/about/\r\n/a;/en/about/\r\n"
    client_of("admin").post(URL, {"confirm": "yes", "file": content})
    assert Redirect.objects.get().is_permanent is False


def test_one_bad_line_keeps_all_others_out(about):
    accounts(about.get_parent())
    admin = client_of("admin")
    content = "/a,/en/about/\n/b,/en/nowhere/\n"
    assert "There is nothing at /en/nowhere" in upload(admin, content).text
    again = admin.post(URL, {"confirm": "yes", "file": content})
    assert "Something has changed meanwhile" in again.text
    assert not Redirect.objects.exists()


def test_a_redirect_is_replaced_when_asked(about):
    accounts(about.get_parent())
    Redirect.objects.create(old_path="/a", redirect_link="/en/")
    choices = {"confirm": "yes", "replace": "on", "permanent": "on"}
    client_of("admin").post(URL, {"file": "/a,/en/about/", **choices})
    assert Redirect.objects.get().redirect_link == "/en/about/"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xff\xfe/\x00a", "UTF-8"),
        (b"", "no addresses"),
        (b"old,new\n", "no addresses"),
        (b'/a,"/b', "no CSV"),
        (b"/a,/b\n" * (planning.MOST_LINES + 1), "divide it"),
    ],
)
def test_a_file_that_is_no_table_says_why(data, word):
    with pytest.raises(Unreadable, match=word):
        read_lines(data)


def test_only_those_who_may_make_redirects_import_them(about):
    accounts(about.get_parent())
    for username in ("editor", "french"):
        assert upload(client_of(username), "/a,/en/").status_code == 302
    assert not Redirect.objects.exists()


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=4))
def test_whatever_is_in_a_file_is_planned_or_refused_with_a_reason(rows):
    text = "\n".join(f"/{old},/{new}" for old, new in rows)
    try:
        plan = planned(*text.split("\n"))
    except Unreadable:
        return
    assert all(line.problem for line in plan.refused)
    assert all(line.target for line in plan.changes)


def post_form(client, **data):
    return client.post("/admin/redirects/add/", {"redirect_page": "", "is_permanent": "on", **data})


def test_the_form_takes_a_path_and_refuses_what_leads_nowhere(about):
    accounts(about.get_parent())
    admin = client_of("admin")
    refused = [
        {"old_path": "/en/about/", "redirect_link": "/en/"},
        {"old_path": "/a", "redirect_link": "/a"},
        {"old_path": "http://[", "redirect_link": "/en/"},
        {"old_path": "////[x", "redirect_link": "/en/"},
        {"old_path": "/a", "redirect_link": "/en/nowhere/"},
        {"old_path": "/a"},
        {"old_path": "/a", "redirect_link": "/en/", "redirect_page": about.pk},
    ]
    for data in refused:
        assert post_form(admin, **data).status_code == 200, data
    assert not Redirect.objects.exists()
    assert post_form(admin, old_path="/a/", redirect_link="/fr/a-propos/").status_code == 302
    made = Redirect.objects.get()
    assert (made.old_path, made.redirect_link) == ("/a", "/fr/a-propos/")
    edited = admin.post(
        f"/admin/redirects/{made.pk}/",
        {"old_path": "/a", "redirect_page": "", "redirect_link": "/en/about/"},
    )
    assert edited.status_code == 302
    made.refresh_from_db()
    assert made.redirect_link == "/en/about/"


def test_a_page_is_chosen_by_its_number(about):
    accounts(about.get_parent())
    assert post_form(client_of("admin"), old_path="/a", redirect_page="x").status_code == 400
    assert post_form(client_of("admin"), old_path="/a", redirect_page="999999").status_code == 200
    assert post_form(client_of("admin"), old_path="/a", redirect_page=about.pk).status_code == 302
