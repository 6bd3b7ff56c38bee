"""The lists of pages in the admin: languages, states, titles, and the ways to what visitors get."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import strip_tags

from tests import factories
from tests.lihsite.pages.admin import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    return factories.content_page(
        home, live_in=("en", "fr"), title_en="Memory", title_fr="Mémoire", title_de="Gedächtnis"
    )


def explorer(client, home):
    return client.get(f"/admin/pages/{home.pk}/").content.decode()


def languages_in(content) -> str:
    """The words of the first cell of languages."""
    cell = content[content.index("lih-languages__list") :]
    return " ".join(strip_tags(f"<{cell[: cell.index('</ul>')]}").split())


def test_each_page_is_listed_with_its_languages_and_their_states(home, article):
    cell = languages_in(explorer(client_of("editor"), home))
    assert cell.endswith("EN live, source FR live, up to date DE up to date")


def test_an_outdated_translation_says_so(home, article):
    article.save_revision()
    article.title_en = "Remembering"
    article.save_revision()
    cell = languages_in(explorer(client_of("editor"), home))
    assert cell.endswith("EN live, source FR live, outdated DE outdated")


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Memory"), ("fr", "Mémoire"), ("de", "Gedächtnis")]
)
def test_titles_are_in_the_readers_language(home, article, language, title):
    assert title in explorer(client_of("editor", language), home)


def test_the_number_of_queries_does_not_grow_with_the_list(home, article):
    client = client_of("editor")
    explorer(client, home)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            explorer(client, home)
        counts.append(len(queries))
        for _number in range(5):
            factories.content_page(home)
    rows = 5
    # Wagtail asks of each row twice whether it is live, with all below it, and so may be deleted.
    assert counts[1] - counts[0] == 2 * rows


@pytest.mark.parametrize("words", ["Memory", "Mémoire", "Gedächtnis"])
def test_a_page_is_found_by_its_title_in_any_language(home, article, words):
    content = client_of("german").get("/admin/pages/search/", {"q": words}).content.decode()
    assert "Gedächtnis" in content
    assert "lih-languages__list" in content


def links_in(content) -> dict[str, str]:
    """The addresses of the links, by their text."""
    links = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', content, flags=re.DOTALL)
    return {" ".join(strip_tags(text).split()): address for address, text in links}


def test_the_menu_of_a_page_leads_to_each_live_language(home, article):
    content = explorer(client_of("editor"), article.get_parent())
    row = links_in(content[content.index("More options for") :])
    assert row["View live: English"] == "/en/memory/"
    assert row["View live: Français"] == "/fr/memoire/"
    assert "View live: Deutsch" not in row
    assert "View live" not in row


def test_the_menu_of_a_draft_leads_to_the_languages_that_it_is_written_in(home, article):
    article.title_fr = ""
    article.save_revision()
    content = explorer(client_of("editor"), home)
    assert f"/admin/pages/{article.pk}/view_draft/?mode=de" in content
    assert f"/admin/pages/{article.pk}/view_draft/?mode=fr" not in content


def test_the_edit_view_leads_to_what_is_live_and_not_to_what_the_draft_chooses(home, article):
    article.live_in_de = True
    article.save_revision()
    content = client_of("editor").get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert "View live: Français" in content
    assert "View live: Deutsch" not in content


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["Apples", "Berries", "Cherries"]),
        ("fr", ["Baies", "Cherries", "Pommes"]),
        ("de", ["Apples", "Beeren", "Cherries"]),
    ],
)
def test_titles_are_sorted_as_they_are_read(home, language, order):
    factories.content_page(home, live_in=("en", "fr"), title_en="Apples", title_fr="Pommes")
    factories.content_page(home, title_en="Berries", title_fr="Baies", title_de="Beeren")
    factories.content_page(home, live_in=("en",), title_en="Cherries")
    client = client_of("editor", language)
    for ordering, expected in (("title", order), ("-title", order[::-1])):
        response = client.get(f"/admin/pages/{home.pk}/", {"ordering": ordering})
        with translation.override(language):
            titles = [
                page.get_admin_display_title() for page in response.context_data["object_list"]
            ]
        assert titles == expected


@pytest.mark.parametrize(("language", "head"), [("en", "1-1 of 1 page"), ("fr", "1-1 sur 1 page")])
def test_the_search_says_how_many_pages_it_found(home, article, language, head):
    client = client_of("editor", language)
    content = client.get("/admin/pages/search/", {"q": "Memory"}).content.decode()
    assert head in " ".join(strip_tags(content).split())


@pytest.mark.parametrize(
    ("language", "address"), [("en", "/en/memory/"), ("fr", "/fr/memoire/"), ("de", "/en/memory/")]
)
def test_status_tags_lead_to_a_language_in_which_the_page_is_live(home, article, language, address):
    client = client_of("editor", language)
    for view in ("", "edit/"):
        content = client.get(f"/admin/pages/{article.pk}/{view}").content.decode()
        tag = content[: content.index("page-status-tag")].rpartition("<a")[2]
        assert f'href="{address}"' in tag
    row = explorer(client, home)
    assert f'href="{address}"' in row[: row.index("w-status--primary")].rpartition("<a")[2]
