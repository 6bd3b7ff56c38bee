"""Texts are written where their names say, into blocks laid out as the source has them."""

import random

import pytest

from lihsite.multilingual.segment_writing import UnknownSegments, set_segments
from lihsite.multilingual.segments import instance_values, raw_stream, segments_of
from tests import factories
from tests.lihsite.blocks.vocabulary import block, every_block, items

pytestmark = pytest.mark.django_db


def texts(page, language):
    return segments_of(type(page), instance_values(page, [language]), language)


def body(page, language):
    return raw_stream(getattr(page, f"body_{language}"))


def written(text):
    return f"<p>{text}</p>" if text.startswith("<") else f"traduit {text}"


def test_every_text_of_the_vocabulary_can_be_written_into_an_empty_language():
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=every_block())
    wanted = {name: written(text) for name, text in texts(page, "en").items()}
    set_segments(page, "fr", wanted)
    page.save_revision()
    stored = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    assert texts(stored, "fr") == wanted
    assert [child["id"] for child in body(stored, "fr")] == [
        child["id"] for child in body(stored, "en")
    ]


def test_the_order_in_which_texts_come_does_not_matter():
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=every_block())
    names = list(texts(page, "en"))
    random.Random(3).shuffle(names)  # noqa: S311
    for name in names:
        set_segments(page, "fr", {name: "ein Text"})
    assert list(texts(page, "fr")) == list(texts(page, "en"))


def test_what_is_no_text_is_taken_from_the_source_and_then_left_alone():
    figures = block("heading", {"text": "Numbers", "level": "h3"})
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=[figures])
    set_segments(page, "fr", {f"body.{figures['id']}.text": "Chiffres"})
    assert body(page, "fr")[0]["value"] == {"text": "Chiffres", "level": "h3"}
    page.body_en = [{**figures, "value": {"text": "Numbers", "level": "h2"}}]
    set_segments(page, "fr", {f"body.{figures['id']}.text": "Nombres"})
    assert body(page, "fr")[0]["value"] == {"text": "Nombres", "level": "h3"}


def test_a_block_that_came_later_is_laid_out_at_its_place():
    one, two, three = (block("paragraph", f"<p>{word}</p>") for word in ("One", "Two", "Three"))
    own = block("paragraph", "<p>À nous</p>")
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=[one, two, three])
    page.body_fr = [{**one, "value": "<p>Un</p>"}, own, {**three, "value": "<p>Trois</p>"}]
    set_segments(page, "fr", {f"body.{two['id']}": "<p>Deux</p>"})
    assert [child["value"] for child in body(page, "fr")] == [
        "<p>Un</p>",
        "<p>Deux</p>",
        "<p>À nous</p>",
        "<p>Trois</p>",
    ]


def test_an_item_that_came_later_is_laid_out_in_its_list():
    first, second = items({"title": "Who?", "text": "<p>We</p>"}, {"title": "How?", "text": ""})
    questions = block("accordion", {"title": "Questions", "items": [first, second]})
    translated = {**first, "value": {"title": "Qui ?", "text": "<p>Nous</p>"}}
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=[questions])
    page.body_fr = [{**questions, "value": {"title": "Questions", "items": [translated]}}]
    set_segments(page, "fr", {f"body.{questions['id']}.items.{second['id']}.title": "Comment ?"})
    found = body(page, "fr")[0]["value"]["items"]
    assert [item["value"]["title"] for item in found] == ["Qui ?", "Comment ?"]


def table(*rows):
    columns = [{"type": "text", "heading": "Year"}, {"type": "number", "heading": "People"}]
    value = {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": ""}
    return {"caption": "Years", "table": value}


def test_a_table_grows_with_its_source():
    years = block("table", table(["First", 4]))
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=[years])
    start = f"body.{years['id']}.table"
    set_segments(page, "fr", {f"{start}.rows.0.0": "Première", f"{start}.columns.0": "Année"})
    page.body_en = [{**years, "value": table(["First", 4], ["Second", 5])}]
    set_segments(page, "fr", {f"{start}.rows.1.0": "Deuxième"})
    found = body(page, "fr")[0]["value"]["table"]
    assert [row["values"][0] for row in found["rows"]] == ["Première", "Deuxième"]
    assert float(found["rows"][1]["values"][1]) == 5
    assert found["columns"][0]["heading"] == "Année"


@pytest.mark.parametrize(
    "name",
    [
        "colour",
        "slug",
        "title.text",
        "body",
        "body.nothing",
        "body.{heading}",
        "body.{heading}.level",
        "body.{heading}.text.more",
        "body.{table}.table.rows.9.0",
        "body.{table}.table.rows.0.1",
        "body.{table}.table.columns.x",
        "live_in",
        "",
    ],
)
def test_names_that_stand_for_no_text_are_refused_and_nothing_is_written(name):
    heading = block("heading", {"text": "Numbers", "level": "h3"})
    years = block("table", table(["First", 4]))
    page = factories.content_page(live_in=("en",), title_en="Cells", body_en=[heading, years])
    name = name.format(heading=heading["id"], table=years["id"])
    with pytest.raises(UnknownSegments) as refused:
        set_segments(page, "fr", {name: "Texte", "title": "Cellules"})
    assert refused.value.names == [name]
    assert not page.title_fr
    assert not body(page, "fr")
