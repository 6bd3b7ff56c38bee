"""The tabs of the form and the choice of languages above them, in every language of the admin."""

import pytest
from django.utils import translation
from django.utils.html import escape

from home.models import ContentPage
from tests import factories
from tests.lihsite.pages.admin import client_of, edit_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    return factories.content_page(home, live_in=("en", "fr"), title_en="Hello", title_fr="Bonjour")


def test_there_is_a_tab_for_each_language_and_for_what_they_share(article):
    content = client_of("editor").get(edit_url(article)).content.decode()
    tabs = ["language_en", "language_fr", "language_de", "promotion", "settings"]
    positions = [content.index(f'href="#tab-{tab}"') for tab in tabs]
    assert positions == sorted(positions)


@pytest.mark.parametrize("language", ["de", "fr", "en"])
def test_labels_are_in_the_language_of_whoever_reads_the_form(article, language):
    """Edit handlers are built once, in the language of the first who needs them."""
    content = client_of("editor", language).get(edit_url(article)).content.decode()
    with translation.override(language):
        labels = [
            ContentPage._meta.get_field("summary").verbose_name.capitalize(),
            translation.gettext("Publish in"),
            translation.gettext("Address and search engines"),
        ]
    for label in labels:
        assert escape(label) in content


def test_the_choice_of_languages_shows_the_state_of_each(article):
    article.save_revision()
    content = client_of("editor").get(edit_url(article)).content.decode()
    strip = content[content.index("lih-live-languages") : content.index("w-tabs__wrapper")]
    assert [
        strip.count(f"lih-state--{state}") for state in ("source", "up_to_date", "missing")
    ] == [
        1,
        1,
        1,
    ]


def test_columns_are_labelled_with_the_name_of_their_language():
    assert str(ContentPage._meta.get_field("title_fr").verbose_name) == "title (Français)"


def test_a_comparison_names_the_languages(article):
    first = article.save_revision()
    article.title_de = "Hallo"
    second = article.save_revision()
    url = f"/admin/pages/{article.pk}/revisions/compare/{first.pk}...{second.pk}/"
    content = client_of("editor").get(url).content.decode()
    assert "Title (Deutsch)" in content
    assert "Title (Français)" not in content


def test_a_preview_is_in_its_language_whatever_the_language_of_the_admin(article):
    client = client_of("editor", "de")
    content = client.get(f"/admin/pages/{article.pk}/view_draft/?mode=fr").content.decode()
    assert '<html lang="fr">' in content
    assert "Bonjour" in content
    assert "fallback-notice" not in content


def test_a_language_that_is_not_live_is_previewed_without_the_notice_of_a_fallback(article):
    article.title_de = "Hallo"
    article.save_revision()
    client = client_of("editor", "fr")
    content = client.get(f"/admin/pages/{article.pk}/view_draft/?mode=de").content.decode()
    assert "Hallo" in content
    assert "fallback-notice" not in content
