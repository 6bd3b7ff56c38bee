"""The links of an object's texts in a language, each with the place where it stands."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField

from lihsite.multilingual.languages import column
from lihsite.multilingual.registration import (
    source_language_of,
    translated_columns,
    translated_fields,
)
from lihsite.multilingual.segments import named_items, raw_stream

from .models import Kind

LINK_TYPES = {"page": Kind.PAGE, "document": Kind.DOCUMENT}
WEB = ("http://", "https://")


class Link(NamedTuple):
    """`target` is the id of a page or document, else an address; `trail` are field and blocks."""

    kind: Kind
    target: str
    field: str
    block: str
    trail: tuple

    @property
    def place(self) -> str:
        """Where it stands, by the names of the field and the blocks: `body.links..url`.

        The items of a list have no name.
        """
        return ".".join(part.name for part in self.trail)


def place_label(model: type[models.Model], place: str) -> str:
    """The place of a link in the words of the edit form, in the active language.

    Names that the code has lost since the check are written as they are.
    """
    name, *within = place.split(".")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return place
    labels, block = [field.verbose_name], getattr(field, "stream_block", None)
    for name in within:
        block = _block_within(block, name)
        label = name if block is None else block.label
        if label:
            labels.append(label)
    return " / ".join(capfirst(str(label)) for label in labels)


def _block_within(block, name: str):
    if isinstance(block, blocks.ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(name)


def links_of(instance: models.Model, languages: list[str]) -> Iterator[tuple[str, Link]]:
    """Yield the links in the object's own texts of some languages, each with its language.

    Those in shared fields, which all languages show, go by the source language.
    """
    model = type(instance)
    translated, columns = set(translated_fields(model)), translated_columns(model)
    source = source_language_of(instance)
    for field in model._meta.concrete_fields:
        if field.name in translated:
            values = [(code, getattr(instance, column(field.name, code))) for code in languages]
        elif field.name not in columns:
            values = [(source, getattr(instance, field.attname))]
        else:
            continue
        for language, value in values:
            yield from ((language, link) for link in _in_field(field, value))


def _in_field(field: models.Field, value) -> Iterator[Link]:
    name, trail = field.name, (field,)
    if isinstance(field, StreamField):
        yield from _walk(field.stream_block, raw_stream(value), name, "", trail)
    elif isinstance(field, RichTextField):
        yield from _in_html(value or "", name, "", trail)
    elif isinstance(field, models.URLField):
        yield from _address(value or "", name, "", trail)


def _walk(block, raw, field: str, block_id: str, trail: tuple) -> Iterator[Link]:
    if raw in (None, ""):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in raw:
            child_block = block.child_blocks.get(child["type"])
            if child_block is not None:
                place = block_id or child.get("id") or ""
                yield from _walk(child_block, child["value"], field, place, (*trail, child_block))
    elif isinstance(block, blocks.ListBlock):
        for _name, item in named_items(raw):
            yield from _walk(block.child_block, item, field, block_id, (*trail, block.child_block))
    elif isinstance(block, TypedTableBlock):
        cells = [block.child_blocks.get(one["type"]) for one in raw.get("columns", [])]
        for row in raw.get("rows", []):
            for cell, value in zip(cells, row["values"], strict=False):
                if cell is not None:
                    yield from _walk(cell, value, field, block_id, (*trail, cell))
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            yield from _walk(child_block, raw.get(name), field, block_id, (*trail, child_block))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_html(raw, field, block_id, trail)
    elif isinstance(block, blocks.PageChooserBlock):
        yield Link(Kind.PAGE, str(raw), field, block_id, trail)
    elif isinstance(block, DocumentChooserBlock):
        yield Link(Kind.DOCUMENT, str(raw), field, block_id, trail)
    elif isinstance(block, blocks.URLBlock):
        yield from _address(raw, field, block_id, trail)


def _in_html(html: str, field: str, block_id: str, trail: tuple) -> Iterator[Link]:
    parser = Anchors()
    parser.feed(html)
    for attributes in parser.found:
        kind = LINK_TYPES.get(attributes.get("linktype"))
        if kind:
            yield Link(kind, attributes.get("id") or "", field, block_id, trail)
        else:
            yield from _address(attributes.get("href") or "", field, block_id, trail)


def _address(address: str, field: str, block_id: str, trail: tuple) -> Iterator[Link]:
    """The link to an address; mail and telephone numbers cannot be checked."""
    address = address.strip()
    if address.startswith("#"):
        yield Link(Kind.ANCHOR, address, field, block_id, trail)
    elif address.startswith("/") and not address.startswith("//"):
        yield Link(Kind.ADDRESS, address, field, block_id, trail)
    elif address.lower().startswith(WEB):
        yield Link(Kind.EXTERNAL, address, field, block_id, trail)


class Anchors(HTMLParser):
    """Collects the attributes of `<a>` elements."""

    def __init__(self):
        super().__init__()
        self.found: list[dict] = []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.append(dict(attrs))
