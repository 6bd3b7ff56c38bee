"""What others have changed in what an open form shows, once a save has merged it."""

import json
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.fields import StreamField

from lihsite.multilingual.changes import Op, changes_html, word_changes
from lihsite.multilingual.emptied import emptied
from lihsite.multilingual.languages import language_name
from lihsite.multilingual.merging import content_fields, content_relations
from lihsite.multilingual.merging_rows import contents_of
from lihsite.multilingual.merging_values import canonical
from lihsite.multilingual.segments import Segment, raw_stream, walk_segments
from lihsite.pages.conflicts import readable


@dataclass(frozen=True)
class OthersChange:
    """One text or value: where it stands, and how it now reads; no text if it is no text."""

    label: str
    language: str | None
    html: SafeString | str

    @property
    def language_name(self) -> str:
        return language_name(self.language)


def others_changes(model, shown: dict, saved: dict, names) -> list[OthersChange]:
    """The differences between what a form shows and what is saved, in its fields of these names.

    Both as the contents of revisions; the spelling of a rich text is no difference.
    """
    changes = []
    for name, field, language in content_fields(model):
        before, after = shown.get(name), saved.get(name)
        if name not in names or before == after:
            continue
        place = capfirst(getattr(field, "translated_field", field).verbose_name)
        found = _texts_changed(model, name, before, after, language) if language else []
        if isinstance(field, StreamField):
            if not found and _is_rearranged(field.stream_block, before, after):
                found = [OthersChange(place, language, "")]
        elif not language:
            found = [OthersChange(place, None, readable(field, after) if after else "")]
        changes += found
    for relation in content_relations(model):
        name = relation.get_accessor_name()
        before, after = contents_of(shown.get(name) or []), contents_of(saved.get(name) or [])
        if name in names and before != after:
            label = capfirst(relation.related_model._meta.verbose_name_plural)
            changes.append(OthersChange(label, None, ""))
    return changes


def _texts_changed(model, name: str, before, after, language: str) -> list[OthersChange]:
    sides = [
        {segment.name: segment for segment in walk_segments(model, {name: value}, language)}
        for value in (before, after)
    ]
    found = []
    for key in dict.fromkeys([*sides[1], *sides[0]]):
        old, new = (side.get(key) for side in sides)
        segment = new or old
        words = word_changes(_text(old), _text(new), is_rich_text=segment.is_rich)
        if any(op != Op.EQUAL for op, _words in words):
            html = changes_html(words, is_rich_text=segment.is_rich)
            found.append(OthersChange(segment.label, language, html))
    return found


def _text(segment: Segment | None) -> str:
    return segment.text if segment else ""


def _is_rearranged(block, before, after) -> bool:
    """Whether something else than texts differs: blocks, their order, their pictures."""
    one, other = (canonical(block, emptied(block, raw_stream(value))) for value in (before, after))
    return json.dumps(one) != json.dumps(other)
