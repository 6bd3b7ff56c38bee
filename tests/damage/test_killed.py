"""`kill -9` in the middle of saves and publications, again and again."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
import requests

from tests.damage.articles import ArticleForm
from tests.damage.texts import digest
from tests.machines import Editor

pytestmark = pytest.mark.server

EDITORS = 4
SAVES = 200
"""Altogether, before each kill at the latest."""
LAST_MOMENT = 6.0
"""Seconds of work after which a machine is killed at the latest."""
OTHERS = ["/en/", "/fr/", "/en/news/", "/en/about/"]


@dataclass
class Known:
    """What an editor knows of a page: what was acknowledged, and what has no answer yet."""

    live: bool = True
    shown: int = 0
    draft: int = 0
    acknowledged: set[int] = field(default_factory=lambda: {0})
    asked: tuple[str, int] | None = None

    def after(self) -> "Known":
        """What would be stored if the request without an answer had been taken."""
        what, number = self.asked
        if what == "unpublish":
            return Known(False, self.shown, self.draft)
        if what == "publish":
            return Known(True, number, number)
        return Known(self.live, self.shown, number)

    def take(self) -> None:
        after = self.after()
        if self.asked[0] != "unpublish":
            self.acknowledged.add(after.draft)
        self.live, self.shown, self.draft = after.live, after.shown, after.draft
        self.asked = None


class Desk:
    """An editor who saves, publishes and unpublishes a page until nobody answers any more.

    `killing` is set before the machine is killed: until then, every request has an answer.
    """

    def __init__(self, machine, username: str, pk: int, known: Known, killing: threading.Event):
        self.machine, self.username, self.pk, self.known = machine, username, pk, known
        self.killing = killing
        self.answered = self.cut_off = 0
        self.chance = random.Random(pk)  # noqa: S311 - chance, not secrets

    def sign_in(self) -> None:
        self.editor = Editor(self.machine, self.username)
        self.form = ArticleForm(self.editor, self.pk)

    def work(self, numbers) -> None:
        known = self.known
        for number in numbers:
            what = self.chance.choices(["save", "publish", "unpublish"], [4, 5, 1])[0]
            if not known.live:
                what = "publish"
            known.asked = (what, number)
            try:
                answer = self.send(what, number)
            except requests.RequestException:
                if not self.killing.is_set():
                    raise
                self.cut_off += 1
                return
            assert answer.status_code == 302, (what, answer.status_code, answer.text[:500])
            known.take()
            self.answered += 1

    def send(self, what: str, number: int):
        if what == "unpublish":
            return self.editor.send(f"/admin/pages/{self.pk}/unpublish/", {})
        return self.form.save(number, publish=what == "publish")


def test_what_was_acknowledged_is_whole_after_each_kill(site, request, in_full):
    kills = 20 if in_full else 3
    environment = {}
    if "PostgreSQL" in request.node.name:
        environment["REDIS_URL"] = request.getfixturevalue("redis").url
    made = site.articles.made(pages=EDITORS, editors=EDITORS)
    machine = site.machine(workers=2, **environment)
    known = {pk: Known() for pk in made["pages"]}
    killing = threading.Event()
    desks = [
        Desk(machine, username, pk, known[pk], killing)
        for username, pk in zip(made["editors"], made["pages"], strict=True)
    ]
    chance = random.Random()  # noqa: S311
    for kill in range(kills):
        with ThreadPoolExecutor(EDITORS) as threads:
            killing.clear()
            list(threads.map(Desk.sign_in, desks))
            first = 1 + kill * SAVES
            work = [
                threads.submit(desk.work, range(first + turn, first + SAVES, EDITORS))
                for turn, desk in enumerate(desks)
            ]
            time.sleep(chance.uniform(0.3, LAST_MOMENT))
            killing.set()
            machine.kill()
            for one in work:
                one.result()
        check_stored(site.articles.stored(made["pages"]), known)
        machine.start()
        check_answers(site, machine, made["pages"])
    assert all(desk.answered for desk in desks)
    assert any(desk.cut_off for desk in desks)
    assert "database is locked" not in machine.log.read_text()


def check_stored(told: dict, known: dict[int, Known]) -> None:
    """What is stored is what was acknowledged, or that and all of the request in hand."""
    assert told["index is right"]
    assert told["pages"].keys() == {str(pk) for pk in known}
    for key, found in told["pages"].items():
        page = known[int(key)]
        possible = [page, *([page.after()] if page.asked else [])]
        assert (found["live"], found["shown"], found["draft"]) in [
            (one.live, [one.shown], [one.draft]) for one in possible
        ], (page, found)
        assert found["whole"], found
        assert found["searched"] == (found["shown"] if found["live"] else []), found
        stored = {number for numbers in found["revisions"] for number in numbers}
        assert all(len(numbers) == 1 for numbers in found["revisions"]), found
        assert page.acknowledged <= stored, page.acknowledged - stored
        page.live, page.asked = found["live"], None
        (page.shown,), (page.draft,) = found["shown"], found["draft"]
        page.acknowledged.add(page.draft)


def check_answers(site, machine, pages: list[int]) -> None:
    """What the cache answers, asked twice, is what the site makes anew."""
    paths = [*OTHERS, *(f"/en/article-{pk}/" for pk in pages)]
    host = f"localhost:{machine.port}"
    fresh = site.articles.fresh(host, paths)
    for _ in range(2):
        answers = {path: machine.get(path, Host=host) for path in paths}
        assert {path: digest(answer.content) for path, answer in answers.items()} == fresh
    again = [machine.get("/en/", Host=host) for _ in range(8)]
    assert any(answer.headers["Cache-Status"].endswith("hit") for answer in again)
    assert {digest(answer.content) for answer in again} == {fresh["/en/"]}
