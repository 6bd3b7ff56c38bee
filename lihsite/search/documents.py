"""Documents as a source of results: their titles, and the text of PDF files."""

from lihsite.media.documents import Document
from lihsite.multilingual.languages import column, language_codes
from lihsite.pages.findable import Findable
from lihsite.pages.library import documents_for_everybody, hour_of

from .document_texts import text_of
from .sources import Source


def document_source(label: str) -> Source:
    return Source(
        "document", label, Document, document_findables, shown_documents, address, original_of
    )


def document_findables(document: Document) -> list[Findable]:
    """An original in each language that it has a version or a title in; nothing while private.

    It is found from when something shows it which everybody gets, by its text once that is read.
    """
    if document.version_of_id or is_private(document):
        return []
    findables, hidden_until = [], hour_of(document)
    for code in language_codes():
        version = document.in_language(code)
        title = getattr(version, column("title", code)) or getattr(document, column("title", code))
        if version.language not in ("", code) or not title or is_private(version):
            continue
        day, body = version.created_at.date(), text_of(version)
        findables.append(Findable(code, title, body=body, date=day, hidden_until=hidden_until))
    return findables


def is_private(document: Document) -> bool:
    return document.collection.get_view_restrictions().exists()


def original_of(document: Document) -> Document:
    return document.version_of or document


def shown_documents(keys: list[int]) -> dict[int, Document]:
    """The documents that are for everybody, whatever the index still says."""
    return {one.pk: one for one in documents_for_everybody(keys)}


def address(document: Document, language: str) -> str:
    return document.in_language(language).url
