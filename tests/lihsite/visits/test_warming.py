"""The pages that are read most are made anew after a publication, ahead of their visitors."""

from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lihsite.settings import base
from lihsite.visits.counting import is_reader
from lihsite.visits.models import PageVisits
from lihsite.visits.warming import most_read, warm_pages
from tests import factories
from tests.other_servers import Quiet, answering, http_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """A server that keeps what it was asked for, as `asked`."""

    class Handler(Quiet, BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append((self.path, self.headers))
            self.send_response(404 if "gone" in self.path else 200)
            self.end_headers()

    server = http_server(Handler)
    server.asked = []
    with answering(server):
        yield server


@pytest.fixture
def pages(settings):
    """Two pages with visits: the second is read most in French."""
    settings.WARMED_PAGES = 2
    home = factories.home()
    pages = [
        factories.content_page(home, title_en=title, slug_en=title.lower(), slug_fr=title.lower())
        for title in ("About", "Careers")
    ]
    today = timezone.localdate()
    for page, language, day, count in [
        (pages[0], "en", today, 5),
        (pages[1], "fr", today, 4),
        (pages[1], "fr", today - timedelta(days=3), 4),
        (pages[1], "en", today - timedelta(days=30), 90),
        (home, "de", today, 1),
    ]:
        PageVisits.objects.create(page_id=page.pk, language=language, day=day, count=count)
    return pages


def test_the_most_read_pages_of_the_last_days_are_asked_for(pages, site, settings):
    settings.WARMING_URL = f"http://127.0.0.1:{site.server_port}"
    assert warm_pages.call() == 2
    assert [path for path, _headers in site.asked] == ["/fr/careers/", "/en/about/"]


def test_who_asks_is_not_counted_as_a_visitor(pages, site, settings):
    settings.WARMING_URL = f"http://127.0.0.1:{site.server_port}"
    warm_pages.call()
    agent = site.asked[0][1]["User-Agent"]
    assert not is_reader({"REQUEST_METHOD": "GET", "HTTP_USER_AGENT": agent})


def test_a_page_that_is_no_longer_live_is_not_asked_for(pages):
    pages[1].live = False
    pages[1].save()
    assert most_read(2) == ["/en/about/", "/de/"]


def test_a_server_that_is_away_is_asked_once_and_that_is_no_failure(pages, settings, caplog):
    settings.WARMING_URL = "http://127.0.0.1:9"
    assert warm_pages.call() == 0
    assert len(caplog.records) == 1


def test_many_publications_are_followed_by_one_warming(pages, settings):
    settings.TASKS = base.TASKS
    for page in pages:
        page.save_revision().publish()
    assert DBTaskResult.objects.filter(task_path=warm_pages.module_path).count() == 1
