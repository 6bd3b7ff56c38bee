"""Documents as a source of results: their titles, and the text of PDF files."""

import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lihsite.media.documents import Document
from lihsite.multilingual.languages import column, language_codes
from lihsite.pages.findable import Findable
from lihsite.pages.library import for_everybody, hour_of

from .sources import Source

logger = logging.getLogger(__name__)

PAGES_READ = 200
"""The pages of a file that are searched; what follows is annexes."""


def document_source(label: str) -> Source:
    return Source(
        "document", label, Document, document_findables, shown_documents, address, original_of
    )


def document_findables(document: Document) -> list[Findable]:
    """An original in each language that it has a version or a title in; nothing while private.

    It is read when it is uploaded, and found from when something shows it which everybody gets.
    """
    if document.version_of_id or is_private(document):
        return []
    findables, hidden_until = [], hour_of(document)
    for code in language_codes():
        version = document.in_language(code)
        title = getattr(version, column("title", code)) or getattr(document, column("title", code))
        if version.language not in ("", code) or not title or is_private(version):
            continue
        day, body = version.created_at.date(), pdf_text(version)
        findables.append(Findable(code, title, body=body, date=day, hidden_until=hidden_until))
    return findables


def is_private(document: Document) -> bool:
    return document.collection.get_view_restrictions().exists()


def original_of(document: Document) -> Document:
    return document.version_of or document


def pdf_text(document: Document) -> str:
    """The text of a PDF file; "" for other files, and where it cannot be read."""
    if document.file_extension.lower() != "pdf":
        return ""
    try:
        with document.open_file() as file:
            pages = PdfReader(file).pages
            return "\n".join(page.extract_text() for page in pages[:PAGES_READ])
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        # Files come from anywhere: one that is broken is still found by its title.
        logger.warning("No text was read from document %s: %s", document.pk, error)
        return ""


def shown_documents(keys: list[int]) -> dict[int, Document]:
    """The documents that are for everybody, whatever the index still says."""
    return for_everybody(Document).in_bulk(keys)


def address(document: Document, language: str) -> str:
    return document.in_language(language).url
