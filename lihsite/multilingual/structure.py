"""The structure of a translated stream: laid out from its source, compared with it, and followed.

All functions work on raw streams, lists of `{"type", "id", "value"}`. A translation keeps the ids
of the blocks that it translates; its other blocks are its own and always stay. Blocks are named as
in `segments`: `body.<id>`, and `body.<id>.items.<id>` for an item of a list in a block.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import Truncator
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from .emptied import emptied
from .languages import column
from .registration import translated_fields
from .segments import is_text, plain_text, raw_stream, texts_in


class Kind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    REMOVED = "removed"
    RESHAPED = "reshaped"
    """A table that has other rows or columns than its source."""


@dataclass(frozen=True)
class StructureChange:
    """What the translation has to do to follow its source, and the block's raw data to show it.

    The raw block is the source's, or the translation's own for one that is to be removed.
    """

    kind: Kind
    name: str
    block: blocks.Block
    raw: dict
    own: dict | None = None
    """What the translation has in its place, where it is a table."""

    @property
    def only_grows(self) -> bool:
        """Whether a table has all rows and columns that the translation has."""
        (ours, rows), (theirs, own_rows) = _shape(self.raw["value"]), _shape(self.own)
        return ours[: len(theirs)] == theirs and own_rows <= rows

    @property
    def texts(self) -> list[str]:
        """The block's texts."""
        return list(texts_in(self.block, self.raw["value"], self.name).values())

    @property
    def excerpt(self) -> str:
        """The beginning of its texts, by which a reader knows the block."""
        return Truncator(" · ".join(map(plain_text, self.texts))).chars(120)


def stream_fields(model) -> dict[str, StreamField]:
    """The translated streams of a model, by name."""
    fields = {name: model._meta.get_field(name) for name in translated_fields(model)}
    return {name: field for name, field in fields.items() if isinstance(field, StreamField)}


def lay_out(block: blocks.Block, source: list, target: list = ()) -> list:
    """The target with the blocks of the source that it lacks: ids kept, texts empty.

    Pictures, links and choices are the source's. What the target has stays as it is, in its
    order; an empty target becomes the whole structure.
    """
    changes = compare(block, source, list(target), "", set())
    added = {change.name for change in changes if change.kind == Kind.ADDED}
    return follow(block, source, list(target), "", added)


def compare(
    block: blocks.Block, source: list, target: list, path: str, known: Collection[str]
) -> list[StructureChange]:
    """What changed in the source's structure since the target was laid out, in reading order.

    `known` are the names of the segments and blocks that the target has had from the source: a
    block that the source lacks was removed there if it is among them, else it is the target's own.
    """
    changes = []
    source, target = _items(source), _items(target)
    own = {item.get("id"): item for item in target}
    stays = _longest_common_order(source, target)
    for item in source:
        name, child = _name(path, item), _child_block(block, item)
        if child is None:
            continue
        twin = own.get(item.get("id"))
        if twin is None:
            changes.append(StructureChange(Kind.ADDED, name, child, item))
        elif twin["type"] == item["type"]:
            if item.get("id") not in stays:
                changes.append(StructureChange(Kind.MOVED, name, child, item))
            changes += _compare_values(child, item, twin, name, known)
    there = {item.get("id") for item in source}
    for item in target:
        name, child = _name(path, item), _child_block(block, item)
        if child is not None and item.get("id") not in there and _came_from_source(name, known):
            changes.append(StructureChange(Kind.REMOVED, name, child, item))
    return changes


def follow(
    block: blocks.Block,
    source: list,
    target: list,
    path: str,
    chosen: Collection[str],
    *,
    with_texts: bool = False,
) -> list:
    """The target with the chosen changes applied, by their names; all else stays as it is.

    New blocks are without texts, or `with_texts` of the source, to be looked at.
    """
    source, target = _items(source), _items(target)
    there = {item.get("id"): item for item in source}
    kept = []
    for item in target:
        name, twin = _name(path, item), there.get(item.get("id"))
        if twin is None and name in chosen:
            continue
        child = _child_block(block, item)
        if twin is not None and child is not None and twin["type"] == item["type"]:
            value = _follow_value(child, twin["value"], item["value"], name, chosen, with_texts)
            item = {**item, "value": value}
        kept.append(item)
    return _placed(block, source, kept, path, chosen, with_texts)


def _placed(block, source, target, path, chosen, with_texts) -> list:
    """The target with the chosen blocks of the source after their predecessors there."""
    present = {item.get("id"): item for item in target}
    names = {item.get("id"): _name(path, item) for item in source}
    staying = _longest_common_order(source, target)
    moving = {key for key, name in names.items() if name in chosen and key not in staying}
    placed = [item for item in target if item.get("id") not in moving]
    previous = None
    for item in source:
        key = item.get("id")
        if key in moving:
            child = _child_block(block, item)
            if key not in present and child is None:
                continue
            new = present.get(key) or (item if with_texts else _without_texts(child, item))
            keys = [other.get("id") for other in placed]
            placed.insert(keys.index(previous) + 1 if previous in keys else 0, new)
        if key in {other.get("id") for other in placed}:
            previous = key
    return placed


