"""A cache in front of the site hears which addresses show something else."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from lihsite.models import BasePage
from lihsite.multilingual.publishing import unpublish_languages
from tests import factories

pytestmark = pytest.mark.django_db


class Cache(BaseHTTPRequestHandler):
    def do_PURGE(self):
        self.server.heard.append(f"{self.headers['Host']}{self.path}")
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args):
        """Nothing is printed."""


@pytest.fixture
def cache(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    server.heard, server.status = [], 200
    Thread(target=server.serve_forever, daemon=True).start()
    settings.WAGTAILFRONTENDCACHE = {
        "http": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{server.server_port}",
        }
    }
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def article():
    factories.home()
    page = factories.news(title_en="Microbes", title_fr="Microbes", title_de="Mikroben")
    page.save_revision().publish()
    return BasePage.objects.get(pk=page.pk).specific


def test_a_publication_is_told_in_every_language(
    cache, article, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        unpublish_languages(article, ["fr"])
    heard = set(cache.heard)
    assert {
        "testserver/en/news/microbes/",
        "testserver/fr/actualites/microbes/",
        "testserver/de/aktuelles/mikroben/",
        "testserver/fr/actualites/",
        "testserver/de/",
    } <= heard


def test_a_move_is_told_with_all_that_moves(cache, article, django_capture_on_commit_callbacks):
    archive = factories.news_index(title_en="Archive", title_fr="Archives", title_de="Archiv")
    with django_capture_on_commit_callbacks(execute=True):
        article.move(archive, pos="last-child")
    assert {"testserver/de/archiv/mikroben/", "testserver/en/archive/"} <= set(cache.heard)


def test_a_cache_that_refuses_stops_nobody(
    cache, article, caplog, django_capture_on_commit_callbacks
):
    cache.status = 503
    with django_capture_on_commit_callbacks(execute=True):
        unpublish_languages(article, ["fr"])
    assert "Couldn't purge" in caplog.text
    article.refresh_from_db()
    assert not article.live_in_fr


def test_where_there_is_none_nothing_is_asked(
    article, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {}
    with django_capture_on_commit_callbacks() as callbacks:
        unpublish_languages(article, ["fr"])
    assert not [one for one in callbacks if "content_network" in one.__module__]
