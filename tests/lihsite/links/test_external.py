"""Other sites are asked politely, and nothing within our own network is ever reached."""

import socket
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lihsite.links import external
from lihsite.links.external import check, check_all, is_public
from lihsite.links.models import Problem
from tests.other_servers import Quiet, answering, http_server


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.4.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "0.1.2.3"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8"),
        *("64:ff9b::a00:1", "2002:a00:1::", "ff02::1"),
    ],
)
def test_an_address_of_a_network_of_ones_own_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "158.64.1.1", "2a00:1450:4001::1"])
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/"),
        *("ftp://files.example/", "file:///etc/passwd", "gopher://x/", "http://", "https:///x"),
        *("http://name:word@127.0.0.1/", "http://169.254.169.254/latest/meta-data/"),
    ],
)
def test_what_is_no_address_of_the_public_web_is_refused(address):
    answer = check(address)
    assert answer.status is None
    assert answer.problem in (Problem.REFUSED, Problem.UNREACHABLE)


class Site(Quiet, BaseHTTPRequestHandler):
    """Answers with the status that the path begins with."""

    asked = []

    def answer(self):
        self.asked.append((self.command, self.path))
        first = self.path.strip("/").split("/")[0]
        if first == "loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
        elif first == "moved":
            self.send_response(301)
            self.send_header("Location", "/200")
        elif first == "inside":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/")
        elif first == "get":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(first))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer


@pytest.fixture
def site(monkeypatch):
    """A site on this machine, which counts as public."""
    monkeypatch.setattr(external, "is_public", lambda ip: ip == "127.0.0.1")
    monkeypatch.setattr(external, "PAUSE", 0)
    Site.asked.clear()
    with answering(http_server(Site)) as server:
        yield server.url


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/200", ""),
        ("/moved", ""),
        ("/get", ""),
        ("/403", ""),
        ("/429", ""),
        ("/404", Problem.NOT_FOUND),
        ("/410", Problem.NOT_FOUND),
        ("/500", Problem.FAILING),
        ("/loop", Problem.UNREACHABLE),
        ("/inside", Problem.REFUSED),
    ],
)
def test_answers_are_told_apart(site, path, problem):
    assert check(site + path).problem == problem


def test_head_is_asked_first_and_get_where_it_says_too_little(site):
    check(site + "/200")
    check(site + "/get")
    assert Site.asked == [("HEAD", "/200"), ("HEAD", "/get"), ("GET", "/get")]


def test_a_site_is_asked_one_thing_at_a_time_with_a_pause(site, monkeypatch):
    pauses = []
    monkeypatch.setattr(external.time, "sleep", pauses.append)
    answers = check_all([f"{site}/200/{number}" for number in range(3)])
    assert len(answers) == 3
    assert len(pauses) == 2


def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(monkeypatch):
    def resolved(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.0.1", port))]

    monkeypatch.setattr(external.socket, "getaddrinfo", resolved)
    assert check("https://rebinding.example/").problem == Problem.REFUSED


def test_a_site_that_does_not_answer_is_unreachable(monkeypatch):
    monkeypatch.setattr(external, "is_public", lambda ip: True)
    monkeypatch.setattr(external, "TIMEOUT", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        answer = check(f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert answer.problem == Problem.UNREACHABLE


@given(st.text(max_size=40))
def test_whatever_an_editor_wrote_there_is_an_answer(text):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(external.socket, "getaddrinfo", refuse)
        for address in (text, f"http://{text}", f"https://[{text}", f"http://host.example/{text}"):
            assert check(address).problem


def refuse(*args, **kwargs):
    raise socket.gaierror("no such host")
