"""Empties the texts of blocks: what is laid out in a translation to be filled."""

from copy import deepcopy

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .segments import is_text, named_items


def emptied(block, raw):
    """The raw data of a block with its texts empty; pictures, choices and ids stay."""
    if raw in (None, ""):
        return raw
    if isinstance(block, blocks.StreamBlock):
        return [
            {**child, "value": emptied(block.child_blocks[child["type"]], child["value"])}
            for child in raw
            if child["type"] in block.child_blocks
        ]
    if isinstance(block, blocks.ListBlock):
        return [
            {**item, "value": emptied(block.child_block, value)}
            if value is not item
            else emptied(block.child_block, item)
            for item, (_name, value) in zip(raw, named_items(raw), strict=True)
        ]
    if isinstance(block, TypedTableBlock):
        return _emptied_table(block, raw) if raw else raw
    if isinstance(block, blocks.StructBlock):
        return {
            name: emptied(block.child_blocks[name], value) if name in block.child_blocks else value
            for name, value in raw.items()
        }
    return "" if is_text(block) and isinstance(raw, str) else deepcopy(raw)


def _emptied_table(block, raw: dict) -> dict:
    columns = [{**heading, "heading": ""} for heading in raw.get("columns", [])]
    rows = [
        {
            **row,
            "values": [
                emptied(block.child_blocks[heading["type"]], value)
                if heading["type"] in block.child_blocks
                else value
                for heading, value in zip(columns, row.get("values", []), strict=False)
            ],
        }
        for row in raw.get("rows", [])
    ]
    return {**raw, "columns": columns, "rows": rows, "caption": ""}
