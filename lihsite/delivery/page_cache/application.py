"""The cache as a WSGI application (PEP 3333) around the site's."""

import threading
import time
from collections.abc import Callable, Iterable

from .answers import Answer, answer_of
from .counting import Answers
from .requests import asked_afresh, key_of, may_be_kept, normalised_query
from .stores import MemoryStore
from .tokens import FileToken, RedisToken, Unknown

MAKING = "lihsite.making"
"""What the environment of a request holds whose answer may be kept: a `Making`."""

PATIENCE = 10
"""Seconds for which a request waits for the one that is making the same answer."""

MOST_BYTES = 1_000_000
"""A larger answer is not kept."""

MOST_NEVER_KEPT = 1_000
"""Addresses that are remembered for not being kept."""

NAME = "lihsite"
"""What the cache calls itself in `Cache-Status` (RFC 9211)."""


class Making:
    """An answer that is being made; the site says whether and until when it is for everybody."""

    def __init__(self, token: bytes):
        self.token = token
        self.fresh_until: float | None = None
        """Unix time; None for what is not for everybody."""
        self.status = ""
        self.headers: list[tuple[str, str]] = []

    def start(self, status, headers, exc_info=None):
        self.status, self.headers = status, headers

    @property
    def may_be_kept(self) -> bool:
        return (
            self.fresh_until is not None
            and self.status.startswith("200 ")
            and not any(name.lower() == "set-cookie" for name, _value in self.headers)
        )


class PageCache:
    """Answers from what is kept where it is right, and keeps what the site answers to all alike.

    Of several who ask for the same, one waits for the site; the others get the last good answer, or
    wait as well where there is none. Where the site fails, the last good answer is given. There is
    none once anything was withdrawn from visitors, after an hour, and once the site has said
    otherwise than with a page for all. Caches in front get nothing to keep that may be out of date.
    """

    def __init__(
        self,
        application: Callable,
        token: FileToken | RedisToken,
        store: MemoryStore,
        count_visit: Callable[[dict], None],
    ):
        self.application = application
        self.token = token
        self.store = store
        self.count_visit = count_visit
        self.being_made: dict[str, threading.Event] = {}
        self.never_kept: set[str] = set()
        self.lock = threading.Lock()
        self.answers = Answers()
        self.given = self.answers.given
        self.take_answers = self.answers.take

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if not may_be_kept(environ):
            return self.application(environ, start_response)
        query = normalised_query(environ.get("QUERY_STRING", ""))
        key = key_of(environ, query)
        try:
            token = self.token.current()
        except Unknown:
            self.given["unknown"]()
            return self.application(environ, start_response)
        if answer := self.fresh(key, token):
            self.given["hit"]()
            return self.give(answer, environ, start_response, "hit")
        if key in self.never_kept or environ["REQUEST_METHOD"] == "HEAD":
            self.given["never_kept"]()
            return self.application(environ, start_response)
        return self.made_once(key, token, query, environ, start_response)

    def fresh(self, key: str, token: bytes) -> Answer | None:
        now = time.time()
        for find in (self.store.get, self.store.get_shared):
            answer = find(key)
            if answer and answer.is_fresh(token, now):
                return answer
        return None

    def last_good(self, key: str, token: bytes) -> Answer | None:
        answer = self.store.get(key)
        return answer if answer and answer.is_good(token, time.time()) else None

    def last_good_now(self, key: str) -> Answer | None:
        """By the state of now: the site may have taken long to fail."""
        try:
            return self.last_good(key, self.token.current())
        except Unknown:
            return None

    def as_of_now(self, answer: Answer) -> Answer:
        """Of an answer that took its time: the content may have changed while it was made."""
        try:
            return answer if answer.token == self.token.current() else answer.for_one
        except Unknown:
            return answer.for_one

    def give(self, answer: Answer, environ, start_response, status: str) -> Iterable[bytes]:
        if answer.is_page:
            self.count_visit(environ)
        return answer.send(environ, start_response, f"{NAME}; {status}")

    def give_old(self, answer: Answer, environ, start_response, detail: str) -> Iterable[bytes]:
        return self.give(answer.for_one, environ, start_response, f"hit; detail={detail}")

    def made_once(self, key, token, query, environ, start_response) -> Iterable[bytes]:
        """The answer, from the site for one of all who ask at the same time."""
        with self.lock:
            ready = self.being_made.get(key)
            if ready is None:
                mine = self.being_made[key] = threading.Event()
        last_good = self.last_good(key, token)
        if ready is None:
            try:
                if last_good and not self.store.claim(key):
                    self.given["stale"]()
                    return self.give_old(last_good, environ, start_response, "stale")
                return self.made(key, token, query, environ, start_response)
            finally:
                with self.lock:
                    del self.being_made[key]
                mine.set()
        if last_good:
            self.given["stale"]()
            return self.give_old(last_good, environ, start_response, "stale")
        ready.wait(PATIENCE)
        if answer := self.fresh(key, token):
            self.given["collapsed"]()
            return self.give(
                self.as_of_now(answer), environ, start_response, "hit; detail=collapsed"
            )
        self.given["miss"]()
        return self.application(environ, start_response)

    def made(self, key, token, query, environ, start_response) -> Iterable[bytes]:
        making = Making(token)
        self.given["miss"]()
        try:
            chunks = self.application(
                {**asked_afresh(environ, query), MAKING: making}, making.start
            )
            if making.may_be_kept:
                answer = answer_of(token, making.fresh_until, making.headers, whole(chunks))
                self.keep(key, answer)
                return self.as_of_now(answer).send(
                    environ, start_response, f"{NAME}; fwd=miss; stored"
                )
        finally:
            self.store.give_up(key)
        if making.status.startswith("5"):
            if last_good := self.last_good_now(key):
                close(chunks)
                self.given["stale_if_error"]()
                return self.give_old(last_good, environ, start_response, "stale-if-error")
        else:
            # It has gone, or is not for everybody any more: it is no good answer to anybody.
            self.store.forget(key)
        if making.status.startswith("200 "):
            self.remember_never_kept(key)
        start_response(making.status, making.headers)
        return chunks

    def keep(self, key: str, answer: Answer) -> None:
        if len(answer.bodies["identity"]) <= MOST_BYTES:
            self.store.put(key, answer)

    def remember_never_kept(self, key: str) -> None:
        """Nobody waits any more for who asks for the same form."""
        if len(self.never_kept) >= MOST_NEVER_KEPT:
            self.never_kept.clear()
        self.never_kept.add(key)


def whole(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        close(chunks)


def close(chunks: Iterable[bytes]) -> None:
    """As a WSGI server must: Django ends the request with it."""
    if hasattr(chunks, "close"):
        chunks.close()
