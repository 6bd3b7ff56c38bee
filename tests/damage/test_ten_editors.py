"""Ten editors who save at once: each over HTTP, in a browser of their own."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.damage.articles import ArticleForm
from tests.damage.texts import paragraph, text_of
from tests.machines import Editor

pytestmark = pytest.mark.server

EDITORS = 10


def test_each_save_is_taken_and_none_lost(site, in_full):
    """One page belongs to all, with a paragraph for each; and each has a page besides."""
    turns = 20 if in_full else 3
    made = site.articles.made(pages=1 + EDITORS, editors=EDITORS)
    machine = site.machine(workers=2)
    shared, *own = made["pages"]
    together = Barrier(EDITORS)
    names = [f"of-{username}" for username in made["editors"]]
    first = Editor(machine, made["editors"][0])
    prepared = ArticleForm(first, shared).save(0, paragraphs=[paragraph(n, n) for n in names])
    assert prepared.status_code == 302

    def opened(place: int) -> tuple[ArticleForm, ArticleForm]:
        editor = Editor(machine, made["editors"][place])
        return ArticleForm(editor, shared), ArticleForm(editor, own[place])

    def saved(place: int) -> list[int]:
        of_all, of_one = forms[place]
        together.wait()
        statuses = []
        for turn in range(1, turns + 1):
            typed = [
                paragraph(name, text_of(turn) if name == names[place] else name) for name in names
            ]
            statuses.append(of_all.save(0, paragraphs=typed).status_code)
            statuses.append(of_one.save(turn, publish=True).status_code)
        return statuses

    with ThreadPoolExecutor(EDITORS) as threads:
        forms = list(threads.map(opened, range(EDITORS)))
        statuses = [status for one in threads.map(saved, range(EDITORS)) for status in one]
    assert statuses == [302] * EDITORS * turns * 2
    told = site.articles.stored(made["pages"])["pages"]
    paragraphs = json.loads(told[str(shared)]["paragraphs"])
    texts = {block["id"]: re.sub("<.*?>", "", block["value"]) for block in paragraphs}
    assert texts == dict.fromkeys(names, text_of(turns))
    for pk in own:
        assert (told[str(pk)]["draft"], told[str(pk)]["shown"]) == ([turns], [turns])
        assert len(told[str(pk)]["revisions"]) == 1 + turns
    assert "database is locked" not in machine.log.read_text()
