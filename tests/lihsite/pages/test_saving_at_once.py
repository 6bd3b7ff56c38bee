"""Several people who save one page at the same moment, each in a connection of their own."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from django.db import connections

from home.models import ContentPage, HomePage
from lihsite.models import LoadedDraft
from tests import factories
from tests.lihsite.pages.admin import draft_of
from tests.lihsite.pages.open_forms import OpenForm

pytestmark = pytest.mark.server

TURNS = 6
PEOPLE = {
    "french": ("fr", "title_fr"),
    "german": ("de", "title_de"),
    "editor": ("en", "title_en"),
    "reviewer": ("en", "summary_en"),
}
"""Who is in which language, and what they write; two are in the same one."""


@pytest.mark.usefixtures("database_of_its_own")
def test_nobody_gets_an_error_and_nothing_is_lost():
    article = factories.content_page(
        HomePage.objects.get(), title_en="Hello", title_fr="Bonjour", title_de="Hallo"
    )
    article.save_revision()
    # One after another: Django's client notes what is rendered in all threads.
    forms = {name: OpenForm(article, name, language) for name, (language, _) in PEOPLE.items()}
    together = Barrier(len(PEOPLE))

    def work(username):
        form, field = forms[username], PEOPLE[username][1]
        try:
            together.wait(60)
            return [form.autosave(**{field: f"{username} {turn}"}) for turn in range(TURNS)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(PEOPLE)) as threads:
        answers = [answer for person in threads.map(work, PEOPLE) for answer in person]
    assert all(answer["success"] for answer in answers)
    draft = draft_of(article)
    for username, (_language, field) in PEOPLE.items():
        assert getattr(draft, field) == f"{username} {TURNS - 1}"
    # The first, and one for each who saved.
    assert ContentPage.objects.get(pk=article.pk).revisions.count() == 1 + len(PEOPLE)


@pytest.mark.usefixtures("database_of_its_own")
def test_a_language_that_is_opened_while_the_form_saves_forgets_nothing_of_the_save(monkeypatch):
    article = factories.content_page(
        HomePage.objects.get(), title_en="Hello", title_fr="Bonjour", title_de="Hallo"
    )
    article.save_revision()
    form = OpenForm(article, "editor", "en")
    reload_language = LoadedDraft.reload_language
    with ThreadPoolExecutor(1) as browser:

        def autosave():
            try:
                return form.autosave(title_en="Hi")
            finally:
                connections.close_all()

        saves = []

        def reload_while_it_saves(*args):
            saves.append(browser.submit(autosave))
            # A save that has to wait is no further by then.
            wait(saves, timeout=1)
            reload_language(*args)

        monkeypatch.setattr(LoadedDraft, "reload_language", reload_while_it_saves)
        form.open_tab("fr")
        assert saves[0].result()["success"]
    assert form.autosave(title_en="Hello again", title_fr="Salut")["success"]
    draft = draft_of(article)
    assert (draft.title_en, draft.title_fr) == ("Hello again", "Salut")
