"""What visitors type and send: whatever it is, an answer that helps, and nothing written."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.serializers import serialize
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from events.models import EventPage
from home.models import HomePage
from lihsite.models import BasePage
from lihsite.multilingual.languages import language_codes
from news.models import NewsPage
from research.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

NEWS = {"en": "/en/news/", "fr": "/fr/actualites/", "de": "/de/aktuelles/"}
EVENTS = {"en": "/en/events/", "fr": "/fr/evenements/", "de": "/de/veranstaltungen/"}
ODD_VALUES = [
    *("0", "-1", "1.5", "1e3", "abc", "1 ", "01", "\u0661", "²", "1" * 500, str(10**30), "9" * 19),
    *("None", "null", "' OR 1=1 --", "<script>", "../../etc/passwd", "\ud7ff", "🦠", "%", "%ff"),
]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def site(shared_rows):
    factories.home()
    topic = factories.topic(title_en="Cancer")
    factories.people_index()
    factories.person(slug="ada")
    factories.news(title_en="A grant", topics=[topic])
    factories.event(title_en="A talk", topics=[topic])


def rows() -> str:
    """All that a visit could change."""
    models = (BasePage, HomePage, NewsPage, EventPage, Person)
    return "".join(serialize("json", model.objects.order_by("pk")) for model in models)


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("name", ["page", "topic", "type", "year"])
def test_what_no_filter_offers_is_not_found_in_the_language_of_the_visitor(
    client, site, name, value
):
    for language, address in NEWS.items():
        response = client.get(address, {name: value})
        assert response.status_code == 404
        assert f'<html lang="{language}"' in response.text
        assert f'href="{address}"' in response.text


@pytest.mark.parametrize("value", ODD_VALUES)
@pytest.mark.parametrize("name", ["page", "when"])
def test_what_no_list_of_events_offers_is_not_found(client, site, name, value):
    for language, address in EVENTS.items():
        response = client.get(address, {name: value})
        assert response.status_code == 404
        assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize(
    "query", ["topic=", "type=&year=&topic=", "page=", "unknown=1", "&&=&", "%"]
)
def test_an_empty_filter_is_none(client, site, query):
    for address in NEWS.values():
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200
        assert response.context_data["items"].paginator.count == 1
        assert not response.context_data["is_filtered"]


def test_the_last_of_a_repeated_filter_counts(client, site):
    response = client.get(f"{NEWS['en']}?type=story&type=press_release")
    assert response.context_data["items"].paginator.count == 1


@pytest.mark.parametrize(
    "path",
    [
        *("%ff/", "%c3%28/", "caf%e9/", "%2e%2e/", "%2f/", "%25/", "%0d%0aset-cookie:a/"),
        *("..%5c..%5c/", "news//", "news/../", "News/", "news/A-GRANT/", "news/a-grant/x/"),
        *("people/nobody/", "people/ada/x/", "people/%ff/", "a" * 1900),
    ],
)
def test_an_address_of_no_page_is_not_found_in_the_language_of_the_visitor(client, site, path):
    for language in language_codes():
        response = client.get(f"/{language}/{path}", follow=True)
        assert response.status_code == 404
        assert f'<html lang="{language}"' in response.text
        assert f'href="/{language}/"' in response.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_change_nothing(client, site, method):
    before = rows()
    for address in ("/", "/en/", NEWS["fr"], "/de/nirgends/", "/media/x", "/documents/1/x.pdf"):
        response = client.generic(method, address, b"\xff\x00", "application/x-www-form-urlencoded")
        assert response.status_code < 500
    assert rows() == before


def test_a_head_request_has_the_headers_of_a_get(client, site):
    for address in ("/en/", NEWS["fr"]):
        asked, got = client.head(address), client.get(address)
        assert asked.status_code == 200
        assert asked["Content-Type"] == got["Content-Type"]


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.binary(max_size=30),
    query=st.dictionaries(
        st.sampled_from(["page", "topic", "type", "year", "when", "remember-language"]),
        st.binary(max_size=20),
    ),
    cookie=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=20),
)
def test_no_bytes_break_a_page_and_none_change_a_row(client, site, path, query, cookie):
    before = rows()
    values = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    headers = {"Cookie": f"{settings.LANGUAGE_COOKIE_NAME}={cookie}", "Accept-Language": cookie}
    for start in (NEWS["en"], EVENTS["de"], "/fr/personnes/", "/"):
        for address in (f"{start}?{values}", f"{start}{quote(path)}?{values}"):
            assert client.get(address, headers=headers).status_code < 500
    assert rows() == before


# Dates and numbers


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "2 March 2026"), ("fr", "2 mars 2026"), ("de", "2. März 2026")],
)
def test_dates_are_written_as_the_language_writes_them(client, site, language, written):
    assert written in client.get(NEWS[language]).text


def test_a_page_on_screen_is_in_the_language_of_its_address_alone(client, site):
    with translation.override("de"):
        response = client.get(NEWS["fr"], headers={"Accept-Language": "de"})
    assert '<html lang="fr"' in response.text
    assert response["Content-Language"] == "fr"
