"""Turns entries of the content into the raw data of StreamFields, for one language at a time.

What a block takes is read from its definition, so that a block that gains a field needs no change
here. Values are spelled as the edit form spells them. A block keeps the id that is written in the
content in every language, and the items of a list derive theirs from it: that is how a translation
meets its source.
"""

import uuid

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from home.demonstration.reading import in_language, plain, rich
from lihsite.multilingual.joining import empty_value

CHOOSERS = {
    ImageChooserBlock: "pictures",
    DocumentChooserBlock: "documents",
    blocks.PageChooserBlock: "pages",
    SnippetChooserBlock: "people",
}
"""Where the keys that an entry names are looked up, by the block that chooses."""


class StreamWriter:
    """`references` maps "pictures", "documents", "pages" and "people" to objects by key."""

    def __init__(self, references: dict[str, dict]):
        self.references = references

    def write(self, stream_block, entries: list[dict], language: str) -> list[dict]:
        """The raw data of a stream. Raises KeyError for a block or a key that does not exist."""
        raw = []
        for entry in entries:
            name = entry.get("type") or next(iter(stream_block.child_blocks))
            block = stream_block.child_blocks[name]
            # A child that is no struct has one value, its text.
            data = entry if isinstance(block, blocks.StructBlock) else entry["text"]
            value = self._value(block, data, language, uuid.UUID(entry["id"]))
            raw.append({"type": name, "value": value, "id": entry["id"]})
        return raw

    def _value(self, block, data, language, block_id):
        if isinstance(block, TypedTableBlock):
            return self._table(block, data, language, block_id)
        if isinstance(block, blocks.StructBlock):
            return {
                name: self._value(child, data[name], language, uuid.uuid5(block_id, name))
                if name in data
                else _default(child)
                for name, child in block.child_blocks.items()
            }
        if isinstance(block, blocks.ListBlock):
            return self._list(block, data, language, block_id)
        for chooser, kind in CHOOSERS.items():
            if isinstance(block, chooser):
                return self.references[kind][data].pk
        return _leaf(block, in_language(data, language))

    def _list(self, block, entries, language, block_id):
        ids = [uuid.uuid5(block_id, str(index)) for index in range(len(entries))]
        return [
            {
                "type": "item",
                "value": self._value(block.child_block, entry, language, item_id),
                "id": str(item_id),
            }
            for entry, item_id in zip(entries, ids, strict=True)
        ]

    def _table(self, block, data, language, block_id):
        cells = [block.child_blocks[column["type"]] for column in data["columns"]]
        return {
            "columns": [
                {"type": column["type"], "heading": in_language(column["heading"], language)}
                for column in data["columns"]
            ],
            "rows": [
                {
                    "values": [
                        self._value(cell, value, language, block_id)
                        for cell, value in zip(cells, row, strict=True)
                    ]
                }
                for row in data["rows"]
            ],
            "caption": "",
        }


def as_edited(widget, html: str) -> str:
    """The rich text as its editor gives it back: with the keys of its paragraphs."""
    return widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text")


def _leaf(block, value):
    if value in (None, ""):
        return empty_value(block)
    if isinstance(block, blocks.RichTextBlock):
        return as_edited(block.field.widget, rich(value))
    if isinstance(block, blocks.DecimalBlock):
        return str(value)
    if isinstance(value, str) and not isinstance(block, blocks.ChoiceBlock):
        return plain(value)
    return value


def _default(block):
    value = block.get_prep_value(block.normalize(block.get_default()))
    return _leaf(block, value) if value is None else value