def _compare_values(child, item, twin, name, known) -> list[StructureChange]:
    """The changes inside a block that source and target both have."""
    changes = []
    for path, nested, ours, theirs in _nested(child, item["value"], twin["value"], name):
        if isinstance(nested, TypedTableBlock):
            if _shape(ours) != _shape(theirs):
                reshaped = StructureChange(Kind.RESHAPED, path, nested, {"value": ours}, theirs)
                changes.append(reshaped)
        else:
            changes += compare(nested, ours, theirs, path, known)
    return changes


def _nested(block, source, target, path) -> Iterator[tuple]:
    """The (name, block, source, target) of the streams, lists and tables directly in a value."""
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock, TypedTableBlock)):
        yield path, block, source or [], target or []
    elif isinstance(block, blocks.StructBlock):
        source, target = source or {}, target or {}
        for name, child in block.child_blocks.items():
            yield from _nested(child, source.get(name), target.get(name), f"{path}.{name}")


def _follow_value(block, source, target, path, chosen, with_texts):
    if isinstance(block, TypedTableBlock):
        return _reshaped(block, source, target) if path in chosen else target
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        return follow(block, source or [], target or [], path, chosen, with_texts=with_texts)
    if isinstance(block, blocks.StructBlock) and isinstance(target, dict):
        source = source or {}
        return {
            name: _follow_value(
                block.child_blocks[name],
                source.get(name),
                value,
                f"{path}.{name}",
                chosen,
                with_texts,
            )
            if name in block.child_blocks
            else value
            for name, value in target.items()
        }
    return target


def block_names(model, values: dict, language: str) -> list[str]:
    """The names of all blocks of a language, items of lists included, in reading order."""
    return [
        found
        for name, field in stream_fields(model).items()
        for found in _names_in(
            field.stream_block, raw_stream(values.get(column(name, language))), name
        )
    ]


def _names_in(block, raw, path) -> Iterator[str]:
    for item in _items(raw):
        child = _child_block(block, item)
        if child is None:
            continue
        name = _name(path, item)
        yield name
        for nested_path, nested, value, _same in _nested(child, item["value"], None, name):
            if not isinstance(nested, TypedTableBlock):
                yield from _names_in(nested, value, nested_path)


def _came_from_source(name: str, known: Collection[str]) -> bool:
    return any(entry == name or entry.startswith(f"{name}.") for entry in known)


def _items(raw) -> list[dict]:
    """The children of a stream or a list; a list of old may hold bare values."""
    return [
        item
        if isinstance(item, dict) and "value" in item and "type" in item
        else {"type": "item", "value": item, "id": None}
        for item in raw or ()
    ]


def _child_block(block, item) -> blocks.Block | None:
    if isinstance(block, blocks.ListBlock):
        return block.child_block if item.get("id") else None
    return block.child_blocks.get(item["type"]) if item.get("id") else None


def _name(path: str, item: dict) -> str:
    return f"{path}.{item.get('id')}"


def _without_texts(block, item: dict) -> dict:
    return {**item, "value": emptied(block, item["value"])}


def _longest_common_order(source: list, target: list) -> set:
    """The ids of the blocks in both that need not move for the rest to be in source order."""
    position = {item.get("id"): index for index, item in enumerate(source)}
    runs: list[list] = []
    for item in target:
        key = item.get("id")
        if key not in position:
            continue
        before = [run for run in runs if position[run[-1]] < position[key]]
        runs.append([*max(before, key=len, default=[]), key])
    return set(max(runs, key=len, default=[]))


def _shape(table) -> tuple:
    table = table or {}
    return [heading["type"] for heading in table.get("columns", [])], len(table.get("rows", []))


def _reshaped(block, source: dict, target: dict) -> dict:
    """The source's rows and columns, with the target's texts where it has a cell of that type."""
    table = emptied(block, source) or {"columns": [], "rows": [], "caption": ""}
    ours, theirs = table["columns"], (target or {}).get("columns", [])
    same = [
        index
        for index, (new, old) in enumerate(zip(ours, theirs, strict=False))
        if new["type"] == old["type"]
    ]
    for index in same:
        ours[index]["heading"] = theirs[index]["heading"]
        texts = is_text(block.child_blocks.get(ours[index]["type"]))
        for new, old in zip(table["rows"], target.get("rows", []), strict=False):
            if texts:
                new["values"][index] = old["values"][index]
    table["caption"] = (target or {}).get("caption", "")
    return table
