"""Who else is on a page, and in which language."""

import pytest
from django.urls import reverse
from freezegun import freeze_time
from wagtail.admin.models import EditingSession

from lihsite.models import LoadedDraft
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of, edit_url
from tests.lihsite.pages.open_forms import OpenForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    home = factories.home()
    accounts(home)
    article = factories.content_page(home, title_en="Hello", title_fr="Bonjour", title_de="Hallo")
    article.save_revision()
    return article


def ping(form, **data):
    return form.client.post(f"/admin/presence/{form.page.pk}/{form.draft}/", data)


def seen_by(form, **data) -> list[str]:
    """Who the form shows, in the order of their coming."""
    html = ping(form, **data).json()["html"]
    return [part.split("</span>")[0] for part in html.split('<span class="w-sr-only">')[1:]]


def test_each_sees_who_else_is_there_and_in_which_language(article):
    editor = OpenForm(article, "editor", "en")
    OpenForm(article, "german", "de")
    french = OpenForm(article, "french", "fr")
    ping(french, is_editing="1")
    assert seen_by(editor) == [
        "German Demo has the German open",
        "French Demo is editing the French",
    ]
    assert seen_by(editor, language="fr")
    assert seen_by(OpenForm(article, "reviewer", "en"))[0] == "Editor Demo has the French open"


def test_somebody_who_saves_is_editing(article):
    editor, french = OpenForm(article, "editor", "en"), OpenForm(article, "french", "fr")
    with freeze_time("2026-05-01 10:00"):
        french.autosave(title_fr="Salut")
        ping(french)
        assert seen_by(editor) == ["French Demo is editing the French"]
    with freeze_time("2026-05-01 10:05"):
        ping(french)
        assert seen_by(editor) == ["French Demo has the French open"]


def test_the_fields_of_all_languages_are_a_place_too(article):
    editor, french = OpenForm(article, "editor", "en"), OpenForm(article, "french", "fr")
    ping(editor, language="", is_editing="1")
    assert "Editor Demo modifie" in seen_by(french)[0]
    assert LoadedDraft.objects.get(pk=editor.draft).language == ""


def test_ones_own_other_window_is_named_as_such(article):
    editor = OpenForm(article, "editor", "en")
    OpenForm(article, "editor", "en")
    assert seen_by(editor) == ["You have the English open in another window"]


def test_nobody_is_warned_of_overwriting_what_is_merged(article):
    editor, french = OpenForm(article, "editor", "en"), OpenForm(article, "french", "fr")
    french.autosave(title_fr="Salut")
    content = editor.client.get(edit_url(article)).content.decode()
    assert 'name="revision_id"' not in content
    assert f"/admin/presence/{article.pk}/" in content
    assert not any("revision_id" in other for other in ping(editor).json()["other_sessions"])


def test_who_has_left_is_not_shown_and_may_come_back(article):
    editor, french = OpenForm(article, "editor", "en"), OpenForm(article, "french", "fr")
    session = EditingSession.objects.get(user__username="french")
    french.client.post(reverse("wagtailadmin_editing_sessions:release", args=[session.pk]))
    assert seen_by(editor) == []
    assert ping(french).status_code == 200
    assert len(seen_by(editor)) == 1


def test_only_those_who_have_the_form_open_are_told(article):
    french, other = OpenForm(article, "french", "fr"), client_of("german")
    url = f"/admin/presence/{article.pk}/{french.draft}/"
    assert other.post(url).status_code == 404
    assert french.client.get(url).status_code == 405


def test_a_language_that_the_site_gave_up_is_named_by_its_code(article, settings):
    editor = OpenForm(article, "editor", "en")
    OpenForm(article, "french", "fr")
    settings.LANGUAGES = [entry for entry in settings.LANGUAGES if entry[0] != "fr"]
    assert seen_by(editor) == ["French Demo has the fr open"]
