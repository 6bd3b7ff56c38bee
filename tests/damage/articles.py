"""Pages whose every text names the save that it is of, and the forms in which they are edited."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass

from lihsite.operations.environment import ROOT
from tests.damage.texts import TEXTS, paragraph, text_of
from tests.lihsite.pages.open_forms import posted_paragraphs
from tests.machines import Editor


@dataclass(frozen=True)
class Articles:
    """Asks for what is stored, in a process that has the environment of a machine.

    The tests' own process stands on another database.
    """

    environment: dict[str, str]

    def made(self, pages: int, editors: int) -> dict:
        """New pages and accounts: the ids of `pages`, and the user names of `editors`."""
        return self.ask("make", str(pages), str(editors))

    def stored(self, pages: list[int]) -> dict:
        """What is stored of each page, and whether the index of search is what it should be."""
        return self.ask("tell", *map(str, pages))

    def fresh(self, host: str, paths: list[str]) -> dict[str, str]:
        """Digests of the answers that the site makes anew, without any cache."""
        return self.ask("answer", host, *paths)

    def ask(self, *arguments: str):
        result = subprocess.run(
            [sys.executable, "-m", "tests.damage.stored", *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(result.stdout.splitlines()[-1])


class ArticleForm:
    """The edit form of a page of ours, open in an editor's browser."""

    def __init__(self, editor: Editor, pk: int):
        self.editor, self.pk = editor, pk
        self.address = f"/admin/pages/{pk}/edit/"
        answer = editor.get(self.address)
        answer.raise_for_status()
        self.draft = re.search(r'name="loaded_draft" value="([\w-]+)"', answer.text)[1]

    def save(self, number: int, *, publish: bool = False, paragraphs: list | None = None):
        """Save by the button with all texts of this number; the answer."""
        blocks = paragraphs or [paragraph("only", text_of(number))]
        data = {
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "source_language": "en",
            "live_in_en": "on",
            "slug_en": f"article-{self.pk}",
            **dict.fromkeys(TEXTS, text_of(number)),
            **posted_paragraphs("body_en", blocks),
            "loaded_draft": self.draft,
        }
        if publish:
            data["action-publish"] = "action-publish"
        return self.editor.send(self.address, data)
