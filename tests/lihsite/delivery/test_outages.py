"""Who meets a database in which others write for too long is told so, and loses nothing."""

import sqlite3

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from lihsite.pages import merging
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of, draft_of, edit_url, posted

pytestmark = pytest.mark.django_db


def locked(*args):
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    raise OperationalError("database is locked") from cause


@pytest.fixture
def article():
    home = factories.home()
    accounts(home)
    return factories.content_page(home, title_en="Hello", title_fr="Bonjour")


@pytest.fixture
def busy(article, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(merging, "hold_page", locked)
        yield patched


def test_what_a_form_posted_is_in_the_answer_and_can_be_sent_again(article, busy):
    client = client_of("editor", "fr")
    data = posted(article, ["en"], title_en='Hello "you" <b>')
    response = client.post(edit_url(article), data)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Quelqu’un d’autre" in response.text
    assert f'action="{edit_url(article)}"' in response.text
    assert 'name="title_en" value="Hello &quot;you&quot; &lt;b&gt;"' in response.text
    assert response.text.count('type="hidden"') == len(data)
    busy.undo()
    assert client.post(edit_url(article), data).status_code == 302
    assert draft_of(article).title_en == 'Hello "you" <b>'


def test_an_autosave_is_told_to_try_again(article, busy):
    data = posted(article, ["en"], title_en="Hi")
    response = client_of("editor").post(
        edit_url(article), data, headers={"Accept": "application/json"}
    )
    answer = response.json()
    assert response.status_code == 503
    assert (answer["success"], answer["busy"]) == (False, True)
    assert answer["error_message"]


def test_a_file_has_to_be_chosen_again(article, busy):
    file = SimpleUploadedFile("a.txt", b"text")
    data = posted(article, ["en"], title_en="Hi", file=file)
    response = client_of("editor", "en").post(edit_url(article), data)
    assert "choose it once more" in response.text
    assert 'value="Hi"' in response.text


def test_another_error_of_the_database_is_an_error(article, monkeypatch):
    def broken(*args):
        raise OperationalError("disk I/O error") from sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(merging, "hold_page", broken)
    with pytest.raises(OperationalError):
        client_of("editor").post(edit_url(article), posted(article, ["en"]))
