"""Asks other sites whether an address is still there: politely, and never within our own network.

Addresses come from editors, and answers may redirect anywhere. Each connection is therefore made
only to an address of the public internet, and to the very one that was looked at: a name that
changes between two look-ups gains nothing (server-side request forgery, CWE-918).
"""

import http.client
import ipaddress
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from .models import Problem

TIMEOUT = 10
"""Seconds that a site may take to connect, and again for each part of its answer."""
PAUSE = 1
"""Seconds between two requests to one host."""
HOSTS_AT_ONCE = 4
MOST_REDIRECTS = 5
AGENT = "Mozilla/5.0 (compatible; link check of the site that links to this page)"
GONE = {404, 410}
UNSURE_OF_HEAD = {400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503, 504}
"""Sites that answer so to HEAD often answer otherwise to GET."""


class Refused(OSError):
    """The address leads to no public host."""


class Answer(NamedTuple):
    status: int | None
    problem: str


def check_all(addresses) -> dict[str, Answer]:
    """What each address answers; each host is asked one thing at a time, with a pause between."""
    by_host = {}
    for address in addresses:
        by_host.setdefault(_host(address), []).append(address)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        answers = {}
        for found in pool.map(_check_host, by_host.values()):
            answers.update(found)
    return answers


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _check_host(addresses: list[str]) -> dict[str, Answer]:
    answers = {}
    for address in addresses:
        if answers:
            time.sleep(PAUSE)
        answers[address] = check(address)
    return answers


def check(address: str) -> Answer:
    """Whether something is at the address, redirects followed.

    A site that refuses programs (401, 403, 429) may well answer readers: that is no problem.
    """
    try:
        status = _status(address, "HEAD")
        if status in UNSURE_OF_HEAD:
            time.sleep(PAUSE)
            status = _status(address, "GET")
    except Refused:
        return Answer(None, Problem.REFUSED)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, Problem.UNREACHABLE)
    if status in GONE:
        return Answer(status, Problem.NOT_FOUND)
    return Answer(status, Problem.FAILING if status >= 500 else "")


def _status(address: str, method: str) -> int:
    """The status of the last answer. Raises OSError, HTTPException or ValueError for none."""
    for _redirect in range(MOST_REDIRECTS + 1):
        parts = urlsplit(address)
        if parts.scheme not in CONNECTIONS or not parts.hostname or parts.username:
            raise Refused(address)
        host = parts.hostname.encode("idna").decode()
        connection = CONNECTIONS[parts.scheme](host, parts.port, timeout=TIMEOUT)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        with closing(connection):
            connection.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*"})
            answer = connection.getresponse()
            location = answer.headers.get("Location")
            if not 300 <= answer.status < 400 or not location:
                return answer.status
        address = urljoin(address, location)
    raise http.client.HTTPException("too many redirects")


def public_connection(address, timeout=TIMEOUT, source_address=None) -> socket.socket:
    """A connection to a host's public address. Raises Refused if it has none."""
    host, port = address
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    public = [one for one in found if is_public(one[4][0])]
    if not public:
        raise Refused(host)
    error = None
    for family, kind, protocol, _name, place in public:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(place)
        except OSError as reason:
            connection.close()
            error = reason
        else:
            return connection
    raise error


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, and stands for no other."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6 and (ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in TRANSLATED):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses within IPv6 (RFC 6052)."""


class PublicHTTPConnection(http.client.HTTPConnection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = public_connection


class PublicHTTPSConnection(http.client.HTTPSConnection):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._create_connection = public_connection


CONNECTIONS = {"http": PublicHTTPConnection, "https": PublicHTTPSConnection}
