"""Joins what two people made of one draft: a three-way merge of the contents of revisions.

Contents are dicts as `Revision.content`. Fields are merged one by one; the blocks of streams and
lists by their ids, with what either side added, moved and removed; the fields of a block by
name; the rows of a relation by what they are. Where both sides changed the same value to different
ones there is a `Conflict`, and nobody's text is taken for the other's.

Pure functions: nothing is read from the database or written.
"""

import json
import uuid
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField

from .contents import as_stored
from .languages import DEFAULT_LANGUAGE, column, language_codes
from .merging_rows import merge_rows
from .merging_values import MISSING, Conflict, Place, merge_value
from .permissions import FOLLOWING_FIELDS
from .registration import translated_fields


@dataclass
class Merge:
    """The joined content; where there are `conflicts` it holds mine, and is not to be stored."""

    content: dict
    conflicts: list[Conflict] = field(default_factory=list)


def merge(model, base: dict | None, theirs: dict, mine: dict, decisions: dict | None = None):
    """Join `mine` with `theirs`, both made from `base`, into a `Merge`.

    Without a base every difference is a conflict. `decisions` maps the names of conflicts to
    functions from a `Conflict` to `Decided`, or to None where the decision does not hold for it.
    What follows from content (`FOLLOWING_FIELDS`) and comments are theirs: saving brings them up
    to date.
    """
    base = as_stored(base) if base is not None else {}
    theirs, mine = as_stored(theirs), as_stored(mine)
    conflicts: list[Conflict] = []
    content = dict(theirs)
    for name, model_field, language in content_fields(model):
        if name not in mine:
            continue
        label = (str(getattr(model_field, "translated_field", model_field).verbose_name),)
        place = Place(name, label, language, conflicts, decisions or {}, model_field)
        values = (side.get(name, MISSING) for side in (base, theirs, mine))
        if isinstance(model_field, StreamField):
            content[name] = _merge_stream_field(model_field, *values, place)
        else:
            content[name] = merge_value(None, *values, place)
    for relation in content_relations(model):
        name = relation.get_accessor_name()
        if name in mine:
            label = (str(relation.related_model._meta.verbose_name_plural),)
            place = Place(name, label, None, conflicts, decisions or {})
            sides = (side.get(name) or [] for side in (base, theirs, mine))
            content[name] = merge_rows(relation.related_model, *sides, place)
    source = content.get("source_language") or DEFAULT_LANGUAGE
    for name in translated_fields(model):
        if name in content and column(name, source) in content:
            content[name] = content[column(name, source)]
    return Merge(content, conflicts)


def content_fields(model):
    """Triples of name, field and language of each field that holds content of its own."""
    language_of = {
        column(name, language): (name, language)
        for name in translated_fields(model)
        for language in language_codes()
    }
    plain_names = set(translated_fields(model))
    for model_field in model._meta.concrete_fields:
        name = model_field.name
        plain, language = language_of.get(name, (name, None))
        is_plain = language is None and name in plain_names
        if plain in FOLLOWING_FIELDS or is_plain or model_field.primary_key:
            continue
        if name not in IDENTITY_FIELDS:
            yield name, model_field, None if plain == "live_in" else language


IDENTITY_FIELDS = frozenset({"content_type", "translation_key", "locale", "alias_of"})
"""What makes the page this page, and is no content."""


def records_beside_texts(model) -> list:
    """The fields that keep what is known of each text, such as what it was translated from."""
    return [
        model_field
        for model_field in model._meta.concrete_fields
        if isinstance(model_field, models.JSONField) and model_field.name in FOLLOWING_FIELDS
    ]


def content_relations(model):
    """The child relations of a page, without its comments, which are stored for themselves."""
    return [
        relation
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() not in FOLLOWING_FIELDS
    ]


# Ids


def identified(model, content: dict) -> dict:
    """The content with an id for each block and list item, so that they can be told apart.

    Ids that are missing, or that stand twice in a row, are made from the place and are therefore
    the same whoever loads the content.
    """
    content = as_stored(content)
    for model_field in model._meta.concrete_fields:
        if isinstance(model_field, StreamField) and content.get(model_field.name):
            name = model_field.name
            raw = json.loads(content[name])
            with_ids = _with_ids(model_field.stream_block, raw, name)
            if with_ids != raw:
                content[name] = json.dumps(with_ids, cls=DjangoJSONEncoder)
    return content


def _with_ids(block, raw, path: str):
    if isinstance(block, blocks.StreamBlock) and isinstance(raw, list):
        seen = set()
        return [
            {**child, "id": name, "value": _with_ids(child_block, child["value"], f"{path}.{name}")}
            for index, child in enumerate(raw)
            for name in [_id_of(child, path, index, seen)]
            for child_block in [block.child_blocks.get(child["type"])]
        ]
    if isinstance(block, blocks.ListBlock) and isinstance(raw, list):
        seen, items = set(), []
        for index, item in enumerate(raw):
            if not _is_list_item(item):
                item = {"type": "item", "value": item}
            name = _id_of(item, path, index, seen)
            value = _with_ids(block.child_block, item["value"], f"{path}.{name}")
            items.append({**item, "value": value, "id": name})
        return items
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        return {
            name: _with_ids(block.child_blocks.get(name), value, f"{path}.{name}")
            for name, value in raw.items()
        }
    return raw


def _id_of(child: dict, path: str, index: int, seen: set) -> str:
    name = child.get("id")
    if not name or name in seen:
        name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{path}.{index}"))
    seen.add(name)
    return name


def _is_list_item(item) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def _merge_stream_field(model_field, base, theirs, mine, place):
    raw = [json.loads(value) if value else [] for value in (base, theirs, mine)]
    merged = merge_value(model_field.stream_block, *raw, place)
    for value, text in zip(raw, (base, theirs, mine), strict=True):
        if value == merged and text is not MISSING:
            return text
    return json.dumps(merged, cls=DjangoJSONEncoder)
