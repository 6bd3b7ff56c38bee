"""Visits are counted a page, language and day, and nobody is who would rather not be."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site

from lihsite.visits.counting import count_visit, is_reader, visits
from lihsite.visits.models import PageVisits
from tests import factories

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    visits.take()
    yield
    visits.take()


@pytest.fixture
def about():
    return factories.content_page(title_en="About", title_fr="À propos", live_in=("en", "fr"))


def visit(client, address, **headers):
    return client.get(address, headers={"User-Agent": FIREFOX, **headers})


def counted() -> dict:
    visits.write_out()
    return {(one.page_id, one.language): one.count for one in PageVisits.objects.all()}


def test_a_visit_counts_for_the_page_in_the_language_of_its_address(client, about):
    for address in ("/en/about/", "/fr/a-propos/", "/fr/a-propos/?utm=x", "/de/about/"):
        assert visit(client, address).status_code == 200
    assert counted() == {(about.pk, "en"): 1, (about.pk, "fr"): 2, (about.pk, "de"): 1}


def test_what_a_page_shows_below_its_address_counts_for_the_page(client):
    index = factories.people_index()
    factories.person(slug="ada")
    visit(client, "/en/people/ada/")
    assert counted() == {(index.pk, "en"): 1}


def test_days_are_counted_apart_and_in_local_time(client, about):
    for moment in ("2026-03-02 22:30", "2026-03-02 23:30"):
        with freeze_time(moment):
            visit(client, "/en/about/")
            visits.write_out()
    days = PageVisits.objects.order_by("day").values_list("day", "count")
    assert list(days) == [(date(2026, 3, 2), 1), (date(2026, 3, 3), 1)]


@pytest.mark.parametrize(
    "address", ["/en/search/", "/en/nowhere/", "/robots.txt", "/sitemap.xml", "/"]
)
def test_what_is_no_page_is_not_counted(client, about, address):
    visit(client, address)
    assert counted() == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": "python-requests/2.34"},
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Cookie": f"{settings.SESSION_COOKIE_NAME}=abc"},
    ],
)
def test_programs_people_at_work_and_who_would_rather_not_are_not_counted(client, about, headers):
    visit(client, "/en/about/", **headers)
    assert counted() == {}


def test_only_reading_is_counted(client, about):
    client.head("/en/about/", headers={"User-Agent": FIREFOX})
    client.post("/en/about/", headers={"User-Agent": FIREFOX})
    assert counted() == {}


def test_a_cache_counts_what_it_answers_by_the_environment_of_the_request(about):
    count_visit(
        {
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": "testserver",
            "SERVER_PORT": "80",
            "PATH_INFO": "/fr/a-propos/",
            "HTTP_USER_AGENT": FIREFOX,
        }
    )
    assert counted() == {(about.pk, "fr"): 1}


def test_each_site_counts_its_own_pages(client, about):
    other = factories.content_page(title_en="Campaign").get_parent()
    root = factories.page(type(other.specific), other.get_parent(), title_en="Other")
    Site.objects.create(hostname="other.example", root_page=root)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "ALLOWED_HOSTS", ["*"])
        client.get("/en/", headers={"User-Agent": FIREFOX, "Host": "other.example"})
    assert counted() == {(root.pk, "en"): 1}


def test_counting_costs_a_visit_no_query(client, about):
    client.get("/en/about/")
    with CaptureQueriesContext(connection) as uncounted:
        client.get("/en/about/")
    with CaptureQueriesContext(connection) as with_count:
        visit(client, "/en/about/")
    assert len(with_count) == len(uncounted)


@freeze_time("2026-03-02 12:00")
def test_writing_takes_as_many_queries_for_many_addresses():
    factories.people_index()

    def cost(number):
        for place in range(number):
            visits.add(("testserver", "80", f"/en/people/{place}/", date(2026, 3, 2)))
        with CaptureQueriesContext(connection) as queries:
            visits.write_out()
        return len(queries)

    assert cost(2) == cost(200) <= 8


def test_a_page_that_was_deleted_meanwhile_is_left_out(client, about):
    visit(client, "/en/about/")
    about.delete()
    assert counted() == {}


def test_what_is_old_is_forgotten(client, about):
    old = PageVisits.objects.create(page=about, language="en", day=date(2020, 1, 1), count=3)
    visit(client, "/en/about/")
    visits.write_out()
    assert not PageVisits.objects.filter(pk=old.pk).exists()


@given(
    environ=st.dictionaries(
        st.sampled_from(
            ["HTTP_HOST", "HTTP_USER_AGENT", "HTTP_DNT", "HTTP_COOKIE", "PATH_INFO", "SERVER_PORT"]
        ),
        st.text(st.characters(max_codepoint=255)),
    )
)
def test_whatever_a_request_says_it_is_counted_or_not(environ):
    environ["REQUEST_METHOD"] = "GET"
    environ.setdefault("PATH_INFO", "/")
    count_visit(environ)
    assert isinstance(is_reader(environ), bool)
    visits.write_out()
    assert not visits.counts
