import pytest
from django.conf import settings

from lihsite.multilingual.choice import remembering

pytestmark = pytest.mark.django_db

COOKIE = settings.LANGUAGE_COOKIE_NAME
OWN_CLICK = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("de", "/de/"),
        ("fr-LU, de;q=0.8", "/fr/"),
        ("lb, de;q=0.5", "/de/"),
        ("pt", "/en/"),
        ("", "/en/"),
        ("de;q=2;;=,\xff, , -", "/en/"),
        ("x" * 5000, "/en/"),
        ("*", "/en/"),
    ],
)
def test_the_start_leads_to_the_language_that_the_browser_asks_for(client, accepted, address):
    response = client.get("/", headers={"Accept-Language": accepted})
    assert response.status_code == 302
    assert response["Location"] == address
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_the_remembered_choice_goes_before_what_the_browser_asks_for(client):
    client.cookies[COOKIE] = "fr"
    assert client.get("/", headers={"Accept-Language": "de"})["Location"] == "/fr/"


@pytest.mark.parametrize("cookie", ["xx", "../de", "x" * 3000, '"\\000"', "d\u00e9"])
def test_a_cookie_that_names_no_language_is_ignored(client, cookie):
    client.cookies[COOKIE] = cookie
    assert client.get("/", headers={"Accept-Language": "de"})["Location"] == "/de/"


def test_the_start_keeps_the_query(client):
    assert client.get("/?utm_source=letter")["Location"] == "/en/?utm_source=letter"


def test_the_switcher_is_remembered_and_leads_to_a_clean_address(client):
    response = client.get(remembering("/fr/recherche/?page=2&topic=a&topic=b"), headers=OWN_CLICK)
    assert response.status_code == 302
    assert response["Location"] == "/fr/recherche/?page=2&topic=a&topic=b"
    assert response.cookies[COOKIE].value == "fr"
    assert "no-store" in response["Cache-Control"]
    assert client.get("/", headers={"Accept-Language": "de"})["Location"] == "/fr/"


def test_a_referrer_of_our_own_tells_a_click_where_the_browser_does_not(client):
    headers = {"Referer": "http://testserver/en/"}
    assert COOKIE in client.get(remembering("/fr/"), headers=headers).cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "https://elsewhere.example/"},
        {"Referer": "http://[malformed"},
        {**OWN_CLICK, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_nothing_but_a_click_of_our_own_is_remembered(client, headers):
    response = client.get(remembering("/fr/"), headers=headers)
    assert response["Location"] == "/fr/"
    assert COOKIE not in response.cookies


def test_looking_at_a_page_remembers_nothing(client):
    assert COOKIE not in client.get("/fr/", headers=OWN_CLICK).cookies


@pytest.mark.parametrize("address", ["/xx/", "/xx/research/", "/research/", "/de-AT/", "/english/"])
def test_an_address_without_a_language_of_ours_is_not_found(client, address):
    response = client.get(address, headers={"Accept-Language": "de"})
    assert response.status_code == 404
    assert response["Content-Language"] == "de"


def test_a_language_without_its_slash_gets_it(client):
    assert client.get("/fr")["Location"] == "/fr/"
