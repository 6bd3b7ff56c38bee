import pytest
from django.core.exceptions import ImproperlyConfigured

from lihsite.settings.environment import Environment
from lihsite.settings.media import media_hosts, media_origin, media_storage


@pytest.fixture
def environment(monkeypatch):
    def environment(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Environment()

    return environment


def test_media_are_in_a_folder_by_default(environment):
    env = environment()
    assert media_storage(env)["BACKEND"].endswith("FileSystemStorage")
    assert media_hosts(env) == []


@pytest.mark.parametrize(
    ("variables", "host"),
    [
        ({"MEDIA_S3_DOMAIN": "media.example.org"}, "https://media.example.org"),
        ({"MEDIA_S3_ENDPOINT": "https://s3.example.org:9000/x"}, "https://s3.example.org:9000"),
        ({}, "https://pictures.s3.amazonaws.com"),
    ],
)
def test_a_bucket_moves_media_to_a_store_that_pages_may_load_from(environment, variables, host):
    env = environment(MEDIA_S3_BUCKET="pictures", **variables)
    storage = media_storage(env)
    assert storage["BACKEND"] == "lihsite.media.stores.MediaStore"
    assert storage["OPTIONS"]["bucket_name"] == "pictures"
    assert media_hosts(env) == [host]


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("", ""),
        ("https://media.example.org", "https://media.example.org"),
        ("https://Media.example.org/", "https://media.example.org"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
    ],
)
def test_media_have_a_host_name_of_their_own_if_wanted(environment, value, origin):
    env = environment(MEDIA_ORIGIN=value)
    assert media_origin(env) == origin
    assert media_hosts(env) == ([origin] if origin else [])


@pytest.mark.parametrize("value", ["media.example.org", "https://a.org/media", "ftp://a.org", "*"])
def test_what_is_no_origin_is_refused(environment, value):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_ORIGIN"):
        media_origin(environment(MEDIA_ORIGIN=value))


def test_media_are_served_by_one_of_both(environment):
    with pytest.raises(ImproperlyConfigured, match="MEDIA_S3_DOMAIN"):
        media_origin(environment(MEDIA_ORIGIN="https://a.org", MEDIA_S3_BUCKET="pictures"))
