"""What is done over and over, and how long each answer took."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import requests

from tests.damage.articles import ArticleForm
from tests.machines import BROWSER, Editor, Machine

REOPENED_EVERY = 10
"""Saves after which an editor opens the form anew."""
FAILURES_TOLD = 20


@dataclass
class Record:
    """The answers to one kind of request, from all threads."""

    name: str
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def ask(self, expected: int, request: Callable[[], requests.Response]) -> None:
        """Make a request, and note whether its status was the expected one."""
        started = time.perf_counter()
        try:
            answer = request()
            failure = "" if answer.status_code == expected else str(answer.status_code)
            if failure:
                failure += f": {answer.request.method} {answer.request.path_url}"
        except requests.RequestException as error:
            failure = repr(error)
        elapsed = time.perf_counter() - started
        with self.lock:
            self.seconds.append(elapsed)
            if failure:
                self.failures.append(failure)

    def figures(self, duration: float) -> dict:
        times = sorted(self.seconds) or [0.0]
        return {
            "requests": len(self.seconds),
            "per_second": round(len(self.seconds) / duration, 1),
            "p50_ms": round(times[len(times) // 2] * 1000, 1),
            "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
            "errors": len(self.failures),
            "first_errors": self.failures[:FAILURES_TOLD],
        }


@dataclass(frozen=True)
class Reader:
    """Reads one page after another on a connection that is kept; every tenth is made anew."""

    machine: Machine
    paths: list[str]
    record: Record

    def work(self, place: int, ended: threading.Event) -> None:
        session = requests.Session()
        session.trust_env = False
        session.headers.update(BROWSER)
        number = place
        while not ended.is_set():
            number += 1
            path = self.paths[number % len(self.paths)]
            if number % 10 == 0:
                path = f"/en/search/?q=cells+{place}+{number}"
            self.record.ask(200, partial(session.get, self.machine.url + path, timeout=60))


@dataclass(frozen=True)
class Writer:
    """Opens an article, saves it some times, and publishes every other save."""

    machine: Machine
    username: str
    page: int
    opened: Record
    saved: Record
    published: Record

    def work(self, place: int, ended: threading.Event) -> None:
        editor = Editor(self.machine, self.username)
        form = ArticleForm(editor, self.page)
        number = 0
        while not ended.is_set():
            number += 1
            if number % REOPENED_EVERY == 0:
                self.opened.ask(200, partial(editor.get, form.address))
                form = ArticleForm(editor, self.page)
            publish = number % 2 == 0
            record = self.published if publish else self.saved
            record.ask(302, partial(form.save, number, publish=publish))
