"""How the blocks of a body look in HTML."""

from contextlib import nullcontext

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from lihsite.blocks.body import BodyBlock
from lihsite.blocks.preload import preload
from lihsite.multilingual.languages import addresses_in
from tests import factories
from tests.lihsite.blocks.vocabulary import block, every_block, items
from tests.lihsite.media.library import document, image

pytestmark = pytest.mark.django_db


def render(*raw):
    request = RequestFactory().get("/")
    request.people_address = "/en/people/"
    stream = BodyBlock().to_python(list(raw))
    return BeautifulSoup(stream.render_as_block({"request": request}), "html.parser")


KINDS = sorted(BodyBlock().child_blocks)


def test_a_body_comes_back_as_it_was_stored():
    factories.home()
    raw = every_block()
    once = stored_again(raw)
    assert [(one["id"], one["type"]) for one in once] == [(one["id"], one["type"]) for one in raw]
    assert once[1]["value"] == raw[1]["value"]
    assert stored_again(once) == once


def stored_again(raw):
    stream = BodyBlock().to_python(raw)
    return [child.get_prep_value() for child in stream]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_each_block_has_a_preview(kind, language):
    factories.home()
    factories.person(photo=image())
    document()
    definition = BodyBlock().child_blocks[kind]
    assert definition.is_previewable
    assert definition.meta.icon
    assert str(definition.meta.group)
    assert str(definition.get_description())
    request = RequestFactory().get("/")
    with translation.override(language):
        html = definition.render(definition.get_preview_value(), {"request": request})
    shown = BeautifulSoup(html, "html.parser")
    assert shown.find(class_=f"block--{kind.replace('_', '-')}")
    assert shown.get_text(strip=True)


def sentences_of_preview(kind, language):
    """What the preview of a block says in three words or more, names of examples aside."""
    definition = BodyBlock().child_blocks[kind]
    with translation.override(language):
        html = definition.render(
            definition.get_preview_value(), {"request": RequestFactory().get("/")}
        )
    texts = BeautifulSoup(html, "html.parser").stripped_strings
    return {text for text in texts if len(text.split()) > 2 and "Example" not in text}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_preview_speaks_the_language_of_the_admin(kind, language):
    assert sentences_of_preview(kind, language).isdisjoint(sentences_of_preview(kind, "en"))


@pytest.mark.parametrize("kind", KINDS)
def test_previews_work_in_an_empty_library(kind):
    definition = BodyBlock().child_blocks[kind]
    definition.render(definition.get_preview_value(), {"request": RequestFactory().get("/")})


@pytest.mark.parametrize("kind", ["quote", "people", "image"])
def test_the_admin_shows_the_preview_of_a_block(admin_client, kind):
    factories.person(photo=image())
    definition = BodyBlock().child_blocks[kind]
    answer = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": definition.definition_prefix}
    )
    assert answer.status_code == 200
    assert f"block--{kind}" in answer.content.decode()
    assert "css/site" in answer.content.decode()


def test_nothing_needs_a_style_or_a_script_of_its_own():
    factories.home()
    shown = render(*every_block())
    assert not shown.find_all(style=True)
    assert not shown.find_all(["style", "script", "iframe"])
    assert not shown.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))


def test_a_heading_has_the_same_address_in_every_language():
    raw = block("heading", {"text": "Title", "level": "h3"})
    assert render(raw).h3["id"] == f"s-{raw['id'][:8]}"


def test_a_decorative_picture_has_an_empty_alternative_text():
    raw = {"image": image().pk, "decorative": True}
    assert render(block("image", raw)).img["alt"] == ""


def test_a_picture_without_a_text_of_its_own_takes_the_librarys():
    raw = {"image": image(description_en="Cells").pk, "decorative": False}
    assert render(block("image", raw)).img["alt"] == "Cells"


def test_a_partner_is_named_once_with_and_without_a_logo():
    named = {"name": "Example University", "logo": image().pk}
    linked = {"name": "Example Hospital", "url": "https://example.org/"}
    shown = render(block("partners", {"partners": items(named, linked)}))
    assert [li.text.strip() for li in shown.select("li")] == ["Example University", linked["name"]]
    assert shown.img["alt"] == ""
    assert shown.a["href"] == "https://example.org/"


def test_a_table_has_a_caption_and_headers():
    value = {
        "caption": "Cells",
        "table": {
            "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "N"}],
            "rows": [
                {"values": ["Treated", 11.5]},
                {"values": ["Other", None]},
                {"values": ["Asked", 41200]},
                {"values": ["Year", 2026]},
            ],
            "caption": "Source: LIH",
        },
    }
    with translation.override("de"):
        shown = render(block("table", value))
    assert shown.table.caption.text == "Cells"
    assert [header["scope"] for header in shown.find_all("th")] == ["col", "col", *["row"] * 4]
    assert [cell.text for cell in shown.find_all("td")] == ["11,5", "", "41.200", "2026"]
    assert shown.find(class_="table-scroll")["aria-label"] == "Cells"
    assert "Source: LIH" in shown.text


