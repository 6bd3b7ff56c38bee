"""Uploads under a host name of their own."""

import pytest

from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db

HERE, MEDIA = "testserver", "media.example.org"


@pytest.fixture
def picture(settings):
    """The address of a picture on a site that has `MEDIA_ORIGIN`."""
    settings.MEDIA_ORIGIN = f"https://{MEDIA}"
    settings.ALLOWED_HOSTS = [HERE, MEDIA]
    return f"/media/{library.image().file.name}"


def status(client, address, host):
    return client.get(address, headers={"Host": host}, secure=True).status_code


def test_media_are_answered_under_their_own_host_name_alone(client, picture):
    assert status(client, picture, MEDIA) == 200
    assert status(client, picture, MEDIA.upper()) == 200
    assert status(client, picture, HERE) == 404
    assert status(client, picture, "elsewhere.example.org") == 400


@pytest.mark.parametrize(
    "address", ["/", "/en/", "/admin/login/", "/admin/", "/api/v2/pages/", "/sitemap.xml", "/xx"]
)
def test_nothing_else_is_answered_there(client, picture, address):
    factories.home()
    response = client.get(address, headers={"Host": MEDIA}, secure=True)
    assert response.status_code == 404
    assert not response.cookies
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_without_the_setting_the_site_serves_media_itself(client):
    assert status(client, f"/media/{library.image().file.name}", HERE) == 200


def test_pages_elsewhere_may_show_pictures_and_nothing_else(client, picture):
    shown = client.get(picture, headers={"Host": MEDIA}, secure=True)
    assert shown["Cross-Origin-Resource-Policy"] == "cross-origin"
    for address in ("/en/", "/admin/login/", "/robots.txt"):
        headers = client.get(address, headers={"Host": HERE}, secure=True).headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
