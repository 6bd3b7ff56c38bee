"""Which blocks go live in a translation although their texts are missing."""

import pytest

from lihsite.blocks.body import BodyBlock
from lihsite.multilingual.incomplete_blocks import without_untranslated

SOURCE = {
    "image": {"image": 7, "caption": "Cells", "alternative_text": "", "decorative": False},
    "documents": {
        "title": "Read more",
        "documents": [
            {"type": "item", "id": "i", "value": {"document": 3, "description": "A report"}}
        ],
    },
    "quote": {"text": "Curious", "name": "Ada", "role": ""},
    "paragraph": "<p>Hello</p>",
}


def emptied(value):
    if isinstance(value, dict):
        return {
            key: kept if key in ("type", "id") else emptied(kept) for key, kept in value.items()
        }
    if isinstance(value, list):
        return [emptied(item) for item in value]
    return "" if isinstance(value, str) else value


def live(kind, translated, source):
    def child(value):
        return [{"type": kind, "id": "b", "value": value}]

    kept = without_untranslated(BodyBlock(), child(translated), child(source))
    return kept[0]["value"] if kept else None


@pytest.mark.parametrize("kind", ["image", "documents"])
def test_what_shows_something_without_its_optional_texts_goes_live(kind):
    source = SOURCE[kind]
    assert live(kind, emptied(source), source) == emptied(source)


@pytest.mark.parametrize("kind", ["quote", "paragraph"])
def test_what_is_nothing_without_its_text_stays_in_the_draft(kind):
    assert live(kind, emptied(SOURCE[kind]), SOURCE[kind]) is None


@pytest.mark.parametrize(
    ("picture", "goes_live"),
    [
        ({"decorative": True}, True),
        ({"alternative_text": "Cells under a microscope"}, False),
        ({"image": None}, False),
    ],
)
def test_a_picture_needs_its_alternative_text_and_no_caption(picture, goes_live):
    source = {**SOURCE["image"], **picture}
    assert (live("image", emptied(source), source) is not None) is goes_live


def test_of_a_gallery_the_pictures_stay_that_lack_nothing():
    def item(key, **texts):
        value = {"image": 7, "caption": "", "alternative_text": "", "decorative": False, **texts}
        return {"type": "item", "id": key, "value": value}

    source = {
        "title": "From the laboratory",
        "images": [item("a", caption="A freezer"), item("b", alternative_text="A microscope")],
    }
    shown = live("gallery", emptied(source), source)
    assert [one["id"] for one in shown["images"]] == ["a"]
