import pytest
from environ import Env

from lihsite.settings.media import media_hosts, media_storage


@pytest.fixture
def environment(monkeypatch):
    def environment(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return Env()

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
