"""What both have made of the same text: shown to choose from, and what was chosen."""

import hashlib
import json
import re
from dataclasses import dataclass

from django import forms
from django.db import models
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField

from lihsite.multilingual.changes import difference_html, text_html
from lihsite.multilingual.languages import language_name
from lihsite.multilingual.merging_values import MISSING, Conflict, Decided
from lihsite.multilingual.segments import is_text, walk_block

INPUT = "conflict-{}"
"""The name of the input that holds the choice on a conflict; beside it `.seen` and `.text`."""

MINE, THEIRS, EDIT = "mine", "theirs", "edit"


@dataclass(frozen=True)
class Side:
    choice: str
    label: str
    html: SafeString


class ShownConflict:
    """A conflict as the panel shows it."""

    def __init__(self, conflict: Conflict):
        self.name = conflict.name
        self.language = conflict.language
        self.input = INPUT.format(conflict.name)
        self.seen = digest(conflict.theirs)
        self.label = " / ".join(capfirst(part) for part in conflict.label)
        self.is_editable = is_text_value(conflict) and fits(conflict, both_texts(conflict))
        self.editor = editor(conflict, f"{self.input}.text") if self.is_editable else ""
        self.sides = [
            Side(MINE, _("Mine"), _changed(conflict, conflict.mine)),
            Side(THEIRS, _("Theirs"), _changed(conflict, conflict.theirs)),
        ]

    @property
    def language_name(self) -> str:
        return language_name(self.language)


def shown_conflicts(conflicts: list[Conflict]) -> list[ShownConflict]:
    return [ShownConflict(conflict) for conflict in conflicts]


def is_text_value(conflict: Conflict) -> bool:
    """Whether the conflict is about one text, so that both can be brought together.

    An address is one word: two of them make none.
    """
    is_field = conflict.block is None and conflict.language is not None
    if isinstance(conflict.field, models.SlugField):
        return False
    both_are_text = isinstance(conflict.mine, str) and isinstance(conflict.theirs, str)
    return both_are_text and (is_text(conflict.block) or is_field)


def editor(conflict: Conflict, name: str) -> SafeString:
    """An input of the text in which both are brought together; it holds both to begin with."""
    attrs = {
        # Wagtail's editor of rich text looks for its input by a selector, in which no dot may be.
        "id": f"conflict-{digest(name)}",
        "form": "page-edit-form",
        "aria-label": _("Both brought together"),
    }
    if conflict.language:
        attrs["lang"] = conflict.language
    return text_widget(conflict).render(name, both_texts(conflict), attrs)


def both_texts(conflict: Conflict) -> str:
    """One's own text and the others' after it."""
    if is_rich_text(conflict):
        # Two paragraphs of one key would be one in the editor.
        return conflict.mine + re.sub(r' data-block-key="[^"]*"', "", conflict.theirs)
    return " ".join(filter(None, (conflict.mine, conflict.theirs)))


def is_rich_text(conflict: Conflict) -> bool:
    return isinstance(conflict.block, blocks.RichTextBlock) or isinstance(
        conflict.field, RichTextField
    )


def text_widget(conflict: Conflict) -> forms.Widget:
    """The editor of rich text, with what its block allows; else a plain input."""
    if isinstance(conflict.block, blocks.RichTextBlock):
        return conflict.block.field.widget
    if isinstance(conflict.field, RichTextField):
        return conflict.field.formfield().widget
    longest = getattr(text_holder(conflict), "max_length", None)
    return forms.Textarea({"rows": 3, **({"maxlength": longest} if longest else {})})


def text_holder(conflict: Conflict):
    """The form field of the block, or the field of the model, that the text is a value of."""
    return conflict.block.field if conflict.block else conflict.field


def joined_text(conflict: Conflict, data, name: str) -> str | None:
    """The text that was brought together, as it is stored; None if it cannot be stored.

    Only a broken client posts what is no rich text, or more than fits.
    """
    try:
        text = text_widget(conflict).value_from_datadict(data, {}, name)
    except (ValueError, KeyError, TypeError):
        return None
    return text if text is not None and fits(conflict, text) else None


def fits(conflict: Conflict, text: str) -> bool:
    longest = getattr(text_holder(conflict), "max_length", None)
    return not longest or len(text) <= longest


def digest(value) -> str:
    """Stands for what the others had saved when somebody decided against it."""
    text = "" if value is MISSING else json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def decisions_in(data) -> dict:
    """What was chosen on conflicts in a posted form, as `merge` takes it.

    A choice holds for what was there to choose from: where the others have changed the text once
    more, it is asked for again.
    """
    start = INPUT.format("")
    names = [name.removeprefix(start) for name in data if name.startswith(start)]
    return {
        name: _decision(data, INPUT.format(name))
        for name in names
        if not name.endswith((".seen", ".text"))
    }


def _decision(data, name: str):
    choice = data[name]

    def decide(conflict: Conflict) -> Decided | None:
        if data.get(f"{name}.seen") != digest(conflict.theirs):
            return None
        if choice == EDIT and is_text_value(conflict):
            text = joined_text(conflict, data, f"{name}.text")
            return None if text is None else Decided(text)
        return {MINE: Decided(conflict.mine), THEIRS: Decided(conflict.theirs)}.get(choice)

    return decide


def _changed(conflict: Conflict, value) -> SafeString:
    """A value as it reads, with what was changed in it since the common ancestor."""
    if value is MISSING:
        return format_html('<p class="lih-conflict__removed">{}</p>', _("Removed"))
    after = _texts(conflict, value)
    # Words of a text are compared; a date or a picture is another one.
    before = _texts(conflict, conflict.base) if conflict.language else {}
    if not after:
        return format_html('<p class="lih-conflict__removed">{}</p>', _("Empty"))
    return format_html_join(
        "",
        "<div>{}</div>",
        (
            (
                difference_html(before[name][0], text, is_rich_text=is_rich)
                if name in before
                else text_html(text, is_rich_text=is_rich),
            )
            for name, (text, is_rich) in after.items()
        ),
    )


def _texts(conflict: Conflict, value) -> dict[str, tuple[str, bool]]:
    """The readable texts of a value by where they stand in it, each with whether it is rich."""
    if value is MISSING or value in (None, ""):
        return {}
    if conflict.block is None:
        return {"": (readable(conflict.field, value), False)}
    raw = value["value"] if isinstance(value, dict) and {"type", "id"} <= set(value) else value
    found = {
        segment.name: (segment.text, segment.is_rich) for segment in walk_block(conflict.block, raw)
    }
    return found or {"": (str(conflict.block.to_python(raw) or ""), False)}


def readable(field, value) -> str:
    """The value of a model field in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(field, models.DateTimeField):
        return formats.localize(timezone.localtime(field.to_python(value)))
    if isinstance(field, models.DateField):
        return formats.localize(field.to_python(value))
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))
