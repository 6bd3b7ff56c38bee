"""The API answers in one language and says which; what not everybody sees is not in it anywhere."""

import json
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import ContentPage
from lihsite.models import BasePage, Document
from lihsite.multilingual.languages import column
from lihsite.search.index import rebuild
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block
from tests.lihsite.media.library import image
from tests.lihsite.search.published import published

pytestmark = pytest.mark.django_db

PAGES, IMAGES, DOCUMENTS = (f"/api/v2/{name}/" for name in ("pages", "images", "documents"))
SECRET = "zzsecret"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def get(client, address, status=200, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.text)


def titles(answer) -> list[str]:
    return [item["title"] for item in answer["items"]]


def paragraph(text, number=1):
    key = f"00000000-0000-4000-8000-{number:012}"
    return [{"type": "paragraph", "id": key, "value": f"<p>{text}</p>"}]


@pytest.fixture
def about():
    page = factories.content_page(
        title_en="About",
        title_fr="À propos",
        title_de=f"Über {SECRET}",
        summary_fr="Qui nous sommes",
        live_in=("en", "fr"),
    )
    page.body_en, page.body_fr = paragraph("Text"), paragraph("Texte")
    page.body_de = paragraph(SECRET)
    page.save()
    return page


def test_lang_chooses_the_language_and_the_answer_says_it(client, about):
    english = get(client, f"{PAGES}{about.pk}/")
    assert (english["title"], english["meta"]["language"]) == ("About", "en")
    french = get(client, f"{PAGES}{about.pk}/", lang="fr")
    assert french["title"] == "À propos"
    assert french["summary"] == "Qui nous sommes"
    assert french["meta"]["language"] == "fr"
    assert french["meta"]["is_fallback"] is False
    assert french["meta"]["html_url"] == "http://testserver/fr/a-propos/"
    assert "<p>Texte</p>" in french["content"]["body"][0]["html"]
    assert french["meta"]["translations"] == {
        "en": "http://testserver/en/about/",
        "fr": "http://testserver/fr/a-propos/",
    }
    assert french["meta"]["parent"]["meta"]["language"] == "fr"
    assert french["meta"]["detail_url"] == f"http://testserver{PAGES}{about.pk}/"


def test_what_is_not_live_in_a_language_is_a_fallback_that_says_so(client, about):
    german = get(client, f"{PAGES}{about.pk}/", lang="de")
    assert (german["title"], german["meta"]["language"]) == ("About", "en")
    assert german["meta"]["is_fallback"] is True
    listed = get(client, PAGES, lang="de")
    assert [item["meta"]["is_fallback"] for item in listed["items"]] == [False, True]
    assert titles(get(client, PAGES, lang="de", fallback="false")) == ["Institute (de)"]
    get(client, f"{PAGES}{about.pk}/", status=400, lang="de", fallback="false")


def test_types_that_do_not_fall_back_are_not_there(client, about, monkeypatch):
    monkeypatch.setattr(ContentPage, "falls_back", False)
    get(client, f"{PAGES}{about.pk}/", status=404, lang="de")
    assert len(get(client, PAGES, lang="de")["items"]) == 1
    assert len(get(client, PAGES, lang="fr")["items"]) == 2


def hidden_pages() -> dict[str, list]:
    """Pages with the secret that nobody may see, by why."""
    home = factories.home()
    draft = factories.content_page(home, title_en=f"Draft {SECRET}", live_in=())
    private = factories.content_page(home, title_en=f"Private {SECRET}")
    below = factories.content_page(private, title_en=f"Below {SECRET}")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    unpublished = factories.content_page(home, title_en=f"Gone {SECRET}", live=False)
    no_language = factories.content_page(home, title_en=f"None {SECRET}")
    BasePage.objects.filter(pk=no_language.pk).update(
        **{f"live_in_{code}": False for code in factories.ALL}
    )
    early = factories.content_page(
        home, title_en=f"Embargo {SECRET}", embargo=timezone.now() + timedelta(days=1)
    )
    changed = factories.content_page(home, title_en="Public")
    changed.title_en = f"Changed {SECRET}"
    changed.save_revision()
    german = factories.content_page(
        home, title_en="Visible", title_de=f"Hidden {SECRET}", summary_de=SECRET, live_in=("en",)
    )
    german.body_de = paragraph(SECRET)
    german.save()
    french = factories.content_page(
        home, live_in=("fr",), title_fr="Visible aussi", title_en=f"No {SECRET}", slug_en=SECRET
    )
    factories.content_page(french, title_en="Child of French")
    factories.event(live_in=("fr",), title_fr="Visible", venue_name_en=SECRET)
    return {"hidden": [draft, private, below, unpublished, no_language, early], "home": [home]}


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"fields": "*"},
        {"search": SECRET},
        {"search": "visible"},
        {"type": "home.ContentPage"},
        {"type": "home.ContentPage", "fields": "*"},
        {"descendant_of": "root"},
        {"child_of": "root", "order": "-title"},
        {"fallback": "false"},
    ],
)
def test_no_list_shows_what_not_everybody_sees(client, language, parameters):
    hidden_pages()
    rebuild()
    answer = client.get(PAGES, {"lang": language, **parameters})
    assert answer.status_code == 200
    said = re.sub(r'"html_url": "[^"]*"|"translations": {[^}]*}|"slug": "[^"]*"', "", answer.text)
    assert SECRET not in said
    if parameters.get("search") == SECRET:
        assert answer.json()["items"] == []
    else:
        takes_fallbacks = not parameters.keys() & {"search", "fallback"}
        assert ("Visible" in answer.text) == (language != "de" or takes_fallbacks)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_no_detail_shows_what_not_everybody_sees(client, admin_client, language):
    pages = hidden_pages()
    for page in pages["hidden"]:
        for caller in (client, admin_client):
            get(caller, f"{PAGES}{page.pk}/", status=404, lang=language)
            get(caller, f"{PAGES}find/", status=404, lang=language, id=page.pk)
            path = page.get_url_for_language(language)
            get(caller, f"{PAGES}find/", status=404, html_path=path)
            for name in ("child_of", "descendant_of"):
                get(caller, PAGES, status=400, lang=language, **{name: page.pk})
    listed = get(client, PAGES)["items"]
    assert listed
    for item in listed:
        detail = client.get(f"{PAGES}{item['id']}/", {"lang": language, "fields": "*"})
        assert detail.status_code == 200
        assert SECRET not in re.sub(r'"(html_url|slug|en)": "[^"]*"', "", detail.text)


