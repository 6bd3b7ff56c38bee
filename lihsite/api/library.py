"""Pictures and documents: those that are not private, and that something public uses."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.api import APIField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    ReferenceIndex,
    get_page_models,
)

from lihsite.models import BasePage, Document, Image
from lihsite.multilingual.shown import shown_text
from lihsite.search.queries import found_keys

from . import fields
from .endpoints import Endpoint, Ordering
from .parameters import SearchedInLanguage

TEXT = CharField()


class LibraryEndpoint(Endpoint):
    """An original in the version for the language; versions are no entries of their own."""

    orderings = ("id", "created_at")

    def get_queryset(self):
        entries = self.model.objects.filter(version_of=None)
        entries = entries.exclude(collection__in=private_collections())
        return entries.filter(is_used(self.model)).prefetch_related("versions").order_by("pk")


def private_collections():
    """The collections that are private, and those below them."""
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return Collection.objects.filter(below).values("pk")


def is_used(model) -> Exists:
    """Whether a page that everybody sees refers to the object, or something that is no page."""
    page_types = [
        kind.pk
        for kind in ContentType.objects.get_for_models(BasePage, *get_page_models()).values()
    ]
    public = BasePage.objects.live_in_any().annotate(key=Cast("pk", TEXT)).values("key")
    return Exists(
        ReferenceIndex.objects.filter(
            Q(object_id__in=public) | ~Q(base_content_type__in=page_types),
            to_content_type=ContentType.objects.get_for_model(model),
            to_object_id=Cast(OuterRef("pk"), TEXT),
        )
    )


class ImagesEndpoint(LibraryEndpoint):
    name = "images"
    model = Image
    filter_backends = [Ordering]
    known_query_parameters = Endpoint.known_query_parameters - {"search"}
    body_fields = [
        "id",
        APIField("title", fields.Computed(lambda one, request: shown_text(one, "title").title)),
        APIField("alternative_text", fields.named("alternative_text", "description")),
        APIField("credit", fields.named("credited", "credit")),
        *("width", "height"),
    ]
    meta_fields = [
        "type",
        APIField("detail_url", fields.Computed(fields.detail_url)),
        APIField("download_url", fields.Computed(fields.file_url)),
        APIField("language", fields.media_language("alternative_text")),
        APIField("is_fallback", fields.media_is_fallback("alternative_text")),
    ]
    listing_default_fields = [
        *("id", "title", "alternative_text", "credit", "width", "height"),
        *("type", "detail_url", "download_url", "language", "is_fallback"),
    ]
    nested_default_fields = ["id", "type", "detail_url", "title"]


class DocumentsEndpoint(LibraryEndpoint):
    name = "documents"
    model = Document
    filter_backends = [Ordering, SearchedInLanguage]
    body_fields = ["id", APIField("title", fields.named("named", "title"))]
    meta_fields = [
        "type",
        APIField("detail_url", fields.Computed(fields.detail_url)),
        APIField("download_url", fields.Computed(fields.file_url)),
        APIField("language", fields.media_language("named")),
        APIField("is_fallback", fields.media_is_fallback("named")),
    ]
    listing_default_fields = [
        *("id", "title", "type", "detail_url", "download_url", "language", "is_fallback")
    ]
    nested_default_fields = ["id", "type", "detail_url", "title"]

    def found(self, text: str) -> list[int]:
        return found_keys(text, self.language, [Document])
