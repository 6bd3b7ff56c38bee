"""Gathers the texts of pages for a file, and keeps what went out."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from lihsite.multilingual.exchange_records import Export
from lihsite.multilingual.languages import language_name
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.segments import fingerprint
from lihsite.translating.drafts import (
    draft_content,
    machine_translated_in,
    segments_by_name,
    specific_pages,
)
from lihsite.translating.markup import code

from .documents import PageTexts, Unit
from .formats import FORMATS, Format


class NothingToExport(ValueError):
    """There is no text to translate, or not for one file; the message says why."""


def export(pages, language: str, format: Format, *, user, only_open=False) -> tuple[bytes, Export]:
    """The file of the pages' texts in the format, and the record of it.

    Pages that are written in the language, and aliases, are left out; `only_open` leaves out what
    is up to date. Raises `NothingToExport`.
    """
    record = Export(user=user, language=language)
    gathered = []
    for page in specific_pages(pages):
        texts = texts_of(page, language, record, only_open=only_open)
        if texts and texts.units:
            gathered.append(texts)
    if not gathered:
        raise NothingToExport(
            _("There is nothing to translate into %(language)s.")
            % {"language": language_name(language)}
        )
    sources = sorted({texts.source_language for texts in gathered})
    if len(sources) > 1 and format.one_source:
        raise NothingToExport(
            _("The pages are written in several languages: choose %(format)s, or fewer pages.")
            % {"format": FORMATS["xliff-1.2"].label}
        )
    record.save()
    return format.write(gathered), record


def texts_of(page, language: str, record: Export, *, only_open=False) -> PageTexts | None:
    """The units of a page; notes in the record what goes out."""
    source_language = source_language_of(page)
    if source_language == language:
        return None
    content, model = draft_content(page), type(page)
    translations = segments_by_name(model, content, language)
    recorded = (content.get("translation_sources") or {}).get(language, {})
    texts = PageTexts(
        page.pk,
        source_language,
        language,
        token=record.token,
        title=page.get_admin_display_title(),
        url=f"{get_admin_base_url()}{reverse('wagtailadmin_pages:edit', args=[page.pk])}",
    )
    unconfirmed = machine_translated_in(content, language, translations)
    went_out = {}
    for segment in segments_by_name(model, content, source_language).values():
        translation = translations.get(segment.name)
        current = fingerprint(segment.text)
        is_open = (
            not translation
            or segment.name in unconfirmed
            or (recorded.get(segment.name) or current) != current
        )
        if only_open and not is_open:
            continue
        source = code(segment.text, is_rich=segment.is_rich)
        target = translation and code(translation.text, is_rich=segment.is_rich).numbered_like(
            source
        )
        texts.units.append(
            Unit(
                segment.name,
                source.pieces,
                target.pieces if target else None,
                {**source.tags, **(target.tags if target else {})},
                label=segment.label,
                max_length=segment.max_length,
                is_open=is_open,
            )
        )
        went_out[segment.name] = [segment.text, translation.text if translation else ""]
    record.texts[str(page.pk)] = went_out
    return texts


def file_name(format: Format, record: Export, pages: list) -> str:
    """A name that says which site or page, which language and which day."""
    what = pages[0].slug if len(pages) == 1 else settings.WAGTAIL_SITE_NAME
    day = record.created_at.date().isoformat()
    return f"{what}-{record.language}-{day}.{format.extension}".replace(" ", "-").lower()
