"""Joins single values of a draft, and the blocks of its streams by their ids."""

import re
from dataclasses import dataclass

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .merging_order import merge_order


class Missing:
    """The value of what is not there: a block that one side removed or the ancestor had not."""

    def __repr__(self):
        return "MISSING"

    def __bool__(self):
        return False


MISSING = Missing()


@dataclass(frozen=True)
class Conflict:
    """One value that both changed. `name` says where it stands, as the names of segments do."""

    name: str
    label: tuple[str, ...]
    language: str | None
    base: object
    theirs: object
    mine: object
    block: blocks.Block | None = None
    field: object = None
    """The model field, where the value is that of a field as a whole or of a row's."""


@dataclass
class Place:
    """Where a merge stands, and where it reports conflicts and finds what was decided on them."""

    name: str
    label: tuple[str, ...]
    language: str | None
    conflicts: list[Conflict]
    decisions: dict
    field: object = None

    def below(self, step, label=None, field=None) -> "Place":
        return Place(
            f"{self.name}.{step}",
            (*self.label, str(label)) if label else self.label,
            self.language,
            self.conflicts,
            self.decisions,
            field,
        )

    def settle(self, base, theirs, mine, block=None):
        """What was decided on this value; if nothing was, a conflict is noted."""
        conflict = Conflict(
            self.name, self.label, self.language, base, theirs, mine, block, self.field
        )
        decide = self.decisions.get(self.name)
        decided = decide(conflict) if decide else None
        if decided is not None:
            return decided.value
        self.conflicts.append(conflict)
        return mine


@dataclass(frozen=True)
class Decided:
    """The value that was chosen for a conflict."""

    value: object


def merge_value(block, base, theirs, mine, place):
    """The joined value; `block` says how its parts are told apart, None that it has none."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    sides = (base, theirs, mine)
    if isinstance(block, blocks.StreamBlock) and _all_are(list, *sides):
        return _merge_children(block, *sides, place)
    if isinstance(block, blocks.ListBlock) and _all_are(list, *sides):
        return _merge_children(block, *sides, place)
    if isinstance(block, TypedTableBlock) and _all_are(dict, *sides):
        return _merge_table(block, *sides, place)
    if isinstance(block, blocks.StructBlock) and _all_are(dict, *sides):
        return _merge_struct(block, *sides, place)
    return _merge_leaf(block, *sides, place)


def _all_are(kind, base, theirs, mine) -> bool:
    return (
        (base is MISSING or isinstance(base, kind))
        and isinstance(theirs, kind)
        and isinstance(mine, kind)
    )


def _merge_leaf(block, base, theirs, mine, place):
    same = [canonical(block, value) for value in (base, theirs, mine)]
    if same[2] == same[1] or same[2] == same[0]:
        return theirs
    if same[1] == same[0]:
        return mine
    return place.settle(base, theirs, mine, block)


def canonical(block, value):
    """What two spellings of the same value have in common.

    A form gives back rich text in its own spelling, with new keys for its comments, and empty
    values of one kind for another's.
    """
    if value is MISSING or value is None or value is False or value in ("", [], {}):
        return None
    if isinstance(block, blocks.RichTextBlock) and isinstance(value, str):
        converter = block.field.widget.converter
        html = converter.to_database_format(converter.from_database_format(value))
        return re.sub(r' data-block-key="[^"]*"', "", html)
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)) and isinstance(value, list):
        return [
            (child["id"], child["type"], canonical(_child_block(block, child), child["value"]))
            for child in value
        ]
    if isinstance(block, blocks.StructBlock) and isinstance(value, dict):
        parts = {
            name: canonical(block.child_blocks.get(name), part) for name, part in value.items()
        }
        return {name: part for name, part in parts.items() if part is not None} or None
    return value


def _merge_struct(block, base, theirs, mine, place):
    base = base or {}
    merged = {}
    for name in dict.fromkeys((*theirs, *mine)):
        child = block.child_blocks.get(name)
        below = place.below(name, child.label if child else None)
        values = (side.get(name, MISSING) for side in (base, theirs, mine))
        value = merge_value(child, *values, below)
        if value is not MISSING:
            merged[name] = value
    return merged


def _merge_children(block, base, theirs, mine, place):
    """The blocks of a stream or the items of a list, each known by its id."""
    sides = [{child["id"]: child for child in side} for side in (base or [], theirs, mine)]
    merged = {}
    for name in dict.fromkeys((*sides[1], *sides[2])):
        children = [side.get(name, MISSING) for side in sides]
        known = next(child for child in children if child is not MISSING)
        child_block = _child_block(block, known)
        label = getattr(child_block, "label", None)
        child = _merge_child(child_block, *children, place.below(name, label))
        if child is not MISSING:
            merged[name] = child
    order = merge_order(*(list(side) for side in sides), merged)
    return [merged[name] for name in order]


def _child_block(block, child):
    if isinstance(block, blocks.ListBlock):
        return block.child_block
    return block.child_blocks.get(child["type"])


def _merge_child(block, base, theirs, mine, place):
    if mine is MISSING or theirs is MISSING:
        if base is MISSING:
            return theirs if mine is MISSING else mine
        left = theirs if mine is MISSING else mine
        is_untouched = left["type"] == base["type"] and (
            canonical(block, left["value"]) == canonical(block, base["value"])
        )
        if is_untouched:
            return MISSING
        return place.settle(base, theirs, mine, block)
    if mine["type"] != theirs["type"]:
        return _merge_leaf(None, base, theirs, mine, place)
    has_value = base is not MISSING and base["type"] == mine["type"]
    value = merge_value(
        block, base["value"] if has_value else MISSING, theirs["value"], mine["value"], place
    )
    return {**theirs, "value": value}


def _merge_table(block, base, theirs, mine, place):
    """A table cell by cell, if nobody changed its shape; its cells have no ids."""
    if base is MISSING or len({_shape(table) for table in (base, theirs, mine)}) > 1:
        return _merge_leaf(block, base, theirs, mine, place)
    merged = {**theirs}
    if any("caption" in table for table in (base, theirs, mine)):
        captions = (table.get("caption", MISSING) for table in (base, theirs, mine))
        merged["caption"] = merge_value(None, *captions, place.below("caption"))
    merged["columns"] = [
        {
            **columns[1],
            "heading": merge_value(
                None,
                *(one.get("heading", MISSING) for one in columns),
                place.below(f"columns.{index}"),
            ),
        }
        for index, columns in enumerate(
            zip(base["columns"], theirs["columns"], mine["columns"], strict=True)
        )
    ]
    merged["rows"] = [
        {
            **rows[1],
            "values": [
                merge_value(
                    block.child_blocks.get(merged["columns"][index]["type"]),
                    *cells,
                    place.below(f"rows.{number}.{index}"),
                )
                for index, cells in enumerate(zip(*(row["values"] for row in rows), strict=True))
            ],
        }
        for number, rows in enumerate(zip(base["rows"], theirs["rows"], mine["rows"], strict=True))
    ]
    return merged


def _shape(table: dict) -> tuple:
    columns = tuple(one["type"] for one in table.get("columns", []))
    return columns, tuple(len(row["values"]) for row in table.get("rows", []))
