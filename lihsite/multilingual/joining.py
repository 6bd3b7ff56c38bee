"""Joins languages of a draft with what is live: pure functions on contents of revisions.

A content maps field names to values. A translated field has a column for each language; all other
fields are shared by the languages. `None` in place of a language stands for the shared fields.
"""

import json
import re

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from .contents import without_key
from .incomplete_blocks import without_untranslated
from .languages import column, language_codes
from .permissions import FOLLOWING_FIELDS
from .registration import DEFAULT_LANGUAGE, translated_columns, translated_fields
from .segments import raw_stream

RECORDS_BY_LANGUAGE = frozenset({"translation_sources", "machine_translations"})
"""Fields with a dictionary by language, which goes wherever the language's texts go."""

OWN_SCHEDULE = frozenset({"go_live_at"})
"""When Wagtail publishes the whole page: no publication of a language takes it along."""

FOLLOWING_COLUMNS = frozenset({"draft_title", "url_path"})
"""Translated fields that follow from others, and so make no difference between two contents."""


NUMBERS = (blocks.DecimalBlock, blocks.FloatBlock, blocks.IntegerBlock)


def joined(model, live: dict, draft: dict, languages, *, with_shared: bool) -> dict:
    """The live content with the languages' texts, and the shared fields if asked for, of the draft.

    `live_in` stays what it is. Blocks that are laid out in a language but not translated yet are
    left out. What follows from texts, the tree or publishing is the live content's.
    """
    result = with_languages_of(model, live, draft, languages)
    source = draft.get("source_language") or DEFAULT_LANGUAGE
    if with_shared:
        for name in shared_fields(model, draft):
            result[name] = draft[name]
    for name, (field, language) in translated_columns(model).items():
        if language in languages and field != "live_in" and name in draft:
            result[name] = publishable(model, draft, field, language, source)
    return with_plain_fields(model, result, source)


def with_languages_of(model, content: dict, other: dict, languages) -> dict:
    """The content with the languages' texts, and what is known of them, of another one."""
    result = dict(content)
    for name, (field, language) in translated_columns(model).items():
        if language in languages and field != "live_in" and name in other:
            result[name] = other[name]
    for field in RECORDS_BY_LANGUAGE.intersection(other):
        result[field] = {
            code: records
            for code in language_codes()
            if (records := (other if code in languages else content)[field].get(code)) is not None
        }
    return with_plain_fields(model, result, content.get("source_language") or DEFAULT_LANGUAGE)


def with_plain_fields(model, content: dict, source: str) -> dict:
    """The content, whose fields without a language are the source language's."""
    plain = {field: content.get(column(field, source)) for field in translated_fields(model)}
    return {**content, **plain}


def shared_fields(model, content: dict) -> list[str]:
    """The names in a content that have one value for all languages and are written by people."""
    columns, plain = translated_columns(model), set(translated_fields(model))
    left_out = FOLLOWING_FIELDS | RECORDS_BY_LANGUAGE | OWN_SCHEDULE | plain | {"pk"}
    return [name for name in content if name not in columns and name not in left_out]


def publishable(model, content: dict, field: str, language: str, source: str):
    """The value of a column as it goes live: of a stream, without untranslated blocks."""
    value = content[column(field, language)]
    model_field = model._meta.get_field(field)
    if language == source or not isinstance(model_field, StreamField):
        return value
    raw = raw_stream(value)
    kept = without_untranslated(
        model_field.stream_block, raw, raw_stream(content.get(column(field, source)))
    )
    if kept == raw:
        return value
    return json.dumps(kept, cls=DjangoJSONEncoder) if isinstance(value, str) else kept


def differs_from_live(model, live: dict, draft: dict, language: str | None) -> bool:
    """Whether publishing the language, or the shared fields for None, would change what is live.

    Whether the language is live at all is not compared.
    """
    languages = [language] if language else []
    after = joined(model, live, draft, languages, with_shared=language is None)
    return not are_equal(model, live, after)


def changed_languages(model, before: dict, after: dict) -> tuple[list[str], bool]:
    """The languages whose texts differ between two contents, and whether shared fields do.

    The choice of live languages counts as shared.
    """
    languages, shared = set(), False
    for name, (field, language) in translated_columns(model).items():
        if field in FOLLOWING_COLUMNS or name not in after:
            continue
        one, other = (_comparable(model, field, content.get(name)) for content in (before, after))
        if (one or other) and one != other:
            if field == "live_in":
                shared = True
            else:
                languages.add(language)
    shared = shared or any(
        _comparable(model, name, before.get(name)) != _comparable(model, name, after[name])
        for name in [*shared_fields(model, after), *OWN_SCHEDULE.intersection(after)]
    )
    return [code for code in language_codes() if code in languages], shared


