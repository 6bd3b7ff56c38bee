"""A translated stream is laid out from its source, and follows it where its translator chooses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.models import ContentPage
from lihsite.multilingual.segments import texts_in
from lihsite.multilingual.structure import (
    Kind,
    block_names,
    compare,
    follow,
    lay_out,
)
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block

BODY = ContentPage._meta.get_field("body").stream_block


def paragraph(key, text="<p>Text</p>"):
    return {"type": "paragraph", "id": key, "value": text}


def accordion(key, *items):
    value = {
        "title": "Questions",
        "items": [
            {"type": "item", "id": item, "value": {"title": item, "text": f"<p>{item}</p>"}}
            for item in items
        ],
    }
    return {"type": "accordion", "id": key, "value": value}


def table(key, *rows, columns=("text", "number")):
    value = {
        "caption": "Cells",
        "table": {
            "columns": [{"type": kind, "heading": kind.title()} for kind in columns],
            "rows": [{"values": list(row)} for row in rows],
            "caption": "Note",
        },
    }
    return {"type": "table", "id": key, "value": value}


def ids(raw):
    return [item["id"] for item in raw]


def changes(source, target, known=()):
    return [
        (change.kind, change.name) for change in compare(BODY, source, target, "body", set(known))
    ]


def followed(source, target, *chosen):
    return follow(BODY, source, target, "body", set(chosen))


def test_a_laid_out_stream_has_the_blocks_and_choices_of_the_source_and_none_of_its_texts():
    source = [
        {"type": "heading", "id": "h", "value": {"text": "Why", "level": "h3"}},
        paragraph("p"),
        {"type": "image", "id": "i", "value": {"image": 7, "caption": "A", "decorative": True}},
        accordion("a", "one"),
        table("t", ["B cells", 12]),
    ]
    laid_out = lay_out(BODY, source)
    assert ids(laid_out) == ids(source)
    assert laid_out[0]["value"] == {"text": "", "level": "h3"}
    assert laid_out[2]["value"] == {"image": 7, "caption": "", "decorative": True}
    assert laid_out[3]["value"]["items"] == [
        {"type": "item", "id": "one", "value": {"title": "", "text": ""}}
    ]
    assert laid_out[4]["value"]["table"]["rows"] == [{"values": ["", 12]}]
    assert texts_in(BODY, laid_out, "body") == {}


@pytest.mark.django_db
def test_every_block_can_be_laid_out():
    factories.home()
    source = every_block()
    laid_out = lay_out(BODY, source)
    assert ids(laid_out) == ids(source)
    assert texts_in(BODY, laid_out, "body") == {}


def test_laying_out_keeps_what_is_there():
    source = [paragraph("a"), accordion("b", "one", "two"), paragraph("c")]
    target = [paragraph("own", "<p>Nur hier</p>"), accordion("b", "two")]
    laid_out = lay_out(BODY, source, target)
    assert ids(laid_out) == ["a", "own", "b", "c"]
    assert ids(laid_out[2]["value"]["items"]) == ["one", "two"]
    assert laid_out[2]["value"]["items"][1]["value"]["title"] == "two"
    assert laid_out[3]["value"] == ""


def test_added_blocks_come_after_their_predecessor():
    source = [paragraph("a"), paragraph("new"), paragraph("b")]
    target = [paragraph("a", "A"), paragraph("own"), paragraph("b", "B")]
    assert changes(source, target) == [(Kind.ADDED, "body.new")]
    assert ids(followed(source, target, "body.new")) == ["a", "new", "own", "b"]
    assert followed(source, target) == target


def test_the_fewest_blocks_move():
    source = [paragraph("c"), paragraph("a"), paragraph("b")]
    target = [paragraph("a", "A"), paragraph("b", "B"), paragraph("own"), paragraph("c", "C")]
    assert changes(source, target) == [(Kind.MOVED, "body.c")]
    moved = followed(source, target, "body.c")
    assert ids(moved) == ["c", "a", "b", "own"]
    assert moved[0]["value"] == "C"


def test_a_removed_block_is_known_from_one_that_only_the_translation_has():
    source = [paragraph("a")]
    target = [paragraph("a"), paragraph("gone"), paragraph("own"), accordion("pages", "one")]
    known = {"body.a": "1", "body.gone": "2", "body.pages": ""}
    assert changes(source, target, known) == [
        (Kind.REMOVED, "body.gone"),
        (Kind.REMOVED, "body.pages"),
    ]
    assert ids(followed(source, target, "body.gone")) == ["a", "own", "pages"]


def test_items_inside_a_block_are_followed_too():
    source = [accordion("a", "two", "one", "new")]
    target = [accordion("a", "one", "two", "gone")]
    known = {"body.a.items.gone.title"}
    assert changes(source, target, known) == [
        (Kind.MOVED, "body.a.items.two"),
        (Kind.ADDED, "body.a.items.new"),
        (Kind.REMOVED, "body.a.items.gone"),
    ]
    chosen = [name for _kind, name in changes(source, target, known)]
    [block] = followed(source, target, *chosen)
    assert ids(block["value"]["items"]) == ["two", "one", "new"]
    assert block["value"]["items"][2]["value"] == {"title": "", "text": ""}


def test_a_table_takes_the_shape_of_its_source_and_keeps_its_texts():
    source = [table("t", ["B cells", 12], ["T cells", 40])]
    target = [table("t", ["B-Zellen", 11])]
    target[0]["value"]["table"]["columns"][0]["heading"] = "Zellen"
    assert changes(source, target) == [(Kind.RESHAPED, "body.t.table")]
    [block] = followed(source, target, "body.t.table")
    shaped = block["value"]["table"]
    assert shaped["columns"][0]["heading"] == "Zellen"
    assert shaped["rows"] == [{"values": ["B-Zellen", 12]}, {"values": ["", 40]}]
    assert source[0]["value"]["table"]["rows"][0] == {"values": ["B cells", 12]}


def test_blocks_are_named_as_their_segments_are():
    values = {"body_en": [paragraph("p"), accordion("a", "one")]}
    assert block_names(ContentPage, values, "en") == ["body.p", "body.a", "body.a.items.one"]


STREAMS = st.lists(st.sampled_from("abcdef"), unique=True).map(
    lambda keys: [paragraph(key) for key in keys]
)


@given(STREAMS, STREAMS)
def test_following_everything_leaves_nothing_to_follow(source, target):
    known = {f"body.{key}" for key in "abc"}
    chosen = {change.name for change in compare(BODY, source, target, "body", known)}
    result = followed(source, target, *chosen)
    assert compare(BODY, source, result, "body", known) == []
    own = [key for key in ids(target) if key in "def" and key not in ids(source)]
    assert [key for key in ids(result) if key in own] == own


@given(STREAMS)
def test_a_translation_with_the_structure_of_its_source_has_nothing_to_follow(source):
    assert changes(source, lay_out(BODY, source)) == []
