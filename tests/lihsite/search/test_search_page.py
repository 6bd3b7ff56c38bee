"""The search page as visitors get it, with whatever they send to it."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.lihsite.search.published import content, published

pytestmark = pytest.mark.django_db

PAGES = {"en": "/en/search/", "fr": "/fr/rechercher/", "de": "/de/suche/"}

HOSTILE = [
    "x" * 10_000,
    '"',
    "'",
    "a AND b OR NOT c*",
    "title:x NEAR(a b)",
    "'; DROP TABLE search_entry; --",
    "%s %d {} \\",
    "👩‍🔬 ⚕️",
    "שלום مرحبا",
    "<script>alert(1)</script>",
    "a & | ! : * ( ) <-> b",
    "\u202e",
    "ﷺ" * 50,
]


@pytest.fixture(autouse=True)
def site():
    factories.home()


@pytest.mark.parametrize(("language", "address"), PAGES.items())
def test_each_language_has_its_page(client, language, address):
    content(title_en="Kidney", title_fr="Rein", title_de="Niere")
    query = {"en": "kidney", "fr": "rein", "de": "niere"}[language]
    response = client.get(address, {"q": query})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    assert f"<mark>{query.capitalize()}</mark>" in page


def test_the_switcher_keeps_the_query(client):
    page = client.get("/en/search/", {"q": "kidney"}).content.decode()
    assert 'href="/fr/rechercher/?q=kidney' in page


def test_the_switcher_never_leads_to_what_there_is_not(client):
    """Neither to a page of hits, nor to a year, that one language alone has."""
    factories.news_index()
    for number in range(11):
        fields = {"title_en": f"Kidney {number}", "live_in": ("en",), "date": date(2024, 5, 1)}
        published(factories.news, **fields)
    asked = {"q": "kidney", "year": "2024", "page": "2"}
    response = client.get("/en/search/", asked)
    assert response.status_code == 200
    for choice in response.context["languages"]:
        assert "q=kidney&year=2024" in choice["url"]
        assert client.get(choice["url"]).status_code == 200


def test_every_page_leads_to_the_search(client):
    factories.news_index()
    assert 'href="/de/suche/"' in client.get("/de/").content.decode()


def test_a_correction_says_what_it_answers(client):
    content(title_en="Kidney", live_in=("en",))
    page = client.get("/en/search/", {"q": "kidny"}).content.decode()
    assert "Nothing was found for “kidny”." in page
    assert 'href="?q=kidney"' in page
    assert "<mark>Kidney</mark>" in page


def test_hits_in_other_languages_are_labelled(client):
    content(title_en="Kidney", live_in=("en",))
    assert "<mark>" not in client.get("/fr/rechercher/", {"q": "kidney"}).content.decode()
    page = client.get("/fr/rechercher/", {"q": "kidney", "others": "yes"}).content.decode()
    assert '<a href="/fr/kidney/" lang="en"><mark>Kidney</mark></a>' in page


def test_results_are_paged(client):
    for number in range(11):
        content(title_en=f"Kidney {number}", live_in=("en",))
    assert client.get("/en/search/", {"q": "kidney"}).content.count(b'class="hit"') == 10
    second = client.get("/en/search/", {"q": "kidney", "page": "2"})
    assert second.content.count(b'class="hit"') == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "2"},
        {"page": "0"},
        {"page": "x"},
        {"type": "nothing"},
        {"topic": "abc"},
        {"year": "99999"},
        {"when": "never"},
        {"sort": "price"},
    ],
)
def test_what_there_is_not_is_not_found(client, asked):
    assert client.get("/en/search/", {"q": "kidney", **asked}).status_code == 404


@pytest.mark.parametrize("asked", [{"type": ""}, {"page": ""}, {"topic": "", "q": ""}])
def test_empty_values_filter_nothing(client, asked):
    assert client.get("/en/search/", asked).status_code == 200


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_get_a_proper_answer(client, query):
    content(title_en="Kidney")
    response = client.get("/en/search/", {"q": query[:2000]})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert client.get("/en/search/suggestions/", {"q": query[:2000]}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("x" * 10_000, id="ten thousand characters"),
        pytest.param("kid\u0000ney", id="the character of no text"),
        pytest.param("\u202e\u0000", id="no letter at all"),
    ],
)
def test_what_nobody_types_is_refused_clearly(client, query):
    for address in ("/en/search/", "/en/search/suggestions/"):
        assert client.get(address, {"q": query}).status_code == 400


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(query=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=80))
def test_no_query_breaks_the_page(client, query):
    assert client.get("/fr/rechercher/", {"q": query}).status_code == 200
    assert client.get("/de/suche/vorschlaege/", {"q": query}).status_code == 200


def test_suggestions_name_titles_and_addresses(client):
    content(title_en="Kidney stones", live_in=("en",))
    answer = json.loads(client.get("/en/search/suggestions/", {"q": "kidn"}).content)
    assert answer == {
        "suggestions": [
            {"title": "<mark>Kidney</mark> stones", "url": "/en/kidney-stones/", "kind": "Pages"}
        ]
    }


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_searching_changes_nothing(client, method):
    assert getattr(client, method)("/en/search/").status_code == 405


def test_the_search_page_is_in_no_search_engine(client):
    page = client.get("/en/search/").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page


def test_an_excerpt_keeps_the_narrow_spaces_of_french(client):
    content(title_fr="Rein", summary_fr="Le rein\u202f: un\n filtre", live_in=("fr",))
    page = client.get("/fr/rechercher/", {"q": "rein"}).content.decode()
    assert "<mark>rein</mark>\u202f: un filtre" in page


def test_results_of_a_correction_are_counted_as_such(client):
    content(title_en="Immunity", live_in=("en",))
    html = client.get("/en/search/?q=imunnity").content.decode()
    assert "Nothing was found for “imunnity”." in html
    assert "1 result for “immunity”" in html
    assert "for “" not in client.get("/en/search/?q=immunity").content.decode()
