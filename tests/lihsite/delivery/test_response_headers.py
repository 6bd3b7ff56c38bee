import re

import pytest
from django.conf import settings

DOCUMENTATION = settings.BASE_DIR / "docs" / "security.md"

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, list[str]]:
    """The policy of a response: the sources of each directive."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/en/nothing/", "/xx/", "/en/%00/", "/robots.txt"]
)
def test_every_answer_carries_the_protecting_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/nothing/", "/admin/jsi18n/"])
def test_the_admin_has_a_policy_that_allows_no_script_in_its_pages(client, address):
    policy = directives(client.get(address))
    assert policy["default-src"] == ["'none'"]
    assert "object-src" not in policy
    assert policy["script-src"] == ["'self'"]
    assert not [name for name in policy if name.startswith("script-src-")]


def test_every_exception_is_in_the_documentation(client):
    """Whatever a policy allows besides our own files is named there with its reason."""
    documented = set(
        re.findall(r"^\| (\w+) \| `([^`]+)` \|", DOCUMENTATION.read_text(), re.MULTILINE)
    )
    found = {
        (where, f"{name} {source}")
        for where, address in (("public", "/en/"), ("admin", "/admin/login/"))
        for name, sources in directives(client.get(address)).items()
        for source in sources
        if source not in {"'self'", "'none'"} and not source.startswith("https://")
    }
    assert found == documented


def test_frames_are_those_of_the_players_alone(client, settings):
    for address in ("/en/", "/admin/login/"):
        assert directives(client.get(address))["frame-src"] == ["'self'", *settings.VIDEO_HOSTS]


@pytest.mark.parametrize("address", ["/en/", "/admin/login/", "/robots.txt"])
def test_no_page_may_ask_for_the_devices_of_its_reader(client, address):
    allowed = client.get(address)["Permissions-Policy"]
    for device in ("camera", "microphone", "geolocation", "usb", "payment", "display-capture"):
        assert f"{device}=()" in allowed.split(", ")


def test_static_files_may_be_shown_elsewhere_but_not_taken_for_something_else(client):
    headers = client.get("/static/icons/favicon.svg").headers
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_crawlers_are_kept_out_of_the_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in response.text


def test_the_icon_that_browsers_ask_for_exists(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].startswith("/static/")