def test_a_document_says_its_type_size_and_language():
    pk = document(content=b"%PDF" + b"x" * 2044, language="en", title_fr="Rapport").pk
    with translation.override("fr"):
        shown = render(block("documents", {"documents": items({"document": pk})}))
    facts = shown.find(class_="document__facts").text
    assert "PDF" in facts
    assert "2,0" in facts
    assert "nglais" in facts.lower()
    assert shown.a["hreflang"] == "en"
    assert shown.a.span.text == "Rapport"
    assert "lang" not in shown.a.span.attrs


def test_links_lead_to_the_visitors_language_and_text_stays_in_the_bodys():
    home = factories.home()
    page = factories.content_page(home, title_en="About", title_fr="À propos", slug_fr="a-propos")
    linked = f'<p><a linktype="page" id="{page.pk}">page</a></p>'
    with addresses_in("fr"), translation.override("en"):
        shown = render(
            block("paragraph", linked), block("related_pages", {"pages": items(page.pk)})
        )
    assert [link["href"] for link in shown.find_all("a")] == ["/fr/a-propos/"] * 2
    assert shown.find(class_="related-pages").a.text == "About"


def test_a_page_that_visitors_do_not_get_is_not_linked():
    draft = factories.content_page(live_in=())
    linked = f'<p><a linktype="page" id="{draft.pk}">page</a></p>'
    shown = render(
        block("paragraph", linked),
        block("related_pages", {"title": "Read on", "pages": items(draft.pk)}),
        block("call_to_action", {"title": "Act", "label": "Go", "page": draft.pk}),
    )
    assert not shown.find_all("a", href=True)
    assert "Read on" not in shown.text


@pytest.fixture(params=[True, False], ids=["own", "of the section"])
def private_page(request):
    """A page that is private by itself, or because its section is."""
    section = factories.content_page(title_en="Board")
    page = factories.content_page(section, title_en="Minutes", summary_en="What was said")
    restricted = page if request.param else section
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    return page


@pytest.fixture
def leading_there(private_page):
    """Blocks that lead to a private page, and to one for everybody."""
    public = factories.content_page(title_en="Everybody")
    return [
        block("related_pages", {"title": "Read on", "pages": items(private_page.pk, public.pk)}),
        block("call_to_action", {"title": "Act", "label": "Go", "page": private_page.pk}),
        block("call_to_action", {"title": "Act", "label": "Go", "page": public.pk}),
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_private_page_is_neither_linked_nor_named(leading_there, at_once):
    with preload([BodyBlock().to_python(leading_there)]) if at_once else nullcontext():
        shown = render(*leading_there)
    assert [link["href"] for link in shown.find_all("a")] == ["/en/everybody/"] * 2
    assert "Minutes" not in shown.text
    assert "What was said" not in shown.text


def test_to_leave_out_private_pages_costs_no_query_more(leading_there, django_assert_num_queries):
    stream = BodyBlock().to_python(leading_there)
    with preload([stream]), django_assert_num_queries(0):
        assert [page.title for page in stream[0].value.live_pages] == ["Everybody"]
        assert stream[1].value.live_page is None
        assert stream[2].value.live_page.title == "Everybody"


def test_a_film_on_another_host_is_a_link_until_it_is_clicked():
    url = "https://youtu.be/aqz-KE-bpKQ"
    shown = render(block("video", {"title": "Film", "url": url, "poster": image().pk}))
    assert shown.a["href"] == "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
    assert shown.a["data-player"].startswith("https://www.youtube-nocookie.com/embed/")
    loaded = [tag["src"] for tag in shown.find_all(src=True)]
    assert all(address.startswith("/") for address in loaded)


def test_a_film_of_the_library_has_captions_in_the_language_of_the_text_on():
    tracks = [
        {"language": code, "document": document(f"{code}.vtt", b"WEBVTT").pk}
        for code in ("en", "fr")
    ]
    value = {
        "title": "Film",
        "file": document("film.webm", b"\x1a\x45\xdf\xa3").pk,
        "captions": items(*tracks),
        "transcript": "<p>Cells divide.</p>",
    }
    with translation.override("fr"):
        shown = render(block("video", value))
    assert shown.video["preload"] == "none"
    assert [track["srclang"] for track in shown.find_all("track")] == ["en", "fr"]
    assert [track["srclang"] for track in shown.find_all("track", default=True)] == ["fr"]
    assert "Cells divide." in shown.details.text


def test_questions_fold_without_a_script():
    value = {"items": items({"title": "Who?", "text": "<p>You.</p>"})}
    shown = render(block("accordion", value))
    assert shown.details.summary.text == "Who?"