def are_equal(model, one: dict, other: dict) -> bool:
    """Whether two contents say the same to readers, in whatever spelling: see `as_read`.

    Live languages are compared too; the keys of rows are not.
    """
    columns, plain = translated_columns(model), set(translated_fields(model))
    for name in one.keys() | other.keys():
        field = columns.get(name, (name, None))[0]
        if name in plain or field in FOLLOWING_COLUMNS:
            continue
        if name in FOLLOWING_FIELDS - RECORDS_BY_LANGUAGE or name == "pk":
            continue
        mine, theirs = one.get(name), other.get(name)
        if mine != theirs and _comparable(model, field, mine) != _comparable(model, field, theirs):
            return False
    return True


def is_same(model, name: str, one, other) -> bool:
    """Whether two values of a field, or of a relation, say the same to readers."""
    return one == other or _comparable(model, name, one) == _comparable(model, name, other)


def _comparable(model, name: str, value):
    if name in RECORDS_BY_LANGUAGE:
        return {code: records for code, records in (value or {}).items() if records}
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return value
    return _rows_as_read(field, value) if field.one_to_many else as_read(field, value)


def _rows_as_read(relation, rows):
    """The rows of a relation in their order, however it is numbered, without primary keys."""
    found = [
        {
            name: _comparable(relation.related_model, name, value)
            for name, value in row.items()
            if name != "pk"
        }
        for row in rows or []
    ]
    numbers = [row.pop("sort_order", None) for row in found]
    if all(number is None for number in numbers):
        return found
    if None in numbers:
        # Databases disagree on where rows without a number stand.
        return [numbers, found]
    return [row for _number, row in sorted(zip(numbers, found, strict=True), key=lambda it: it[0])]


def as_read(field: models.Field, value):
    """The value of a field in the one spelling of all that say the same to readers.

    What a form gives back has keys on its paragraphs, text for a decimal, and "" for no text.
    """
    if isinstance(field, StreamField):
        return _block_as_read(field.stream_block, raw_stream(value))
    if isinstance(field, models.CharField | models.TextField) and value is None:
        return ""
    if isinstance(field, RichTextField):
        return _without_block_keys(value)
    return value


def _block_as_read(block, raw):
    """The raw value of a block as `as_read` gives it, which is a raw value as well."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock) and isinstance(raw, list):
        return [_child_as_read(block, child) for child in raw]
    if isinstance(block, TypedTableBlock) and isinstance(raw, dict):
        return _table_as_read(block, raw)
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        defaults = {
            name: child.get_prep_value(child.get_default())
            for name, child in block.child_blocks.items()
            if name not in raw and isinstance(child, blocks.FieldBlock)
        }
        return {
            name: _block_as_read(block.child_blocks.get(name), value)
            for name, value in {**raw, **defaults}.items()
        }
    if not isinstance(block, blocks.FieldBlock):
        return raw
    if raw is None or raw == "":
        return empty_value(block)
    if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str):
        return _without_block_keys(raw)
    if isinstance(block, NUMBERS) and isinstance(raw, int | float):
        # As the block shows it: of a fraction that is no decimal, every digit.
        return str(block.to_python(raw))
    return raw


def empty_value(block: blocks.FieldBlock):
    """What a form stores of a block that was left empty."""
    return (
        False
        if isinstance(block, blocks.BooleanBlock)
        else getattr(block.field, "empty_value", None)
    )


def _child_as_read(parent, child):
    if not (isinstance(child, dict) and "value" in child and "type" in child):
        return child
    is_list = isinstance(parent, blocks.ListBlock)
    block = parent.child_block if is_list else parent.child_blocks.get(child["type"])
    return {**child, "value": _block_as_read(block, child["value"])}


def _table_as_read(block, table: dict) -> dict:
    columns = [
        {**column, "heading": column.get("heading") or ""} for column in table.get("columns", [])
    ]
    cells = [block.child_blocks.get(column["type"]) for column in columns]
    rows = [
        {**row, "values": list(map(_block_as_read, cells, row["values"]))}
        for row in table.get("rows", [])
    ]
    return {**table, "columns": columns, "rows": rows, "caption": table.get("caption") or ""}


def _without_block_keys(html: str) -> str:
    return re.sub(r'(<\w+(?: [^<>]*?)?) data-block-key="[^"<>]*"', r"\1", html)


def with_keys(draft: dict, published: dict) -> dict:
    """The draft with the keys that its rows got at publication, so that it means the same rows."""
    result = dict(draft)
    for name, rows in draft.items():
        others = published.get(name)
        if not isinstance(rows, list) or not isinstance(others, list):
            continue
        if [without_key(row) for row in rows] == [without_key(row) for row in others]:
            result[name] = others
    return result
