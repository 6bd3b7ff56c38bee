"""The form of the translate view: the fields of one language, and what its translator decides."""

import json
import re
from functools import lru_cache, partial

from wagtail.admin.panels import CommentPanel

from lihsite.multilingual.languages import column
from lihsite.multilingual.segments import raw_stream
from lihsite.multilingual.states import confirm_segments
from lihsite.multilingual.structure import (
    StructureChange,
    compare,
    follow,
    lay_out,
    stream_fields,
)
from lihsite.pages.panels import LanguageTexts, PageForm, text_panels

SEEN = "seen_sources"
CONFIRMED = "confirmed"
FOLLOWED = "follow"
FOLLOW = "action-follow"
FINGERPRINT = re.compile(r"[0-9a-f]{16}")


class TranslationTexts(LanguageTexts):
    """The texts of the language, each beside its source."""

    class BoundPanel(LanguageTexts.BoundPanel):
        template_name = "lihsite/admin/translation_texts.html"


class TranslationFormMixin:
    """A page form of one language that takes decisions on segments and structure as well."""

    translated_language: str
    has_shared_fields = False
    is_previewed = False
    """Whether what the source has more is shown with its texts, before it is translated."""

    def first_language(self):
        return self.translated_language

    def clean(self):
        cleaned_data = super().clean()
        if self.data.get(FOLLOW):
            chosen = set(self.data.getlist(FOLLOWED))
            followed = followed_streams(
                self.instance,
                self.translated_language,
                chosen,
                cleaned_data,
                with_texts=self.is_previewed,
            )
            cleaned_data.update(followed)
            self.changed_data.extend(followed.keys() - {*self.changed_data})
        return cleaned_data

    def save(self, commit=True):
        """Save what was typed, with the source that its translator has seen at it."""
        self.instance.seen_sources = {self.translated_language: seen_sources(self.data)}
        self.confirm(self.instance)
        if self.join:
            self.join = partial(self.join_and_confirm, self.join)
        return super().save(commit)

    def join_and_confirm(self, join, page):
        """Confirm once more: what others have saved brought their record of it."""
        join(page)
        self.confirm(page)

    def confirm(self, page):
        confirm_segments(page, self.translated_language, self.data.getlist(CONFIRMED))


def seen_sources(data) -> dict[str, str]:
    """The fingerprints of the source texts that the form showed; what is malformed is left out."""
    try:
        seen = json.loads(data.get(SEEN) or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(seen, dict):
        return {}
    return {
        name: value
        for name, value in seen.items()
        if isinstance(value, str) and FINGERPRINT.fullmatch(value)
    }


@lru_cache
def translation_handler(model, language: str) -> PageForm:
    """The edit handler of a page type's translation into a language."""
    form_class = type(
        f"{model.__name__}TranslationForm",
        (TranslationFormMixin, model.page_form_class),
        {"translated_language": language},
    )
    texts = TranslationTexts(text_panels(model, language, folded=False), language=language)
    return PageForm([texts, CommentPanel()], base_form_class=form_class).bind_to_model(model)


def with_empty_streams_laid_out(model, content: dict, language: str) -> dict:
    """The content of a draft, with the source's structure where the language has no block yet."""
    laid_out = dict(content)
    for name, field in stream_fields(model).items():
        source = raw_stream(content.get(column(name, content["source_language"])))
        target = column(name, language)
        if source and not raw_stream(content.get(target)):
            laid_out[target] = json.dumps(lay_out(field.stream_block, source))
    return laid_out


def structure_changes(page, language: str) -> list[StructureChange]:
    """What changed in the structure of the source and the language does not follow yet."""
    known = page.translation_sources.get(language, {})
    changes = []
    for name, field in stream_fields(type(page)).items():
        source = raw_stream(getattr(page, column(name, page.source_language)))
        target = raw_stream(getattr(page, column(name, language)))
        if target:
            changes += compare(field.stream_block, source, target, name, known)
    return changes


def followed_streams(
    page, language: str, chosen: set[str], values: dict, *, with_texts: bool = False
) -> dict:
    """The streams of the language that the chosen changes make others of those in the values."""
    streams = {}
    for name, field in stream_fields(type(page)).items():
        target = column(name, language)
        if target in values:
            source = raw_stream(getattr(page, column(name, page.source_language)))
            own = raw_stream(values[target])
            block = field.stream_block
            raw = follow(block, source, own, name, chosen, with_texts=with_texts)
            if raw != own:
                streams[target] = field.to_python(json.dumps(raw))
    return streams
