"""What cannot be sent to an address is refused by a page that says so, not as a forged form."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """One that the guard against forged forms applies to, as to every visitor."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_page_takes_nothing_that_is_sent_to_it(client, method, language):
    factories.home()
    response = client.generic(method, f"/{language}/", b"name=value")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert f'<html lang="{language}"' in response.text
    assert f'href="/{language}/"' in response.text


def test_the_search_takes_nothing_either(client):
    response = client.post("/en/search/", {"q": "immune"})
    assert response.status_code == 405


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_is_sent_to_no_page_is_not_found(client, method, language):
    response = client.generic(method, f"/{language}/nothing-here/", b"name=value")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text


@pytest.mark.parametrize("address", ["/", "/sitemap.xml", "/robots.txt", "/media/picture.jpg"])
def test_files_and_lists_take_nothing_either(client, address):
    response = client.put(address, headers={"Accept-Language": "de"})
    assert response.status_code == 405
    assert '<html lang="de"' in response.text


def test_the_newsletter_says_which_methods_it_takes(client):
    response = client.delete("/fr/lettre-d-information/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert '<html lang="fr"' in response.text


def test_a_form_that_writes_is_still_guarded_against_forgery(client):
    assert client.post("/admin/login/", {"username": "admin"}).status_code == 403
    assert client.post("/en/_util/login/", {"username": "admin"}).status_code == 403


def test_the_admin_knows_no_invented_method(client):
    assert client.generic("BREW", "/admin/").status_code == 405
