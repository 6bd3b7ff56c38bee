"""Segments: the smallest texts that a translator works on, named by where they stand.

A text field is one segment, named by the field. Within a StreamField each text value of a block is
one, named by the field, the block's id and the path inside the block: `body.<id>.caption`. Items of
a list have ids too; the cells of a typed table have none and are named by row and column.
A translation keeps the ids of the blocks that it translates, so that names meet.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import CharField
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from .languages import column
from .registration import translated_fields

NOT_SEGMENTS = frozenset({"slug", "draft_title", "url_path", "live_in"})
"""Translated columns that no translator writes as text: addresses, and what follows from others."""

TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)


TABLE_TEXT = blocks.CharBlock(required=False, label=_("Table"))
"""Stands for the headings and the note of a typed table, which are no blocks."""


class Segment(NamedTuple):
    """A filled text: its name, and the field and the blocks that it stands in, outermost first."""

    name: str
    text: str
    trail: tuple

    @property
    def is_rich(self) -> bool:
        return isinstance(self.trail[-1], blocks.RichTextBlock | RichTextField)

    @property
    def is_one_line(self) -> bool:
        return isinstance(self.trail[-1], blocks.CharBlock | CharField)

    @property
    def label(self) -> str:
        """Where it stands, in the words of the edit form."""
        field, *within = self.trail
        labels = [field.verbose_name, *(block.label for block in within if block.label)]
        return " / ".join(str(label)[:1].upper() + str(label)[1:] for label in labels)

    @property
    def max_length(self) -> int | None:
        holder = self.trail[-1]
        field = holder.field if isinstance(holder, blocks.FieldBlock) else holder
        return getattr(field, "max_length", None)


def segments_of(model, values: dict, language: str) -> dict[str, str]:
    """The filled segments of a language, by name, in reading order.

    `values` maps column names to field values: an object's `__dict__`-like data or the content of
    a revision; a stream may be a `StreamValue`, its raw list or its JSON.
    """
    return {name: text for name, text, trail in walk_segments(model, values, language)}


def walk_segments(model, values: dict, language: str):
    """Yield each filled `Segment` of a language in reading order; `values` as for `segments_of`."""
    for name in translated_fields(model):
        if name in NOT_SEGMENTS:
            continue
        value = values.get(column(name, language))
        field = model._meta.get_field(name)
        if isinstance(field, StreamField):
            yield from _walk(field.stream_block, raw_stream(value), name, (field,))
        elif isinstance(value, str) and has_text(value):
            yield Segment(name, value, (field,))


def walk_block(block, raw):
    """Yield each filled `Segment` within the raw value of a block, named by its place in it."""
    yield from _walk(block, raw, "", (block,))


def instance_values(instance, languages) -> dict:
    """The translated values of an object in the languages, as `segments_of` takes them."""
    values = {
        column(name, language): getattr(instance, column(name, language))
        for name in translated_fields(type(instance))
        for language in languages
    }
    return {
        name: raw_stream(value) if isinstance(value, blocks.StreamValue) else value
        for name, value in values.items()
    }


def has_text(value: str) -> bool:
    return bool(plain_text(value))


def plain_text(value: str) -> str:
    """The text without markup and surrounding white space."""
    return re.sub(r"<[^>]*>", " ", value).strip()


def count_words(value: str) -> int:
    return len(plain_text(value).split())


def fingerprint(text: str) -> str:
    """A hash of a segment's text that a changed link target or picture does not change.

    Nor does it tell line breaks apart by how a browser sent them.
    """
    without_attributes = re.sub(r"<(/?\w+)[^>]*>", r"<\1>", text.replace("\r\n", "\n"))
    return hashlib.sha256(without_attributes.encode()).hexdigest()[:16]


def raw_stream(value) -> list:
    """The raw data of a stream: of a `StreamValue`, of its JSON, of itself."""
    if not value:
        return []
    if isinstance(value, str):
        return json.loads(value)
    if isinstance(value, blocks.StreamValue):
        return value.get_prep_value()
    return value


def is_text(block) -> bool:
    """Whether a block's value is text to translate; `Meta.translatable = False` says it is not."""
    return isinstance(block, TEXT_BLOCKS) and getattr(block.meta, "translatable", True)


def has_texts(block, raw) -> bool:
    """Whether any text value in the raw data of a block is filled."""
    return any(True for _segment in _walk(block, raw, "", ()))


def texts_in(block, raw, path: str) -> dict[str, str]:
    """The filled texts in the raw data of a block that stands at the path, by name."""
    return {name: text for name, text, trail in _walk(block, raw, path, (block,))}


def _walk(block, raw, path: str, trail: tuple) -> Iterator[Segment]:
    """Yield each filled text value in the raw data of a block."""
    if raw in (None, ""):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            child_block = block.child_blocks.get(child["type"])
            if child_block is not None:
                child_path = f"{path}.{child.get('id')}"
                yield from _walk(child_block, child["value"], child_path, (*trail, child_block))
    elif isinstance(block, blocks.ListBlock):
        child_trail = (*trail, block.child_block)
        for name, item in named_items(raw):
            yield from _walk(block.child_block, item, f"{path}.{name}", child_trail)
    elif isinstance(block, TypedTableBlock):
        yield from _walk_table(block, raw, path, trail)
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            child_trail = (*trail, child_block)
            yield from _walk(child_block, raw.get(name), f"{path}.{name}", child_trail)
    elif is_text(block) and isinstance(raw, str) and has_text(raw):
        yield Segment(path, raw, trail)


def named_items(raw: list) -> list[tuple]:
    """The items of a list, each with the id that it has, or with its place where it has none."""
    return [
        (item.get("id") or index, item["value"])
        if isinstance(item, dict) and "value" in item and "type" in item
        else (index, item)
        for index, item in enumerate(raw)
    ]


def _walk_table(block, raw: dict, path: str, trail: tuple):
    columns = raw.get("columns", [])
    cell_blocks = [block.child_blocks.get(one["type"]) for one in columns]
    for index, heading in enumerate(columns):
        if has_text(heading.get("heading") or ""):
            yield Segment(f"{path}.columns.{index}", heading["heading"], (*trail, TABLE_TEXT))
    for row_index, row in enumerate(raw.get("rows", [])):
        cells = zip(cell_blocks, row.get("values", []), strict=False)
        for index, (cell_block, value) in enumerate(cells):
            if cell_block is not None:
                cell_path = f"{path}.rows.{row_index}.{index}"
                yield from _walk(cell_block, value, cell_path, (*trail, cell_block))
    if has_text(raw.get("caption") or ""):
        yield Segment(f"{path}.caption", raw["caption"], (*trail, TABLE_TEXT))
