"""Who sees and saves what: the demonstration's roles on one page."""

import pytest

from home.models import ContentPage
from tests import factories
from tests.lihsite.pages.admin import client_of, draft_of, edit_url, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    article = factories.content_page(
        home, title_en="Hello", title_fr="Bonjour", title_de="Hallo", summary_en="Short"
    )
    article.save_revision()
    return article


def test_a_translator_sees_the_tab_of_one_language_and_nothing_else(article):
    response = client_of("french").get(edit_url(article))
    fields = set(response.context["form"].fields)
    assert {"title_fr", "summary_fr", "slug_fr"} <= fields
    others = {"title_en", "title_de", "live_in_fr", "source_language", "show_in_menus"}
    assert not others & fields
    content = response.content.decode()
    assert 'href="#tab-language_fr"' in content
    assert 'href="#tab-language_de"' not in content
    assert 'href="#tab-settings"' not in content


def test_a_translator_is_led_to_the_text_to_translate(article):
    content = client_of("german", "en").get(edit_url(article)).content.decode()
    assert f"/admin/pages/{article.pk}/view_draft/?mode=en" in content
    assert "Read the text to translate: English" in content
    assert "Read the text" not in client_of("editor").get(edit_url(article)).content.decode()


def test_a_translator_opens_a_page_in_another_source_language(home):
    article = factories.content_page(home, live_in=("fr",), title_fr="Bonjour")
    client = client_of("german")
    assert client.get(edit_url(article)).status_code == 200
    response = client.post(edit_url(article), posted(article, ["de"], title_de="Hallo"))
    assert response.status_code == 302
    assert draft_of(article).title_de == "Hallo"


def test_what_a_translator_posts_for_other_languages_and_for_all_is_not_saved(article):
    data = posted(
        article,
        ["en", "fr", "de"],
        title_en="Hacked",
        title_fr="Salut",
        title_de="Gehackt",
        live_in_de=None,
        show_in_menus="on",
        source_language="de",
    )
    assert client_of("french").post(edit_url(article), data).status_code == 302
    draft = draft_of(article)
    assert (draft.title_en, draft.title_fr, draft.title_de) == ("Hello", "Salut", "Hallo")
    assert (draft.source_language, draft.show_in_menus, draft.live_in_de) == ("en", False, True)


def test_a_translator_is_refused_the_tab_of_another_language(article):
    response = client_of("french").get(edit_url(article), {"language_tab": "de"})
    assert response.status_code == 302  # Wagtail's answer to PermissionDenied
    assert b'name="title_de"' not in response.content


def test_a_translator_cannot_publish(article):
    client = client_of("french")
    assert b'name="action-publish"' not in client.get(edit_url(article)).content
    data = posted(article, ["fr"], title_fr="Salut", **{"action-publish": "1"})
    client.post(edit_url(article), data)
    assert ContentPage.objects.get(pk=article.pk).title_fr == "Bonjour"


def test_a_translator_cannot_go_back_to_a_draft_that_differs_in_another_language(article):
    first = article.latest_revision
    article.title_de = "Guten Tag"
    article.save_revision()
    client = client_of("french")
    data = posted(article, ["fr"], title_fr="Salut")
    client.post(f"/admin/pages/{article.pk}/revisions/{first.pk}/revert/", data)
    assert draft_of(article).title_de == "Guten Tag"


@pytest.mark.parametrize("username", ["french", "german"])
def test_translators_choose_from_the_library_and_change_nothing_there(home, username):
    client = client_of(username)
    assert client.get("/admin/images/chooser/").status_code == 200
    assert client.get("/admin/images/add/").status_code == 302
    assert client.get("/admin/documents/add/").status_code == 302
    assert client.get("/admin/snippets/research/person/add/").status_code == 302


def test_an_editor_writes_everything_and_publishes_nothing(article):
    client = client_of("editor")
    content = client.get(edit_url(article)).content
    assert b'name="action-publish"' not in content
    assert b'name="action-submit"' in content
    client.post(edit_url(article), posted(article, ["en", "de"], title_en="Hi", title_de="Servus"))
    assert (draft_of(article).title_en, draft_of(article).title_de) == ("Hi", "Servus")


def test_a_reviewer_publishes(article):
    data = posted(article, ["en"], title_en="Hi", **{"action-publish": "1"})
    client_of("reviewer").post(edit_url(article), data)
    assert ContentPage.objects.get(pk=article.pk).title_en == "Hi"
