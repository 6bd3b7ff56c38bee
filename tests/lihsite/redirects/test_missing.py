"""Addresses that are asked for in vain are counted: nothing about who asked, and not too many."""

from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from lihsite.redirects import counting
from lihsite.redirects.counting import missing
from lihsite.redirects.models import MissingAddress
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    missing.take()
    yield factories.home()
    missing.take()


def counted() -> dict:
    missing.write_out()
    return dict(MissingAddress.objects.values_list("path", "count"))


def test_a_missing_address_is_counted_with_its_language_and_the_host_that_linked_it(client):
    client.get("/fr/perdu/?q=secret", headers={"Referer": "https://other.example/page?id=7"})
    client.get("/fr/perdu/")
    client.get("/old.html")
    assert counted() == {"/fr/perdu": 2, "/old.html": 1}
    lost = MissingAddress.objects.get(path="/fr/perdu")
    assert (lost.language, lost.referrer) == ("fr", "other.example")
    assert MissingAddress.objects.get(path="/old.html").referrer is None


@pytest.mark.parametrize(
    "referrer",
    ["http://=cmd|'calc'!a1/", "http://+1/", "http://@sum(1)/", "http://a b/", "http://<b>/"],
)
def test_a_host_that_no_browser_would_name_is_not_kept(client, referrer):
    client.get("/old.html", headers={"Referer": referrer})
    assert counted() == {"/old.html": 1}
    assert MissingAddress.objects.get().referrer is None


@pytest.mark.parametrize("host", ["xn--e1afmkfd.example", "my_host.example", "192.0.2.1", "a"])
def test_hosts_that_browsers_name_are_kept(client, host):
    client.get("/old.html", headers={"Referer": f"https://{host}:8000/page"})
    missing.write_out()
    assert MissingAddress.objects.get().referrer == host


def test_later_counts_are_added_and_keep_the_host_that_was_told(client):
    client.get("/en/lost/", headers={"Referer": "https://other.example/"})
    assert counted() == {"/en/lost": 1}
    first = MissingAddress.objects.get().last_seen
    client.get("/en/lost/")
    assert counted() == {"/en/lost": 2}
    lost = MissingAddress.objects.get()
    assert lost.referrer == "other.example"
    assert lost.last_seen > first


@pytest.mark.parametrize(
    "address",
    [
        "/admin/nothing/",
        "/static/nothing.css",
        "/en/",
        "/en/ada@example.org/",
        "/en/_review/secret/",
        "/" + "x" * 300,
    ],
)
def test_what_is_not_missing_or_may_name_a_person_is_not_counted(client, address):
    client.get(address)
    assert counted() == {}


def test_what_a_redirect_answers_is_not_missing(client, home):
    Redirect.objects.create(old_path="/old", redirect_page=home.basepage_ptr)
    assert client.get("/old/").status_code == 301
    assert counted() == {}


def test_a_flood_of_addresses_leaves_those_that_are_asked_for_often(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST_ROWS", 3)
    for _time in range(2):
        client.get("/en/lost/")
        counted()
    for number in range(10):
        client.get(f"/en/flood-{number}/")
    assert MissingAddress.objects.count() == 1
    rows = counted()
    assert len(rows) == 3
    assert rows["/en/lost"] == 2


@given(path=st.text(min_size=1), referrer=st.text(st.characters(max_codepoint=255)))
def test_whatever_is_asked_for_can_be_written(path, referrer):
    request = RequestFactory().get("/", headers={"Referer": referrer})
    request.path = f"/{path}"
    counting.count_missing(request)
    missing.write_out()
    assert not missing.counts


def test_the_report_offers_redirects_to_those_who_may_make_them(client, home):
    accounts(home)
    client.get("/fr/perdu/")
    missing.write_out()
    report = client_of("admin", "fr").get("/admin/reports/missing-addresses/")
    assert "/admin/redirects/add/?old_path=%2Ffr%2Fperdu" in report.text
    form = client_of("admin").get("/admin/redirects/add/?old_path=%2Ffr%2Fperdu")
    assert 'value="/fr/perdu"' in form.text
    for format in ("csv", "xlsx"):
        export = client_of("admin").get(f"/admin/reports/missing-addresses/?export={format}")
        assert export.status_code == 200
    assert client_of("reviewer").get("/admin/reports/missing-addresses/").status_code == 200
    for username in ("editor", "french"):
        assert client_of(username).get("/admin/reports/missing-addresses/").status_code == 302
        assert "missing-addresses" not in client_of(username).get("/admin/").text


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("/%5Cexample.org/x", "/%5Cexample.org/x"),
        ("////example.org/x", "/%2Fexample.org/x"),
        ("/fr/perdu%20%C3%A9t%C3%A9%3Fx", "/fr/perdu%20%C3%A9t%C3%A9%3Fx"),
    ],
)
def test_the_report_leads_to_this_site_whatever_was_asked_for(rf, home, asked, link):
    accounts(home)
    counting.count_missing(rf.get("/", PATH_INFO=unquote(asked, "latin-1")))
    missing.write_out()
    report = BeautifulSoup(
        client_of("admin").get("/admin/reports/missing-addresses/").content, "html.parser"
    )
    assert report.find("main").find("tbody").find("a")["href"] == link


def test_what_has_a_redirect_meanwhile_leaves_the_report(client, home):
    accounts(home)
    client.get("/fr/perdu/")
    client.get("/old.html")
    missing.write_out()
    Redirect.objects.create(old_path="/fr/perdu", redirect_page=home.basepage_ptr)
    address = "/admin/reports/missing-addresses/?language=none&ordering=-last_seen&q=old"
    assert "/old.html" in client_of("admin").get(address).text
    assert "/fr/perdu" not in client_of("admin").get("/admin/reports/missing-addresses/").text


def test_a_redirect_to_a_page_that_nobody_gets_is_a_missing_address(client):
    page = factories.content_page(title_en="Secret plan")
    Redirect.objects.create(old_path="/old", redirect_page=page.basepage_ptr)
    assert client.get("/old/").headers["Location"] == "/en/secret-plan/"
    page.unpublish()
    response = client.get("/old/")
    assert response.status_code == 404
    assert "secret-plan" not in response.text
    assert counted() == {"/old": 1}


def test_redirects_to_other_addresses_and_to_private_pages_lead_there(client):
    page = factories.content_page(title_en="For partners")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    Redirect.objects.create(old_path="/partners", redirect_page=page.basepage_ptr)
    Redirect.objects.create(old_path="/away", redirect_link="https://other.example/")
    assert client.get("/partners/").headers["Location"] == "/en/for-partners/"
    assert client.get("/away/").headers["Location"] == "https://other.example/"
