"""The history and its comparisons name the language, and can be read by language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageLogEntry

from lihsite.multilingual import reviews
from lihsite.multilingual.publishing import publish_languages
from tests import factories
from tests.lihsite.multilingual.test_publishing import draft_of, stored
from tests.lihsite.pages.admin import accounts, client_of, edit_url
from tests.lihsite.pages.open_forms import OpenForm

pytestmark = pytest.mark.django_db


def edit(page, **values):
    """A draft saved as the edit form saves it, with an entry in the log."""
    draft = draft_of(page)
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision(log_action=True)


@pytest.fixture
def careers():
    page = factories.content_page(title_en="Careers", title_fr="Carrières", title_de="Karriere")
    page.save_revision().publish()
    accounts(factories.HomePage.objects.get())
    return stored(page)


def history(page, query="") -> BeautifulSoup:
    url = reverse("wagtailadmin_pages:history", args=[page.pk])
    return BeautifulSoup(client_of("reviewer").get(url + query).content, "html.parser")


def told(html) -> list[tuple[str, str]]:
    """What happened and to which languages, newest first."""
    rows = [row.select("td") for row in html.select("table tbody tr")]
    return [(next(cells[0].stripped_strings), cells[1].text.strip()) for cells in rows]


def test_the_form_tells_of_the_last_publication_of_a_language_although_the_draft_is_older(careers):
    edit(careers, title_en="Jobs", title_fr="Emplois")
    publish_languages(careers, ["fr"])
    form = client_of("reviewer").get(edit_url(careers))
    shown, live = form.context["page"], stored(careers)
    assert shown.title_en == "Jobs"
    assert (shown.live_revision, shown.last_published_at) == (
        live.live_revision,
        live.last_published_at,
    )


def test_each_edit_says_which_languages_it_changed(careers):
    edit(careers, title_fr="Emplois", summary_de="Arbeiten bei uns")
    edit(careers, show_in_menus=True)
    assert [languages for _what, languages in told(history(careers))[:2]] == [
        "shared fields",
        "French, German",
    ]


def test_the_log_says_french_published(careers):
    edit(careers, title_fr="Emplois", title_de="Stellen")
    publish_languages(careers, ["fr"])
    html = history(careers)
    assert told(html)[0] == ("French published", "French")
    assert "Live version" in html.select_one("table tbody tr").text


ALL = "English, French, German, shared fields"
ALL_PUBLISHED = (f"{ALL} published", ALL)


def test_publishing_the_whole_page_says_which_languages_went_live(careers):
    edit(careers, title_de="", live_in_de=False)
    stored(careers).get_latest_revision().publish()
    assert told(history(careers))[0] == (
        "English, French, shared fields published",
        "English, French, shared fields",
    )
    stored(careers).unpublish()
    assert told(history(careers))[0] == (
        "English, French, shared fields unpublished",
        "English, French, shared fields",
    )


def test_the_log_of_the_whole_site_names_the_languages_too(careers):
    html = client_of("admin").get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert ALL_PUBLISHED[0] in html
    assert html.count(">Publish<") <= 1


def test_the_history_can_be_filtered_by_language(careers):
    edit(careers, title_fr="Emplois")
    edit(careers, title_de="Stellen")
    edit(careers, show_in_menus=True)
    publish_languages(careers, ["fr"])
    assert [what for what, _languages in told(history(careers, "?language=fr"))] == [
        "French published",
        "Draft saved",
        ALL_PUBLISHED[0],
    ]
    assert told(history(careers, "?language=shared")) == [
        ("Draft saved", "shared fields"),
        ALL_PUBLISHED,
    ]
    assert told(history(careers, "?language=xx"))


def test_an_entry_names_all_that_a_form_has_changed_although_others_save_in_between(careers):
    editor, french = OpenForm(careers, "editor", "en", "de"), OpenForm(careers, "french", "fr")
    editor.autosave(title_en="Jobs")
    french.autosave(title_fr="Emplois")
    editor.autosave(title_de="Stellen")
    editor.autosave(show_in_menus="on")
    assert told(history(careers))[:2] == [
        ("Draft saved", "English, German, shared fields"),
        ("Draft saved", "French"),
    ]
    assert told(history(careers, "?language=en"))[0][0] == "Draft saved"


def test_pages_that_are_changed_by_one_action_each_keep_it_in_their_history(careers):
    about = factories.content_page(title_en="About")
    about.save_revision().publish()
    for page in (careers, about):
        stored(page).unpublish()
    PageLogEntry.objects.all().delete()
    action = reverse("wagtail_bulk_action", args=["lihsite", "basepage", "publish"])
    client_of("admin").post(f"{action}?id={careers.pk}&id={about.pk}")
    for page in (careers, about):
        (entry,) = told(history(page))
        assert entry[0].endswith("published")


def test_nobody_is_credited_with_what_others_wrote_before_a_language_was_published(careers):
    edit(careers, title_de="Stellen", title_fr="Emplois")
    editor = OpenForm(careers, "editor", "en")
    editor.autosave(title_en="Jobs")
    publish_languages(careers, ["fr"])
    editor.autosave(summary_en="Work with us")
    assert told(history(careers))[0] == ("Draft saved", "English")


def compare(page, one, other, query="") -> str:
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, one, other])
    response = client_of("reviewer").get(url + query)
    return BeautifulSoup(response.content, "html.parser").select_one("table").text


def test_french_only_shows_the_french_differences_only(careers):
    edit(careers, title_fr="Emplois", title_de="Stellen", show_in_menus=True)
    everything = compare(careers, "live", "latest")
    assert "Emplois" in everything
    assert "Stellen" in everything
    french = compare(careers, "live", "latest", "?language=fr")
    assert "Emplois" in french
    assert "Stellen" not in french
    shared = compare(careers, "live", "latest", "?language=shared")
    assert "menu" in shared.lower()
    assert "Emplois" not in shared
    assert "no differences" in compare(careers, "live", "latest", "?language=en")


def test_the_differences_from_a_filtered_history_are_those_of_its_language(careers):
    edit(careers, title_fr="Emplois")
    edit(careers, title_fr="Postes")
    links = [link["href"] for link in history(careers, "?language=fr").select("table a")]
    compared = [link for link in links if "/compare/" in link]
    assert compared
    assert all(link.endswith("?language=fr") for link in compared)


def test_the_summary_is_kept_with_the_entry_and_the_same_in_every_admin(careers):
    edit(careers, title_fr="Emplois")
    entry = PageLogEntry.objects.filter(page=careers.pk, action="wagtail.edit").first()
    assert entry.data == {"languages": ["fr"], "shared": False}


# Across languages


def sides(page, version="latest", query=""):
    url = reverse("translating:compare_languages", args=[page.pk, version])
    return client_of("french").get(url + query)


def rows(response) -> list[list[str]]:
    html = BeautifulSoup(response.content, "html.parser")
    return [[cell.text.strip() for cell in row.select("td")] for row in html.select("tbody tr")]


def test_a_draft_is_compared_across_languages_side_by_side(careers):
    edit(careers, title_fr="Emplois", summary_en="Work with us")
    assert rows(sides(careers)) == [["Careers", "Emplois"], ["Work with us", "–"]]
    assert rows(sides(careers, "live", "?left=de&right=fr")) == [["Karriere", "Carrières"]]


def test_any_revision_is_compared_across_languages(careers):
    first = edit(careers, title_fr="Emplois")
    edit(careers, title_fr="Postes")
    assert rows(sides(careers, str(first.pk), "?left=en&right=fr")) == [["Careers", "Emplois"]]


@pytest.mark.parametrize("version", ["nonsense", "999999", "9" * 40])
def test_a_version_that_is_none_of_the_pages_is_not_found(careers, version):
    assert sides(careers, version).status_code == 404


def test_a_language_that_is_none_falls_back(careers):
    assert rows(sides(careers, query="?left=xx&right=")) == [["Careers", "Carrières"]]


def test_the_status_panel_names_what_waits(careers, django_user_model):
    reviews.submit(careers, "fr", user=django_user_model.objects.get(username="french"))
    content = (
        client_of("reviewer")
        .get(reverse("wagtailadmin_pages:edit", args=[careers.pk]))
        .content.decode()
    )
    assert "French: submitted for review on" in content
