"""What visitors get where a page has their language, and where it has not."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from home.models import ContentPage
from lihsite.multilingual.choice import PARAMETER
from lihsite.multilingual.languages import language_codes, language_name_local
from tests import factories

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
NOTICE = "This page is not available in your language yet."


def visit(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def switcher(html) -> dict[str, str]:
    """The addresses of the switcher in the header, by language, without what asks to remember."""
    links = html.select("header nav.languages a")
    addresses = {link["hreflang"]: link["href"] for link in links}
    assert all(PARAMETER in address for address in addresses.values())
    return {
        code: address.replace(f"?{PARAMETER}=yes", "").replace(f"&{PARAMETER}=yes", "")
        for code, address in addresses.items()
    }


def alternates(html) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in html.select("link[rel=alternate]")}


def canonical(html) -> str:
    (link,) = html.select("link[rel=canonical]")
    return link["href"]


# The switcher


def test_the_switcher_leads_to_the_same_page_and_keeps_the_query(client):
    topic = factories.topic(title_en="Cancer", title_fr="Le cancer", title_de="Krebs")
    news = factories.news_index()
    factories.news(topics=[topic], date=date(2026, 1, 5))
    assert switcher(visit(client, "/en/research/cancer/")) == {
        "en": "/en/research/cancer/",
        "fr": "/fr/recherche/le-cancer/",
        "de": "/de/forschung/krebs/",
    }
    query = f"topic={topic.pk}&type=press_release&year=2026"
    addresses = switcher(visit(client, f"{news.get_url_for_language('fr')}?{query}"))
    assert addresses["de"] == f"/de/aktuelles/?{query}"
    for address in addresses.values():
        selected = visit(client, address).select("select [selected]")
        assert [option["value"] for option in selected] == [
            str(topic.pk),
            "press_release",
            "2026",
        ]


def test_the_switcher_leads_to_the_same_person(client):
    factories.people_index()
    factories.person(slug="ada")
    addresses = switcher(visit(client, "/en/people/ada/"))
    assert addresses["fr"] == "/fr/personnes/ada/"


def test_the_switcher_names_each_language_in_itself(client):
    factories.home()
    for language in language_codes():
        links = visit(client, f"/{language}/").select("header nav.languages a")
        assert [(link.text, link["lang"], link["hreflang"]) for link in links] == [
            (language_name_local(code), code, code) for code in language_codes()
        ]
        (current,) = [link for link in links if link.get("aria-current")]
        assert current["lang"] == language


def test_no_page_sets_a_cookie_and_only_the_switcher_asks_to(client):
    factories.topic(title_en="Cancer")
    html = visit(client, "/en/research/cancer/")
    assert not client.cookies
    asking = [link for link in html.select("[href]") if PARAMETER in link["href"]]
    assert asking == html.select("header .languages a, footer .site-footer__languages a")


# A page in the visitor's language


def test_a_page_names_its_languages_with_the_source_as_default(client):
    factories.content_page(
        live_in=("fr", "en"), title_fr="Bourses", title_en="Grants", source_language="fr"
    )
    for address in ("/en/grants/", "/fr/bourses/"):
        assert alternates(visit(client, address)) == {
            "en": f"{HOST}/en/grants/",
            "fr": f"{HOST}/fr/bourses/",
            "x-default": f"{HOST}/fr/bourses/",
        }
    html = visit(client, "/en/grants/")
    assert canonical(html) == f"{HOST}/en/grants/"
    assert not html.select(".fallback-notice")
    assert "lang" not in html.h1.attrs


def test_the_home_page_names_the_start_as_default(client):
    factories.home()
    assert alternates(visit(client, "/fr/"))["x-default"] == f"{HOST}/"


# Honest fallback


@pytest.fixture
def bursary():
    """A page that starts in French and has no German."""
    return factories.content_page(
        live_in=("fr", "en"),
        source_language="fr",
        title_fr="Bourses",
        title_en="Grants",
        summary_fr="Pour les doctorants.",
        summary_en="For doctoral students.",
        show_in_menus=True,
    )


def test_a_missing_language_shows_the_source_with_a_notice_and_its_language(client, bursary):
    address = bursary.get_url_for_language("de")
    assert address == "/de/bourses/"
    html = visit(client, address)
    assert html.html["lang"] == "de"
    assert html.h1.text == "Bourses"
    assert html.h1["lang"] == "fr"
    assert html.title["lang"] == "fr"
    assert html.select_one(".standfirst")["lang"] == "fr"
    with translation.override("de"):
        expected = translation.gettext(NOTICE)
    notice = html.select_one(".fallback-notice")
    assert expected in notice.text
    (link,) = notice.select("a")
    assert (link["href"], link["hreflang"], link["lang"]) == (f"{HOST}/fr/bourses/", "fr", "fr")
    assert link.text == "Français"
    assert canonical(html) == f"{HOST}/fr/bourses/"
    assert alternates(html).keys() == {"fr", "en", "x-default"}


def test_a_fallback_is_never_mixed_field_by_field(client):
    factories.content_page(
        live_in=("en",), title_en="Rules", title_de="Regeln", summary_de="Noch nicht fertig."
    )
    html = visit(client, "/de/regeln/")
    assert html.h1.text == "Rules"
    assert "Noch nicht fertig." not in html.text


def test_the_first_live_language_in_the_order_of_settings_stands_in_for_the_source(client):
    page = factories.content_page(title_en="A", title_fr="B", title_de="C")
    ContentPage.objects.filter(pk=page.pk).update(live_in_en=False)
    assert visit(client, "/en/a/").h1.text == "B"
    ContentPage.objects.filter(pk=page.pk).update(live_in_fr=False)
    assert visit(client, "/en/a/").h1.text == "C"


def test_the_menu_and_the_trail_mark_a_title_in_another_language(client, bursary):
    factories.content_page(parent=bursary, title_en="Forms", title_de="Formulare")
    html = visit(client, "/de/bourses/formulare/")
    for place in (".site-nav", ".breadcrumbs"):
        (link,) = html.select(f'{place} a[href="/de/bourses/"]')
        assert link.span.text == "Bourses"
        assert link.span["lang"] == "fr"
        assert link.select_one(".language-badge abbr").text == "FR"


def test_a_list_marks_what_is_in_another_language(client):
    factories.news(live_in=("fr",), title_fr="Une bourse", summary_fr="Pour trois ans.")
    html = visit(client, "/de/aktuelles/")
    (link,) = html.select(".news-item__title a")
    assert link["lang"] == "fr"
    badge = html.select_one(".language-badge")
    assert badge.abbr.text == "FR"
    with translation.override("de"):
        assert translation.gettext("French") in badge.text
    assert not visit(client, "/fr/actualites/").select(".language-badge")


def test_links_in_a_fallback_keep_the_visitors_language(client, bursary):
    target = factories.content_page(title_en="Contact", title_fr="Contact fr", title_de="Kontakt")
    link = f'<p>Voir <a linktype="page" id="{target.pk}">contact</a>.</p>'
    bursary.body_fr = [{"type": "paragraph", "value": link}]
    bursary.save()
    html = visit(client, "/de/bourses/")
    link = html.select_one('main a[href="/de/kontakt/"]')
    assert link.text == "contact"
    assert link.find_parent(lang=True)["lang"] == "fr"


def test_a_page_that_is_live_in_no_language_is_not_found_and_says_where_to_go(client, bursary):
    ContentPage.objects.filter(pk=bursary.pk).update(live_in_fr=False, live_in_en=False)
    factories.news_index()
    for language in language_codes():
        address = bursary.get_url_for_language(language)
        html = visit(client, address, status=404)
        assert html.html["lang"] == language
        news = {"en": "/en/news/", "fr": "/fr/actualites/", "de": "/de/aktuelles/"}[language]
        assert html.select(f'main a[href="{news}"]')
        assert html.select(f'main a[href="/{language}/"]')
        assert switcher(html)["fr"] == "/fr/"


def test_a_draft_is_in_no_list_and_in_no_menu(client):
    factories.content_page(live_in=(), title_en="Secret", show_in_menus=True)
    factories.news(live_in=(), title_en="Embargo")
    assert "Secret" not in visit(client, "/en/").text
    assert "Embargo" not in visit(client, "/en/news/").text


def test_a_type_without_fallback_leads_to_the_languages_that_exist(client, bursary, monkeypatch):
    monkeypatch.setattr(ContentPage, "falls_back", False)
    html = visit(client, "/de/bourses/", status=404)
    assert html.html["lang"] == "de"
    assert html.select_one("meta[name=robots]")["content"] == "noindex"
    assert not alternates(html)
    assert not html.select("link[rel=canonical]")
    assert [(link["href"], link["lang"], link["hreflang"]) for link in html.select("main a")] == [
        ("/en/grants/", "en", "en"),
        ("/fr/bourses/", "fr", "fr"),
    ]
    assert visit(client, "/fr/bourses/").h1.text == "Bourses"
