"""The proxy of `deploy/` before two servers that say what they were asked."""

import socket
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import requests
from django.core.handlers.wsgi import WSGIRequest

from lihsite.clients import client_of
from lihsite.operations import server
from tests.damage.proxy import EXECUTABLE, Proxy
from tests.other_servers import Quiet, answering
from tests.own_server import OwnServer

pytestmark = pytest.mark.server

CLIENT = "/client"


class Release:
    """A server that has these files, and tells who its client is; `asked` are the paths."""

    def __init__(self, *files: str):
        self.files = files
        self.asked: list[str] = []
        self.port = server.free_port()

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        if path == "/readyz":
            start_response("200 OK", [])
            return [b'{"status": "ready"}']
        self.asked.append(path)
        start_response("200 OK" if path in (CLIENT, *self.files) else "404 Not Found", [])
        return [client_of(WSGIRequest(environ)).encode()]

    @contextmanager
    def running(self):
        with answering(make_server(server.HOST, self.port, self, handler_class=QuietHandler)):
            yield


class QuietHandler(Quiet, WSGIRequestHandler):
    """Answers without a word."""


@pytest.fixture
def releases() -> tuple[Release, Release]:
    """A new one beside the one before, in the middle of an upgrade."""
    return (
        Release("/static/site.new.css", "/static/both.css"),
        Release("/static/site.old.css", "/static/both.css"),
    )


@pytest.fixture
def proxy(releases, tmp_path):
    if not EXECUTABLE:
        pytest.skip("no HAProxy was found")
    with ExitStack() as stack:
        for release in releases:
            stack.enter_context(release.running())
        yield stack.enter_context(Proxy(tmp_path, releases))


@pytest.fixture
def ask(proxy):
    def asked(path, **headers):
        address = proxy.url + path
        return requests.get(address, headers=headers, verify=proxy.certificate, timeout=30)

    return asked


@pytest.mark.parametrize("file", ["site.new.css", "site.old.css", "both.css"])
def test_a_file_that_one_of_two_releases_has_is_always_found(ask, file):
    assert {ask(f"/static/{file}").status_code for _ in range(20)} == {200}


def test_a_file_that_neither_has_is_missing_and_each_is_asked_once(ask, releases):
    assert ask("/static/never.css").status_code == 404
    assert [release.asked for release in releases] == [["/static/never.css"]] * 2


def test_a_page_that_is_missing_is_asked_for_once(ask, releases):
    assert ask("/en/never/").status_code == 404
    assert [path for release in releases for path in release.asked] == ["/en/never/"]


def test_behind_the_proxy_alone_a_visitor_is_who_has_connected(ask, settings):
    settings.TRUSTED_PROXIES = 1
    for made_up in ("", "198.51.100.7", "198.51.100.7, 203.0.113.9"):
        assert ask(CLIENT, **{"X-Forwarded-For": made_up}).text == server.HOST


def test_behind_another_proxy_too_a_visitor_is_who_that_one_names(ask, settings):
    settings.TRUSTED_PROXIES = 2
    for told in ("198.51.100.7", "203.0.113.9, 198.51.100.7"):
        assert ask(CLIENT, **{"X-Forwarded-For": told}).text == "198.51.100.7"


class ToldByGranian(OwnServer):
    """The server that is deployed: those of Python leave out names of headers with an underscore,
    for this one they are the same as with a hyphen.
    """

    def run(self):
        command = server.command(self.port, workers=1)[:-1]
        return subprocess.Popen(
            [*command, "tests.damage.client_told:application"],
            cwd=server.ROOT,
            start_new_session=True,
        )

    def answers(self):
        with socket.socket() as visitor:
            return visitor.connect_ex((server.HOST, self.port)) == 0

    def kill(self):
        server.stop(self.process)


@pytest.fixture
def told_by_granian(tmp_path):
    if not EXECUTABLE:
        pytest.skip("no HAProxy was found")
    own = ToldByGranian()
    with ExitStack() as stack:
        own.start()
        stack.callback(own.kill)
        yield stack.enter_context(Proxy(tmp_path, [own, own]))


def test_no_header_of_a_like_name_says_who_a_visitor_is(told_by_granian):
    proxy = told_by_granian
    for name in ("X-Forwarded-For", "X_Forwarded_For", "x-forwarded_for"):
        headers = {"X-Forwarded-For": "198.51.100.7", name: "203.0.113.9"}
        answer = requests.get(proxy.url, headers=headers, verify=proxy.certificate, timeout=30)
        assert answer.text == server.HOST


def test_the_proxy_does_not_go_on_as_root(proxy):
    status = Path(f"/proc/{proxy.process.pid}/status").read_text()
    users = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
    assert "0" not in users
