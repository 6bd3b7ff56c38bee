"""Which pictures and documents are for everybody: those that something shows which everybody gets.

What was uploaded for a draft, for a page under embargo, for a language that is not live, is not: it
is in no list until the page is. What Wagtail keeps of references says who shows what.
"""

from datetime import UTC, datetime
from operator import itemgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, StrIndex, Substr
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex, get_page_models

from lihsite.media.documents import Document
from lihsite.media.images import Image
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.registration import translated_fields
from lihsite.prepared import prepared, prepared_rows

from .base_page import BasePage

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
FIELD = Substr("model_path", 1, StrIndex(Concat("model_path", Value(".")), Value(".")) - 1)
"""The field of a reference: what comes first on the path to it."""


def for_everybody(model) -> QuerySet:
    """The pictures or documents that are not private and that something public shows."""
    entries = model.objects.exclude(collection__in=private_collections())
    return entries.filter(is_shown_to_everybody(model))


def documents_for_everybody(keys: list[int]) -> list[Document]:
    """The same of documents by their keys, at the price of two short queries."""
    private = _keys_of_private_collections()
    return [one for one in _shown_documents(keys=keys) if one.collection_id not in private]


def keys_of_documents_for_everybody() -> set[int]:
    private = _keys_of_private_collections()
    return {pk for pk, collection in _all_shown_documents() if collection not in private}


def keys_of_documents_on(page: BasePage) -> set[int]:
    """What a page shows, or would if it were live, in the languages that are."""
    return {pk for (pk,) in _documents_on(page=page.pk)}


@prepared
def _shown_documents(keys: list[int]) -> QuerySet:
    return Document.objects.filter(is_shown_to_everybody(Document), pk__in=keys)


@prepared_rows
def _all_shown_documents() -> QuerySet:
    shown = Document.objects.filter(is_shown_to_everybody(Document))
    return shown.values_list("pk", "collection_id")


@prepared_rows
def _documents_on(page: int) -> QuerySet:
    shown = is_shown_on(BasePage.objects.filter(pk=page), Document)
    return Document.objects.filter(shown).values_list("pk")


def _keys_of_private_collections() -> set[int]:
    return set(private_collections().values_list("pk", flat=True))


def private_collections() -> QuerySet:
    """The collections that are private, and those below them."""
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return Collection.objects.filter(below).values("pk")


def is_shown_to_everybody(model) -> Exists:
    """Whether something public shows the picture or document, private though it may be itself."""
    return is_shown_on(BasePage.objects.live_in_any(), model, elsewhere=True)


def is_shown_on(pages: QuerySet, model, *, elsewhere: bool = False) -> Exists:
    """Whether one of the pages shows the picture or document, or what is no page, if that counts.

    A page shows what its shared fields refer to, and its texts in the languages that are live.
    """
    by_language = {
        code: {column(name, code) for one in get_page_models() for name in translated_fields(one)}
        for code in language_codes()
    }
    # The plain names of texts repeat the source language.
    texts = set().union(*by_language.values()) | {
        name for one in get_page_models() for name in translated_fields(one)
    }
    types = _types(BasePage, *get_page_models())
    named = pages.filter(pk=OuterRef("page"))
    shown = ~Q(field__in=texts) & Q(Exists(named))
    for code, columns in by_language.items():
        live = named.filter(**{column("live_in", code): True})
        shown |= Q(field__in=columns) & Q(Exists(live))
    condition = Q(base_content_type__in=types) & shown
    if elsewhere:
        # A version in another language names its original, and shows it to nobody.
        condition |= ~Q(base_content_type__in=[*types, *_types(Image, Document)])
    # Keys of other models need not be numbers, so that only those of pages are read as such.
    page_key = Case(When(base_content_type__in=types, then=F("object_id")))
    references = ReferenceIndex.objects.annotate(
        field=FIELD, page=Cast(page_key, BigIntegerField())
    ).filter(
        condition,
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    return Exists(references)


def _types(*models) -> list[int]:
    return [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]


def hour_of(document: Document) -> datetime | None:
    """The hour from which a document is for everybody: None from ever, `NEVER` as far as is known.

    That of a document which only pages under embargo show is the first of their hours.
    """
    if for_everybody(Document).filter(pk=document.pk).exists():
        return None
    pages = pages_to_come().filter(live=True)
    hours = {page.pk: page.embargo for page in pages.only("embargo")}
    for pk, hour in sorted(hours.items(), key=itemgetter(1)):
        if is_shown_by(document, BasePage.objects.filter(pk=pk)):
            return hour
    return NEVER


def pages_to_come() -> QuerySet:
    """The pages whose embargo is not over."""
    return BasePage.objects.filter(embargo__gt=timezone.now())


def is_shown_by(document: Document, pages: QuerySet) -> bool:
    return Document.objects.filter(is_shown_on(pages, Document), pk=document.pk).exists()