def test_pages_are_found_filtered_and_ordered(client, about):
    news = factories.news(title_en="A grant", title_fr="Une subvention")
    assert titles(get(client, PAGES, type="news.NewsPage", lang="fr")) == ["Une subvention"]
    item = get(client, PAGES, type="news.NewsPage", fields="date,kind")["items"][0]
    assert (item["date"], item["kind"]) == ("2026-03-02", "press_release")
    by_title = titles(get(client, PAGES, order="title", lang="fr"))
    assert by_title == sorted(by_title)
    parent = news.get_parent()
    assert titles(get(client, PAGES, child_of=parent.pk)) == ["A grant"]
    assert len(get(client, PAGES, limit=1, offset=1)["items"]) == 1
    found = client.get(f"{PAGES}find/", {"html_path": "/fr/a-propos/"})
    assert found.url == f"http://testserver{PAGES}{about.pk}/?lang=fr"


def test_search_asks_the_index_of_the_language(client):
    published(factories.content_page, title_en="Immune system", title_fr="Système immunitaire")
    assert titles(get(client, PAGES, search="systeme", lang="fr")) == ["Système immunitaire"]
    assert titles(get(client, PAGES, search="immunitaire", lang="en")) == []


def test_what_is_searched_is_narrowed_before_the_best_are_taken(client, monkeypatch):
    monkeypatch.setattr("lihsite.search.queries.MOST_KEYS", 1)
    best = published(factories.content_page, title_en="Research")
    below = factories.content_page(best, title_en="Plans", summary_en="For research.")
    below.save_revision().publish()
    published(factories.event, title_en="Open day", summary_en="Research to look at.")
    asked = {"search": "research"}
    assert titles(get(client, PAGES, **asked)) == ["Research"]
    assert titles(get(client, PAGES, type="events.EventPage", **asked)) == ["Open day"]
    assert titles(get(client, PAGES, descendant_of=best.pk, **asked)) == ["Plans"]


def test_what_a_type_adds_is_in_the_language_of_the_answer(client):
    event = published(
        factories.event,
        title_en="Open day",
        venue_name_en="House",
        venue_name_fr="Maison",
        live_in=("en", "fr"),
    )
    for language, venue in [("en", "House"), ("fr", "Maison"), ("de", "House")]:
        assert get(client, f"{PAGES}{event.pk}/", lang=language)["venue_name"] == venue
    asked = {"type": "events.EventPage", "fields": "venue_name", "lang": "fr"}
    assert get(client, PAGES, **asked)["items"][0]["venue_name"] == "Maison"


@pytest.mark.parametrize(
    "parameters",
    [
        {"lang": "xx"},
        {"lang": ""},
        {"fallback": "maybe"},
        {"limit": "0"},
        {"limit": "51"},
        {"limit": "x"},
        {"limit": "9" * 40},
        {"offset": "-1"},
        {"offset": "9" * 40},
        {"offset": "999999999"},
        {"order": "password"},
        {"order": "owner__password"},
        {"order": "random"},
        {"order": "title,id"},
        {"order": ""},
        {"type": "auth.User"},
        {"type": "nothing"},
        {"type": "a.b.c"},
        {"child_of": "x"},
        {"child_of": "9" * 30},
        {"descendant_of": "٣"},
        {"fields": "owner"},
        {"fields": "title("},
        {"fields": "translation_sources"},
        {"fields": "content"},
        {"search": "x" * 10_00},
        {"owner": "1"},
        {"title": "x"},
        {"locale": "en"},
        {"site": "x"},
        {"format": "xml"},
        {"search_operator": "or"},
        {"latest_revision": "1"},
        {"search": "\0"},
        {"search": "x" * 9_000},
    ],
)
def test_a_bad_parameter_is_refused_in_json(client, about, parameters):
    assert get(client, PAGES, status=400, **parameters)["message"]


