"""Writes texts into segments by their names, laying out blocks that only the source has yet."""

import json
from copy import deepcopy

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField

from .languages import column
from .registration import source_language_of, translated_fields
from .segments import NOT_SEGMENTS, instance_values, is_text, named_items, raw_stream
from .structure import Kind, compare, follow, lay_out


class UnknownSegments(ValueError):
    """Names that stand for no text of the object, neither in the language nor in the source."""

    def __init__(self, names):
        self.names = sorted(names)
        super().__init__(", ".join(self.names))


def set_segments(instance, language: str, texts: dict[str, str]) -> None:
    """Give the object, in memory, the texts of a language; raises `UnknownSegments`.

    Blocks that the language has not are laid out as the source has them, their other texts empty.
    """
    source = source_language_of(instance)
    values = instance_values(instance, {source, language})
    for name, value in with_segments(type(instance), values, language, source, texts).items():
        setattr(instance, name, value)


def with_segments(model, values: dict, language: str, source: str, texts: dict[str, str]) -> dict:
    """The columns of the language that the texts change, by name; streams as JSON.

    `values` as for `segments_of`, with the columns of both languages.
    """
    by_field: dict[str, dict] = {}
    for name, text in texts.items():
        field_name, *path = name.split(".")
        by_field.setdefault(field_name, {})[tuple(path)] = text
    fields = {name for name in translated_fields(model) if name not in NOT_SEGMENTS}
    changed, unknown = {}, []
    for field_name, wanted in by_field.items():
        field = model._meta.get_field(field_name) if field_name in fields else None
        target = column(field_name, language)
        if isinstance(field, StreamField):
            raw = raw_stream(values.get(target))
            source_raw = raw_stream(values.get(column(field_name, source)))
            names = [".".join((field_name, *path)) for path in wanted]
            raw = _with_places(field.stream_block, raw, source_raw, field_name, names)
            raw, left = _filled(field.stream_block, deepcopy(raw), wanted)
            changed[target] = json.dumps(raw)
        elif field is not None and () in wanted:
            changed[target] = wanted.pop(())
            left = wanted
        else:
            left = wanted
        unknown += [".".join((field_name, *path)) for path in left]
    if unknown:
        raise UnknownSegments(unknown)
    return changed


def names_without_place(model, values: dict, language: str, source: str, texts: dict) -> set[str]:
    """Those of the texts that have no place in the language, as `with_segments` has it.

    Such are the cells of a table whose translation has fewer rows, or columns of another type.
    """
    try:
        with_segments(model, values, language, source, texts)
    except UnknownSegments as error:
        return set(error.names)
    return set()


def check_text(instance, segment, text: str) -> list[str]:
    """What the segment's field or block says against the text: that it is too long, mostly."""
    holder = segment.trail[-1]
    try:
        if isinstance(holder, blocks.Block):
            holder.clean(holder.to_python(text))
        else:
            holder.clean(text, instance)
    except ValidationError as error:
        return list(error.messages)
    return []


def _with_places(block, raw: list, source_raw: list, path: str, names: list[str]) -> list:
    """The stream with the blocks and cells of the source in which the named texts have a place.

    A table that has more of its own than its source keeps its shape: nothing in it is dropped.
    """
    if not raw:
        return lay_out(block, source_raw)
    chosen = {
        change.name
        for change in compare(block, source_raw, raw, path, set())
        if (change.kind == Kind.ADDED or (change.kind == Kind.RESHAPED and change.only_grows))
        and any(name == change.name or name.startswith(f"{change.name}.") for name in names)
    }
    return follow(block, source_raw, raw, path, chosen)


def _filled(block, raw, wanted: dict):
    """The raw data with the wanted texts, and those of them for which there is no place."""
    if () in wanted:
        text = wanted.pop(())
        if is_text(block):
            return text, wanted
        return raw, {(): text, **wanted}
    if isinstance(block, TypedTableBlock):
        return _filled_table(block, raw, wanted)
    if isinstance(block, blocks.StreamBlock):
        return _filled_children(raw or [], wanted, lambda child: _child_of(block, child))
    if isinstance(block, blocks.ListBlock):
        return _filled_children(raw or [], wanted, lambda _child: block.child_block)
    if isinstance(block, blocks.StructBlock):
        raw, left = dict(raw or {}), {}
        for name, inner in _by_first(wanted).items():
            child, unfilled = block.child_blocks.get(name), inner
            if child is not None:
                raw[name], unfilled = _filled(child, raw.get(name), inner)
            left.update({(name, *path): text for path, text in unfilled.items()})
        return raw, left
    return raw, wanted


def _by_first(wanted: dict) -> dict[str, dict]:
    grouped: dict[str, dict] = {}
    for (first, *rest), text in wanted.items():
        grouped.setdefault(first, {})[tuple(rest)] = text
    return grouped


def _child_of(block, child) -> blocks.Block | None:
    return block.child_blocks.get(child["type"])


def _filled_children(raw: list, wanted: dict, block_of):
    """The blocks of a stream or the items of a list; a list of old may hold bare values."""
    left = {}
    places = {str(name): (at, value) for at, (name, value) in enumerate(named_items(raw))}
    for name, inner in _by_first(wanted).items():
        unfilled = inner
        if name in places:
            at, value = places[name]
            block = block_of(raw[at])
            if block is not None:
                new, unfilled = _filled(block, value, inner)
                raw[at] = {**raw[at], "value": new} if value is not raw[at] else new
        left.update({(name, *path): text for path, text in unfilled.items()})
    return raw, left


def _filled_table(block, raw, wanted: dict):
    raw = raw or {"columns": [], "rows": [], "caption": ""}
    left = {}
    for path, text in wanted.items():
        match path:
            case ("caption",):
                raw["caption"] = text
            case ("columns", index) if _has(raw["columns"], index):
                raw["columns"][int(index)]["heading"] = text
            case ("rows", row, index) if _has_text_cell(block, raw, row, index):
                raw["rows"][int(row)]["values"][int(index)] = text
            case _:
                left[path] = text
    return raw, left


def _has(items: list, index: str) -> bool:
    return index.isdecimal() and int(index) < len(items)


def _has_text_cell(block, raw: dict, row: str, index: str) -> bool:
    if not (_has(raw["rows"], row) and _has(raw["rows"][int(row)]["values"], index)):
        return False
    heading = raw["columns"][int(index)] if _has(raw["columns"], index) else {}
    return is_text(block.child_blocks.get(heading.get("type")))
