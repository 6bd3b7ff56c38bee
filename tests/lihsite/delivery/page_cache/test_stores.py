"""What several processes share of the pages that they keep."""

import json

import pytest
from redis import Redis

from lihsite.delivery.page_cache.stores import SharedStore

from .site import Visitors

pytestmark = pytest.mark.server

BACKEND = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def visitors_of(redis, settings, tmp_path):
    """Visitors of a server of a release, which all share a Redis."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": BACKEND}}

    def started(release: str) -> Visitors:
        folder = tmp_path / release
        folder.mkdir(exist_ok=True)
        manifest = {"version": "1.1", "paths": {}, "hash": release}
        (folder / "staticfiles.json").write_text(json.dumps(manifest))
        settings.STATIC_ROOT = str(folder)
        return Visitors(SharedStore(1_000_000, Redis.from_url(redis.url), 60))

    return started


def test_a_server_gives_what_another_of_its_release_has_made(visitors_of):
    one, other = visitors_of("first"), visitors_of("first")
    one.get()
    assert other.get().cache.endswith("hit")
    assert other.asked == 0


def test_a_server_gives_no_page_of_another_release(visitors_of):
    old, new = visitors_of("first"), visitors_of("second")
    old.get()
    new.site.body = b"<!doctype html><title>New</title>"
    assert new.get().text == new.site.body
    assert old.get().text == old.site.body
