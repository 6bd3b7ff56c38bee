"""Private pages and documents are behind a form of this site, in the visitor's language."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db

PASSWORD = "an open secret"
WORDS = {
    "en": ("Password required", "Open", "Sign in", "Username"),
    "fr": ("Mot de passe requis", "Ouvrir", "Se connecter", "Nom d’utilisateur"),
    "de": ("Passwort erforderlich", "Öffnen", "Anmelden", "Benutzername"),
}


@pytest.fixture
def board():
    return factories.content_page(
        title_en="Board", title_fr="Conseil", title_de="Rat", summary_en="Who sits on it"
    )


def restrict(page, kind, **fields):
    PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def page_of(response):
    """The page, once it is sure that it is one of this site and tells nothing of what it hides."""
    html = BeautifulSoup(response.content, "html.parser")
    assert html.select_one("link[href*='site.css']")
    assert html.select_one("meta[name=robots][content=noindex]")
    assert "Board" not in response.text
    assert "Who sits on it" not in response.text
    for field in html.select("form input:not([type=hidden])"):
        assert html.select_one(f"label[for={field['id']}]")
    return html


@pytest.mark.parametrize("language", WORDS)
def test_a_page_with_a_password_asks_for_it(client, board, language):
    restrict(board, PageViewRestriction.PASSWORD, password=PASSWORD)
    address = board.get_url_for_language(language)
    html = page_of(client.get(address))
    heading, button, *_others = WORDS[language]
    assert html.html["lang"] == language
    assert html.h1.text == heading
    assert html.form.button.text == button

    hidden = {field["name"]: field["value"] for field in html.form.select("[type=hidden]")}
    wrong = client.post(html.form["action"], {**hidden, "password": "a guess"})
    field = page_of(wrong).select_one("[name=password]")
    assert field["aria-invalid"] == "true"
    right = client.post(html.form["action"], {**hidden, "password": PASSWORD})
    assert (right.status_code, right.url) == (302, address)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", WORDS)
def test_a_page_for_those_with_an_account_asks_them_to_sign_in(
    client, board, language, django_user_model
):
    django_user_model.objects.create_user("reader", password=PASSWORD)
    restrict(board, PageViewRestriction.LOGIN)
    address = board.get_url_for_language(language)
    door = client.get(address)
    html = page_of(client.get(door.url))
    *_others, heading, username = WORDS[language]
    assert html.h1.text == heading
    assert html.form.button.text == heading
    assert html.form.label.text == username

    fields = {field["name"]: field["value"] for field in html.form.select("[type=hidden]")}
    wrong = client.post(html.form["action"], {**fields, "username": "reader", "password": "no"})
    assert page_of(wrong).select_one(".errorlist").text.strip()
    fields |= {"username": "reader", "password": PASSWORD}
    right = client.post(html.form["action"], fields)
    assert (right.status_code, right.url) == (302, address)
    assert client.get(address).status_code == 200


def test_who_has_signed_in_in_vain_is_told_why(admin_client):
    html = page_of(admin_client.get("/en/_util/login/?next=/en/board/"))
    assert "Your account may not read this page." in html.main.text


def test_a_document_with_a_password_asks_for_it(client):
    document = library.document()
    kind = CollectionViewRestriction.PASSWORD
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type=kind, password=PASSWORD
    )
    html = page_of(client.get(document.url, headers={"Accept-Language": "fr"}))
    assert "Ce document est réservé" in html.main.text
