"""Several people who save one page at the same moment, each in a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections

from home.models import ContentPage, HomePage
from tests import factories
from tests.conftest import worker_label
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


@pytest.fixture
def database_of_its_own(demonstration, demo_database, django_db_blocker, tmp_path):
    """A copy of the demonstration in which every thread stores for good what it saves.

    It takes the place of `demo_database`, which is a file: a database in memory would be gone.
    """
    configured = connection.settings_dict
    before = configured["NAME"]
    copied = demonstration.copy(tmp_path, worker_label("threads"))
    with django_db_blocker.unblock(), copied as (name, _media):
        connection.close()
        configured["NAME"] = name
        ContentType.objects.clear_cache()
        yield
        connection.close()
        configured["NAME"] = before
        ContentType.objects.clear_cache()


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
