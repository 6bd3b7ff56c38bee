"""Tells whoever watches a process whether it lives, and whether it can do its work.

`/healthz` says that the process answers, and asks nobody else: restarting it because the database
is away would not help. `/readyz` asks what the site stands on, for a load balancer that decides
where to send visitors. Both answer before anything else does, so that they need no host name, no
HTTPS and no database of their own; what they say holds no name, address or secret.

What pages can do without may also hang, so none of it is waited for longer than `PATIENCE`: a proxy
takes a server that says nothing for one that is away.
"""

import logging
import threading
import time
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from queue import SimpleQueue
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache as site_cache
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils.module_loading import import_string

from .draining import is_draining

logger = logging.getLogger(__name__)

ALIVE, READY = "/healthz", "/readyz"

NEEDED = {"database", "migrations"}
"""Without these no page can be answered (503); without another one some things are missing."""

ELSEWHERE = {"cache", "storage"}
"""Checks that may ask other machines, each in a thread of its own. The others ask the database."""

PATIENCE = 2.0
"""Seconds, well within the proxy's (`timeout check` in `deploy/haproxy.cfg`): on a busy machine the
first question to a store takes one."""


class HealthMiddleware:
    """The first of all: see the module. A process has one, which knows what it has logged."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.failing: set[str] = set()
        self.lock = threading.Lock()

    def __call__(self, request):
        if request.path_info == ALIVE:
            return answer({"status": "alive"})
        if request.path_info == READY:
            return self.readiness()
        return self.get_response(request)

    def readiness(self) -> JsonResponse:
        """`status` is ready, degraded, unavailable or draining; each of `checks` is "ok" or
        "failed" and took so many `ms`. 503 if unavailable or draining, without checks in this case.
        """
        if is_draining():
            return refusal({"status": "draining"})
        outcomes = outcomes_of(settings.HEALTH_CHECKS)
        for name, outcome in outcomes.items():
            self.log(name, outcome.error)
        failed = {name for name, outcome in outcomes.items() if outcome.error}
        status = "unavailable" if failed & NEEDED else "degraded" if failed else "ready"
        checks = {
            name: {"status": "failed" if name in failed else "ok", "ms": outcome.ms}
            for name, outcome in outcomes.items()
        }
        content = {"status": status, "checks": checks}
        return refusal(content) if status == "unavailable" else answer(content)

    def log(self, name: str, error: Exception | None) -> None:
        """Say once that a check fails, and once that it does no more: a proxy asks each second."""
        with self.lock:
            if (name in self.failing) == bool(error):
                return
            self.failing ^= {name}
        if error:
            # Whatever went wrong: the answer says which, the log says why.
            logger.error("The check of %s failed", name, exc_info=error)
        else:
            logger.warning("The check of %s is passed again", name)


@dataclass(frozen=True)
class Outcome:
    """What was wrong, if anything, and how long it took to find out."""

    error: Exception | None
    ms: float


def outcomes_of(checks: dict[str, str]) -> dict[str, Outcome]:
    """By the names of the checks; those elsewhere run while the database is asked."""
    questions = {name: asker(path).ask() for name, path in checks.items() if name in ELSEWHERE}
    outcomes = {
        name: outcome_of(path, in_time=name not in NEEDED)
        for name, path in checks.items()
        if name not in ELSEWHERE
    }
    outcomes |= {name: question.outcome() for name, question in questions.items()}
    return {name: outcomes[name] for name in checks}


def outcome_of(path: str, *, in_time: bool = False) -> Outcome:
    """Of a check that is run now; `in_time` lets the database give up after `PATIENCE`."""
    started = time.perf_counter()
    error = None
    try:
        with time_limit() if in_time else nullcontext():
            import_string(path)()
    except Exception as raised:
        error = raised
    return Outcome(error, ms_since(started))


def ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


@contextmanager
def time_limit():
    """Of each statement; only PostgreSQL has locks that reading waits for."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {round(PATIENCE * 1000)}")
        yield


@dataclass(frozen=True)
class Question:
    """A check that runs in another thread, and what will come of it."""

    found: Future[Outcome] = field(default_factory=Future)
    started: float = field(default_factory=time.perf_counter)

    def outcome(self) -> Outcome:
        """What came of it; TimeoutError is what was wrong if nothing has within `PATIENCE`."""
        left = self.started + PATIENCE - time.perf_counter()
        try:
            return self.found.result(max(0, left))
        except TimeoutError as error:
            return Outcome(error, ms_since(self.started))


class Asker:
    """Runs one check, once at a time: one that hangs takes one thread, however often it is asked.

    The thread stays, as clients of stores are made once a thread, and at a cost. It does not keep
    the process from ending.
    """

    def __init__(self, path: str):
        self.path = path
        self.questions: SimpleQueue[Question] = SimpleQueue()
        self.last: Question | None = None
        self.lock = threading.Lock()
        threading.Thread(target=self.run, name=f"check {path}", daemon=True).start()

    def run(self) -> None:
        while True:
            self.questions.get().found.set_result(outcome_of(self.path))

    def ask(self) -> Question:
        """A new question, or the one that is not answered yet: whoever asks later waits less."""
        with self.lock:
            if not self.last or self.last.found.done():
                self.last = Question()
                self.questions.put(self.last)
            return self.last


@cache
def asker(path: str) -> Asker:
    return Asker(path)


def answer(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def refusal(content: dict) -> JsonResponse:
    response = answer(content, status=503)
    # Django would log each.
    response._has_been_logged = True
    return response


# Each raises whatever it raises where something is wrong.


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    """Raises RuntimeError while the database waits for a migration of this version."""
    missing = last_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise RuntimeError(f"Not applied: {', '.join(sorted('.'.join(key) for key in missing))}")


@cache
def last_migrations() -> set[tuple[str, str]]:
    """Of each app; found once a process, which never sees other files."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def check_cache() -> None:
    """Raises RuntimeError if the cache keeps nothing, which it may do without a word."""
    key = f"health-{uuid4()}"
    site_cache.set(key, "kept", timeout=60)
    if site_cache.get(key) != "kept":
        raise RuntimeError("The cache keeps nothing")
    site_cache.delete(key)


def check_storage() -> None:
    """Asks the store of media for a file; none needs to be there."""
    default_storage.exists("health")
