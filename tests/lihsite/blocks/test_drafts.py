"""Blocks that are only begun: a draft may hold and preview them."""

import json

import pytest

from lihsite.blocks.body import BodyBlock
from tests import factories
from tests.lihsite.blocks.vocabulary import block, items
from tests.lihsite.media.library import image

pytestmark = pytest.mark.django_db

STREAM = BodyBlock()
KINDS = sorted(STREAM.child_blocks)


def begun(kind) -> list[dict]:
    definition = STREAM.child_blocks[kind]
    return [block(kind, definition.get_prep_value(definition.get_default()))]


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_may_hold_a_block_that_is_only_begun(kind):
    stream = BodyBlock()
    assert stream.clean_deferred(stream.to_python(begun(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_that_is_only_begun_can_be_previewed(client, kind):
    page = factories.content_page(body_en=json.dumps(begun(kind)))
    assert client.get(f"/en/{page.slug}/").status_code == 200


def test_a_draft_may_hold_captions_without_a_file():
    film = {"title": "Film", "file": None, "captions": items({"language": "en", "document": None})}
    stream = BodyBlock()
    assert stream.clean_deferred(stream.to_python([block("video", film)]))


def test_a_picture_without_words_may_be_drafted():
    picture = image(description_en="")
    stream = BodyBlock()
    value = stream.to_python([block("image", {"image": picture.pk, "decorative": False})])
    assert stream.clean_deferred(value)
