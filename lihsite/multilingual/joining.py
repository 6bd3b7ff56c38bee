"""Joins languages of a draft with what is live: pure functions on contents of revisions.

A content maps field names to values. A translated field has a column for each language; all other
fields are shared by the languages. `None` in place of a language stands for the shared fields.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField

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


def as_stored(content: dict) -> dict:
    """The content as the database gives it back: dates and times as text."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


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
    """Whether two contents say the same: live languages included, keys of rows and order aside."""
    columns, plain = translated_columns(model), set(translated_fields(model))
    for name in one.keys() | other.keys():
        field = columns.get(name, (name, None))[0]
        if name in plain or field in FOLLOWING_COLUMNS:
            continue
        if name in FOLLOWING_FIELDS - RECORDS_BY_LANGUAGE or name == "pk":
            continue
        if _comparable(model, field, one.get(name)) != _comparable(model, field, other.get(name)):
            return False
    return True


def _comparable(model, field: str, value):
    if field in RECORDS_BY_LANGUAGE:
        return {code: records for code, records in (value or {}).items() if records}
    if isinstance(value, list):
        return [without_key(row) for row in value]
    if isinstance(value, str) and _is_stream(model, field):
        return raw_stream(value)
    return value


def _is_stream(model, field: str) -> bool:
    return field in {
        one.name for one in model._meta.concrete_fields if isinstance(one, StreamField)
    }


def without_key(row):
    """A row of a relation without its primary key, which it gets at publication."""
    if isinstance(row, dict):
        return {name: value for name, value in row.items() if name != "pk"}
    return row


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
