"""A site of one page before which the tests put the cache."""

import gzip
import threading

import brotli

from lihsite.delivery.page_cache.application import MAKING, PageCache
from lihsite.delivery.page_cache.stores import MemoryStore
from lihsite.delivery.page_cache.tokens import HALF

FOREVER = 4_000_000_000
"""A Unix time after all tests."""


class Token:
    """The state of the content, which a test changes."""

    def __init__(self):
        self.value = b"first"

    def current(self) -> bytes:
        return self.value

    def change(self, value: str, *, withdraws: bool = False) -> None:
        """As the real ones: a withdrawal changes the second half too."""
        half = value.encode().ljust(HALF)
        self.value = half + (half if withdraws else self.value[HALF:])


class Site:
    """A WSGI application that counts how often it is asked."""

    def __init__(self):
        self.body = b"<!doctype html><title>Immune system</title>" + b"<p>Cells</p>" * 100
        self.status = "200 OK"
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public")]
        self.fresh_until: float | None = FOREVER
        self.requests = []
        self.closed = 0
        self.gate: threading.Event | None = None
        """Where there is one, the site answers once it is set."""

    def __call__(self, environ, start_response):
        self.requests.append(environ)
        if self.gate:
            self.gate.wait(10)
        if MAKING in environ:
            environ[MAKING].fresh_until = self.fresh_until
        start_response(self.status, self.headers)
        return Chunks(self)


class Chunks:
    def __init__(self, site):
        self.site = site

    def __iter__(self):
        return iter([self.site.body[:10], self.site.body[10:]])

    def close(self):
        self.site.closed += 1


class Answered:
    """What a visitor got."""

    def __init__(self, status, headers, body):
        self.status = int(status.split()[0])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body
        self.cache = self.headers.get("cache-status", "")

    @property
    def text(self) -> bytes:
        encoding = self.headers.get("content-encoding", "identity")
        decode = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
        return decode[encoding](self.body)


class Visitors:
    """The site behind the cache, and those who ask it."""

    def __init__(self, store=None, token=None):
        self.site = Site()
        self.token = token or Token()
        self.store = store or MemoryStore(10_000_000)
        self.visits = []
        self.application = PageCache(self.site, self.token, self.store, self.visits.append)

    def get(self, path="/en/", query="", method="GET", **headers) -> Answered:
        told = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "www.example.org",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "wsgi.url_scheme": "http",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        chunks = self.application(environ, lambda status, headers: told.append((status, headers)))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        ((status, answered_headers),) = told
        return Answered(status, answered_headers, body)

    @property
    def asked(self) -> int:
        """How often the site was asked."""
        return len(self.site.requests)
