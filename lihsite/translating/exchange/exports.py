"""Gathers texts for a file, and keeps what went out."""

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from lihsite.multilingual.exchange_records import Export
from lihsite.multilingual.languages import language_name
from lihsite.multilingual.segments import fingerprint
from lihsite.translating.markup import code

from .documents import ObjectTexts, Unit
from .formats import FORMATS, Format
from .subjects import Subject, subjects_of


class NothingToExport(ValueError):
    """There is no text to translate, or not for one file; the message says why."""


def export(
    objects, language: str, format: Format, *, user, only_open=False
) -> tuple[bytes, Export]:
    """The file of the objects' texts in the format, and the record of it.

    What is written in the language, and aliases of pages, are left out; `only_open` leaves out what
    is up to date. Raises `NothingToExport`.
    """
    record = Export(user=user, language=language)
    gathered = []
    for subject in subjects_of(objects):
        texts = texts_of(subject, language, record, only_open=only_open)
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
            _("The texts are written in several languages: choose %(format)s, or fewer texts.")
            % {"format": FORMATS["xliff-1.2"].label}
        )
    record.save()
    return format.write(gathered), record


def texts_of(subject: Subject, language: str, record: Export, *, only_open=False):
    """The units of a page or another object, None for the source; notes in the record what goes."""
    if subject.source_language == language:
        return None
    translations = subject.segments(language)
    recorded, unconfirmed = subject.recorded(language), subject.unconfirmed(language, translations)
    texts = ObjectTexts(
        subject.key,
        subject.source_language,
        language,
        token=record.token,
        title=subject.title,
        url=address_of(subject, record.user),
    )
    went_out = {}
    for segment in subject.segments(subject.source_language).values():
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
    record.texts[subject.key] = went_out
    return texts


def address_of(subject: Subject, user) -> str:
    """Where the object is edited, as a whole address, for those who get the file."""
    path = subject.edit_url(user)
    return path and f"{get_admin_base_url()}{path}"


def file_name(format: Format, record: Export, objects: list) -> str:
    """A name that says which site or object, which language and which day."""
    what = settings.WAGTAIL_SITE_NAME
    if len(objects) == 1:
        [one] = objects
        what = getattr(one, "slug", "") or slugify(str(one)) or what
    day = record.created_at.date().isoformat()
    return f"{what}-{record.language}-{day}.{format.extension}".replace(" ", "-").lower()
