"""Query sets of the library in which a plain field name means the source language."""

from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.images.models import ImageQuerySet as WagtailImageQuerySet

from lihsite.multilingual.querysets import SourceLanguageQuerySet


class ImageQuerySet(SourceLanguageQuerySet, WagtailImageQuerySet):
    """Pictures, whatever language is active."""


class DocumentQuerySet(SourceLanguageQuerySet, WagtailDocumentQuerySet):
    """Documents, whatever language is active."""
