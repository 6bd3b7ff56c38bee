"""Reads PDF files."""

import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from lihsite.media.documents import Document
from lihsite.xml_text import xml_text

logger = logging.getLogger(__name__)

PAGES_READ = 200
"""The pages of a file that are searched; what follows is annexes."""


def pdf_text(document: Document) -> str:
    """The text of a PDF file; "" where there is none, or it cannot be read."""
    try:
        with document.open_file() as file:
            pages = PdfReader(file).pages
            text = "\n".join(page.extract_text() for page in pages[:PAGES_READ])
    except (
        PyPdfError,
        FileNotFoundError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ) as error:
        # Files come from anywhere: one that is broken is still found by its title.
        logger.warning("No text was read from document %s: %s", document.pk, error)
        return ""
    # A file can name halves of characters, which UTF-8 has no place for; PostgreSQL stores no NUL.
    return xml_text(text)
