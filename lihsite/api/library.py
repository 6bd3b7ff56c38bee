"""Pictures and documents: those that are not private, and that something public uses."""

from wagtail.api import APIField

from lihsite.models import Document, Image
from lihsite.multilingual.shown import shown_text
from lihsite.pages.library import for_everybody
from lihsite.search.queries import found_keys

from . import fields
from .endpoints import Endpoint, Ordering
from .parameters import SearchedInLanguage


class LibraryEndpoint(Endpoint):
    """An original in the version for the language; versions are no entries of their own."""

    orderings = ("id", "created_at")

    def get_queryset(self):
        entries = for_everybody(self.model).filter(version_of=None)
        return entries.prefetch_related("versions").order_by("pk")


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

    def found(self, text: str, queryset) -> list[int]:
        return found_keys(text, self.language, [Document], queryset)
