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
            raw = deepcopy(raw_stream(values.get(target)))
            source_raw = raw_stream(values.get(column(field_name, source)))
            if not raw:
                raw = emptied(field.stream_block, source_raw)
            raw, left = _filled(field.stream_block, raw, source_raw, wanted)
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


def _filled(block, raw, source_raw, wanted: dict):
    """The raw data with the wanted texts, and those of them for which there is no place."""
    if () in wanted:
        text = wanted.pop(())
        if is_text(block):
            return text, wanted
        return raw, {(): text, **wanted}
    if isinstance(block, TypedTableBlock):
        return _filled_table(block, raw, source_raw, wanted)
    if isinstance(block, blocks.StreamBlock):
        return _filled_stream(block, raw or [], source_raw or [], wanted)
    if isinstance(block, blocks.ListBlock):
        return _filled_list(block, raw or [], source_raw or [], wanted)
    if isinstance(block, blocks.StructBlock):
        raw, left = dict(raw or {}), {}
        for name, inner in _by_first(wanted).items():
            child = block.child_blocks.get(name)
            if child is None:
                unfilled = inner
            else:
                source_value = (source_raw or {}).get(name)
                raw[name], unfilled = _filled(child, raw.get(name), source_value, inner)
            left.update({(name, *path): text for path, text in unfilled.items()})
        return raw, left
    return raw, wanted


def _by_first(wanted: dict) -> dict[str, dict]:
    grouped: dict[str, dict] = {}
    for (first, *rest), text in wanted.items():
        grouped.setdefault(first, {})[tuple(rest)] = text
    return grouped


def _filled_stream(block, raw: list, source_raw: list, wanted: dict):
    left = {}
    for name, inner in _by_first(wanted).items():
        source_child = next((item for item in source_raw if str(item.get("id")) == name), None)
        child = next((item for item in raw if str(item.get("id")) == name), None)
        if child is None and source_child and source_child["type"] in block.child_blocks:
            [child] = emptied(block, [source_child])
            raw.insert(_place(source_child, source_raw, raw), child)
        if child is None or child["type"] not in block.child_blocks:
            unfilled = inner
        else:
            same_type = source_child and source_child["type"] == child["type"]
            child["value"], unfilled = _filled(
                block.child_blocks[child["type"]],
                child["value"],
                source_child["value"] if same_type else None,
                inner,
            )
        left.update({(name, *path): text for path, text in unfilled.items()})
    return raw, left


def _filled_list(block, raw: list, source_raw: list, wanted: dict):
    left = {}
    source_names = [str(name) for name, _value in named_items(source_raw)]
    for name, inner in _by_first(wanted).items():
        names = [str(item_name) for item_name, _value in named_items(raw)]
        source_index = source_names.index(name) if name in source_names else None
        if name not in names and source_index is not None:
            item = source_raw[source_index]
            [item] = emptied(block, [item])
            place = _place(source_raw[source_index], source_raw, raw)
            raw.insert(place, item)
            names.insert(place, name)
        if name not in names:
            left.update({(name, *path): text for path, text in inner.items()})
            continue
        index = names.index(name)
        _name, value = named_items(raw)[index]
        source_value = (
            named_items(source_raw)[source_index][1] if source_index is not None else None
        )
        new, unfilled = _filled(block.child_block, value, source_value, inner)
        raw[index] = {**raw[index], "value": new} if value is not raw[index] else new
        left.update({(name, *path): text for path, text in unfilled.items()})
    return raw, left


def _place(source_child, source_raw: list, raw: list) -> int:
    """Where to insert a child: after the nearest one before it in the source that is there."""
    places = {child.get("id"): place for place, child in enumerate(raw) if isinstance(child, dict)}
    before = source_raw[: source_raw.index(source_child)]
    for sibling in reversed(before):
        if isinstance(sibling, dict) and sibling.get("id") in places:
            return places[sibling["id"]] + 1
    return 0 if any(isinstance(child, dict) for child in raw) else len(raw)


def _filled_table(block, raw, source_raw, wanted: dict):
    raw = deepcopy(raw) if raw else {"columns": [], "rows": [], "caption": ""}
    if source_raw:
        _grow_table(raw, _emptied_table(block, source_raw))
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


def _grow_table(raw: dict, pattern: dict) -> None:
    """Give the table the rows and columns that the pattern has beyond its own."""
    raw["columns"] += pattern["columns"][len(raw["columns"]) :]
    for index, row in enumerate(pattern["rows"]):
        if index == len(raw["rows"]):
            raw["rows"].append(row)
        values = raw["rows"][index]["values"]
        values += row["values"][len(values) :]
