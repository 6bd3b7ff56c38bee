"""What streams refer to: pictures, documents, pages and other objects, read from their raw data."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import swapper
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from lihsite.multilingual.segments import named_items


class Reference(NamedTuple):
    """A model and the id of one of its rows; of a picture also the role in which it is shown."""

    model: type[models.Model]
    pk: int
    role: str = ""


def references_in(stream: blocks.StreamValue) -> Iterator[Reference]:
    """Yield what a stream refers to, the links in its rich text included."""
    return _walk(stream.stream_block, list(stream.raw_data))


def _walk(block: blocks.Block, raw) -> Iterator[Reference]:
    if raw in (None, ""):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            child_block = block.child_blocks.get(child["type"])
            if child_block is not None:
                yield from _walk(child_block, child["value"])
    elif isinstance(block, blocks.ListBlock):
        for _name, item in named_items(raw):
            yield from _walk(block.child_block, item)
    elif isinstance(block, TypedTableBlock):
        columns = [block.child_blocks.get(column["type"]) for column in raw["columns"]]
        for row in raw["rows"]:
            for column_block, value in zip(columns, row["values"], strict=False):
                if column_block is not None:
                    yield from _walk(column_block, value)
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _walk(child_block, raw.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _references_in_rich_text(raw)
    elif isinstance(block, blocks.ChooserBlock):
        yield Reference(block.model_class, int(raw), getattr(block, "role", ""))


def _references_in_rich_text(html: str) -> Iterator[Reference]:
    """Yield the pages and documents that a rich text links to."""
    for match in re.finditer(FIND_A_TAG, html):
        attributes = extract_attrs(match.group(1))
        pk = attributes.get("id", "")
        if pk.isdecimal():
            if attributes.get("linktype") == "page":
                yield Reference(swapper.load_model("wagtailcore", "Page"), int(pk))
            elif attributes.get("linktype") == "document":
                yield Reference(get_document_model(), int(pk))