@pytest.mark.parametrize(("language", "slug"), [("en", "people"), ("fr", "personnes")])
def test_every_block_is_rendered_with_addresses_in_its_language(client, about, language, slug):
    factories.people_index(title_fr="Personnes", slug_fr="personnes")
    setattr(about, column("body", language), every_block())
    about.save()
    body = get(client, f"{PAGES}{about.pk}/", lang=language)["content"]["body"]
    assert [block["type"] for block in body] == [block["type"] for block in every_block()]
    people = next(block["html"] for block in body if block["type"] == "people")
    assert f'href="/{language}/{slug}/' in people


@pytest.mark.parametrize(
    "address",
    [f"{PAGES}999999/", f"{PAGES}{'9' * 40}/", "/api/v2/", "/api/v2/users/", f"{IMAGES}1/"],
)
def test_what_is_not_there_is_said_in_json(client, about, address):
    get(client, address, status=404)


def test_only_reading_is_answered(client, about):
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(f"{PAGES}{about.pk}/").status_code == 405


def test_answers_are_for_any_site_and_set_no_cookie(client, about):
    response = client.get(PAGES)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in response.headers["Cache-Control"]
    assert not response.cookies


def document(title, **fields):
    return Document.objects.create(title_en=title, file=ContentFile(b"x", "x.txt"), **fields)


@pytest.fixture
def library(about):
    """A picture and a document that a page shows, and others that nobody may see."""
    shown, used = image(title_en="Cells", title_fr="Cellules"), document("Report")
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Board").add_child(name="Minutes")
    CollectionViewRestriction.objects.create(
        collection=closed.get_parent(), restriction_type="login"
    )
    private = document(f"Minutes {SECRET}", collection=closed)
    unused = document(f"Unused {SECRET}")
    picture = image(title_en=f"Unused {SECRET}")
    links = "".join(f'<a linktype="document" id="{one.pk}">x</a>' for one in (used, private))
    about.social_image = shown
    about.body_en = paragraph(links)
    about.save()
    draft = factories.content_page(live_in=(), social_image=picture)
    draft.body_en = paragraph(f'<a linktype="document" id="{unused.pk}">x</a>')
    draft.save()
    return {"shown": shown, "used": used, "hidden": [private, unused], "picture": picture}


def test_the_library_shows_what_public_pages_use(client, library):
    images = get(client, IMAGES, lang="fr")
    assert titles(images) == ["Cellules"]
    assert titles(get(client, DOCUMENTS)) == ["Report"]
    detail = get(client, f"{DOCUMENTS}{library['used'].pk}/", lang="de")
    assert (detail["meta"]["language"], detail["meta"]["is_fallback"]) == ("en", True)
    assert detail["meta"]["download_url"].startswith("http://testserver/documents/")
    for one in library["hidden"]:
        get(client, f"{DOCUMENTS}{one.pk}/", status=404)
    get(client, f"{IMAGES}{library['picture'].pk}/", status=404)
    get(client, IMAGES, status=400, search="cells")


def test_the_library_keeps_what_only_a_language_shows_that_is_not_live(client, about):
    hidden = document(f"Draft {SECRET}")
    about.body_de = paragraph(f'<a linktype="document" id="{hidden.pk}">x</a>')
    about.save()
    get(client, f"{DOCUMENTS}{hidden.pk}/", status=404, lang="de")
    about.live_in_de = True
    about.save()
    get(client, f"{DOCUMENTS}{hidden.pk}/", lang="de")


def test_an_original_is_not_public_because_it_has_a_version(client, about):
    original = document(f"Unused {SECRET}")
    document("Version", version_of=original, language="fr")
    assert titles(get(client, DOCUMENTS)) == []


def queries(client, address, **parameters) -> int:
    get(client, address, **parameters)
    with CaptureQueriesContext(connection) as asked:
        get(client, address, **parameters)
    return len(asked)


def test_a_list_costs_as_many_queries_for_ten_pages_as_for_fifty(client):
    index = factories.news_index()
    for number in range(55):
        factories.news(index, title_en=f"News {number}")
    for parameters in ({}, {"type": "news.NewsPage", "fields": "*"}, {"lang": "de"}):
        ten = queries(client, PAGES, limit=10, **parameters)
        assert ten == queries(client, PAGES, limit=50, **parameters)
        assert ten <= 5


@given(
    st.dictionaries(
        st.sampled_from(
            ["lang", "limit", "offset", "order", "fields", "search", "type", "child_of", "fallback"]
        ),
        st.one_of(st.text(max_size=20), st.integers().map(str), st.sampled_from(["en", "root"])),
    )
)
def test_whatever_is_asked_the_answer_is_json(parameters):
    response = Client().get(PAGES, parameters)
    assert response.status_code in (200, 400)
    if "\0" not in "".join(parameters.values()):
        assert response.headers["Content-Type"] == "application/json"
