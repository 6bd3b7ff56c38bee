"""Answers as they are kept: every byte is ready to be sent."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import brotli

from .tokens import withdrawal_of

ENCODINGS = ("br", "gzip", "identity")
"""In the order of preference: smallest first."""

BROTLI_QUALITY = 5
GZIP_LEVEL = 6
"""Beyond these, a page takes much longer to compress and gets hardly smaller."""

BESIDE_BODIES = 7_000
"""Bytes of an answer's headers in all encodings, its address, and the objects around them: what a
worker grows by for each answer that it keeps, less the bodies."""

STALE = 3_600
"""Seconds for which an answer may be given while there is no newer one, from the end of its own
time on (`stale-while-revalidate` and `stale-if-error`, RFC 5861): an outage that lasts is told."""

FOR_ONE = ("Cache-Control", "private, no-cache")
"""Of an answer that may be out of date: no cache in front keeps it, a browser asks each time. They
have been told already of what made it so, and would not be told again."""

LEFT_OUT = {"content-length", "content-encoding", "etag", "vary", "x-request-id"}
"""Headers that depend on the encoding, which are written anew, or on the request."""

WITHOUT_CONTENT = {"content-type", "content-length", "content-encoding", "content-language"}
"""What a 304 does not repeat (RFC 9110, 15.4.5)."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Variant:
    """The answer in one encoding."""

    etag: str
    headers: Headers
    unchanged_headers: Headers
    body: bytes


@dataclass(frozen=True)
class Answer:
    """A 200, the token of the content that it shows, and until when (Unix time) it shows it."""

    token: bytes
    fresh_until: float
    headers: Headers
    vary: str
    bodies: dict[str, bytes]

    def is_fresh(self, token: bytes, now: float) -> bool:
        return self.token == token and now < self.fresh_until

    def is_good(self, token: bytes, now: float) -> bool:
        """Whether it may be given while there is no newer one: nothing was withdrawn since."""
        is_whole = withdrawal_of(self.token) == withdrawal_of(token)
        return is_whole and now < self.fresh_until + STALE

    @property
    def size(self) -> int:
        """Bytes that it takes, roughly."""
        return sum(map(len, self.bodies.values())) + BESIDE_BODIES

    @cached_property
    def is_page(self) -> bool:
        return any(
            name.lower() == "content-type" and value.startswith("text/html")
            for name, value in self.headers
        )

    @cached_property
    def for_one(self) -> "Answer":
        """The same, for whoever asks just now: see `FOR_ONE`."""
        others = [header for header in self.headers if header[0].lower() != "cache-control"]
        return replace(self, headers=[*others, FOR_ONE])

    @cached_property
    def variants(self) -> dict[str, Variant]:
        digest = hashlib.sha256(self.bodies["identity"]).hexdigest()[:20]
        return {encoding: self.variant(encoding, digest) for encoding in self.bodies}

    def variant(self, encoding: str, digest: str) -> Variant:
        body = self.bodies[encoding]
        # Another encoding is another representation, with an ETag of its own (RFC 9110, 8.8.3.3).
        etag = f'"{digest}-{encoding}"'
        headers = [
            *self.headers,
            ("Vary", self.vary),
            ("ETag", etag),
            ("Content-Length", str(len(body))),
        ]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        unchanged = [header for header in headers if header[0].lower() not in WITHOUT_CONTENT]
        return Variant(etag, headers, unchanged, body)

    def send(self, environ: dict, start_response, cache_status: str) -> Iterable[bytes]:
        """Answer a request: the encoding it prefers, 304 for what it has, no body for HEAD."""
        variant = self.variants[accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        said = ("Cache-Status", cache_status)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and is_named(variant.etag, known):
            start_response("304 Not Modified", [*variant.unchanged_headers, said])
            return [b""]
        start_response("200 OK", [*variant.headers, said])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else variant.body]

    def to_bytes(self) -> bytes:
        facts = {
            "token": self.token.hex(),
            "fresh_until": self.fresh_until,
            "headers": self.headers,
            "vary": self.vary,
            "lengths": {encoding: len(body) for encoding, body in self.bodies.items()},
        }
        head = json.dumps(facts).encode()
        return len(head).to_bytes(4) + head + b"".join(self.bodies.values())

    @classmethod
    def from_bytes(cls, data: bytes) -> "Answer":
        """Raises ValueError for what `to_bytes` did not write."""
        start = 4 + int.from_bytes(data[:4])
        facts = json.loads(data[4:start])
        bodies = {}
        for encoding, size in facts["lengths"].items():
            bodies[encoding] = data[start : start + size]
            start += size
        if start != len(data):
            raise ValueError("The answer is not whole.")
        return cls(
            token=bytes.fromhex(facts["token"]),
            fresh_until=facts["fresh_until"],
            headers=[(name, value) for name, value in facts["headers"]],
            vary=facts["vary"],
            bodies=bodies,
        )


def answer_of(token: bytes, fresh_until: float, headers: Headers, body: bytes) -> Answer:
    vary = next((value for name, value in headers if name.lower() == "vary"), "")
    names = [name.strip() for name in vary.split(",") if name.strip()]
    if "accept-encoding" not in map(str.lower, names):
        names.append("Accept-Encoding")
    return Answer(
        token=token,
        fresh_until=fresh_until,
        headers=[header for header in headers if header[0].lower() not in LEFT_OUT],
        vary=", ".join(names),
        bodies={
            "br": brotli.compress(body, quality=BROTLI_QUALITY),
            "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
            "identity": body,
        },
    )


def is_named(etag: str, header: str) -> bool:
    """Whether an `If-None-Match` names the ETag, strongly or weakly (RFC 9110, 13.1.2).

    No other tag has ours with its quotes in it: they cannot stand inside a tag.
    """
    return etag in header or header.strip() == "*"


@lru_cache(maxsize=256)
def accepted_encoding(header: str) -> str:
    """The first of ours that an `Accept-Encoding` allows (RFC 9110, 12.5.3)."""
    weights = {}
    for part in header.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weights[name] = not any(
            parameter.replace(" ", "").rstrip("0").rstrip(".") in ("q=", "q=0")
            for parameter in parameters
        )
    for encoding in ENCODINGS:
        if weights.get(encoding, weights.get("*", False)):
            return encoding
    return "identity"
