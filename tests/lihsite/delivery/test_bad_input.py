"""What no page can mean gets a clear answer, never a server error."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    "address",
    [
        "/en/%00/",
        "/en/news/?topic=%00",
        "/en/news/?%00=a",
        "/admin/login/?next=%00",
        "/media/%00",
        f"/en/{'long/' * 500}",
        f"/en/?q={'x' * 9000}",
    ],
)
def test_the_unacceptable_is_refused_in_the_language_of_the_visitor(client, address):
    response = client.generic("GET", address, headers={"Accept-Language": "fr"})
    assert response.status_code == 400
    expected = "en" if address.startswith("/en/") else "fr"
    assert response["Content-Language"] == expected
    assert f'<html lang="{expected}"' in response.text
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["//elsewhere.example/", "//[/"])
def test_a_path_that_reads_as_the_name_of_a_host_is_refused(client, path):
    assert client.get("/", PATH_INFO=path).status_code == 400


@pytest.mark.parametrize("cookie", ['"\\000"', "\\", "=;=", "x" * 4000, "\u00e9\u4e2d"])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "language"])
def test_a_broken_cookie_is_ignored(client, name, cookie):
    header = f"{name}={cookie}".encode().decode("latin-1")
    assert client.get("/", headers={"Cookie": header}).status_code == 302
    assert client.get("/admin/login/", headers={"Cookie": header}).status_code == 200


def test_an_unknown_host_is_refused(client):
    assert client.get("/en/", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(("number", "status"), [(20_000, 200), (20_001, 400)])
def test_too_many_fields_are_refused(client, number, status):
    fields = {f"f{each}": "" for each in range(number)}
    assert client.post("/en/newsletter/", fields).status_code == status


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.text(max_size=40),
    query=st.text(max_size=40),
    language=st.text(alphabet=st.characters(max_codepoint=255), max_size=40),
)
def test_no_address_and_no_header_breaks_the_server(client, path, query, language):
    headers = {"Accept-Language": language.replace("\n", "").replace("\r", "")}
    for start in ("/", "/fr/", "/media/", "/documents/", "/admin/"):
        # As a server passes it on: the client of tests would take `//[` for a host, and give up.
        sent = f"{start}{path}".encode().decode("latin-1")
        response = client.get("/", {"q": query, query[:5]: "1"}, headers=headers, PATH_INFO=sent)
        assert response.status_code < 500
