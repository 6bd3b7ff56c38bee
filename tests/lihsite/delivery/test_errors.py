import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from lihsite.delivery import errors
from lihsite.pages import routing

LANGUAGES = ["en", "fr", "de"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_is_said_in_the_language_of_its_address(client, language):
    response = client.get(f"/{language}/nothing-here/")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert f'href="/{language}/"' in response.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.permission_denied, 403),
        (errors.csrf_failure, 403),
        (errors.server_error, 500),
    ],
)
def test_other_errors_need_neither_database_nor_session(view, status, language):
    # A query would fail here: the test has no database.
    response = view(RequestFactory().get(f"/{language}/broken/"))
    assert response.status_code == status
    assert f'<html lang="{language}"' in response.text
    assert f'href="/{language}/"' in response.text


@pytest.mark.django_db
def test_an_error_in_a_page_is_answered_without_a_query(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(routing, "find_site", fail)
    client = Client(raise_request_exception=False)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/de/")
    assert response.status_code == 500
    assert response["Content-Language"] == "de"
    assert not queries.captured_queries


@pytest.mark.django_db
def test_a_forged_form_is_refused_with_a_page():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", headers={"Accept-Language": "fr"})
    assert response.status_code == 403
    assert '<html lang="fr"' in response.text
