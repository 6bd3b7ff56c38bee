"""Spreadsheets of what others wrote: visitors, editors, and whoever names a page in a request."""

from collections.abc import Iterator

from django.utils.translation import get_language, override
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from lihsite.xml_text import xml_text

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: str) -> str:
    """The text as a spreadsheet can hold it, so that no program takes it for a formula.

    A quotation mark in front says that it is text (OWASP, CSV Injection).
    """
    value = xml_text(value)
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def written_in(language: str, lines: Iterator[str]) -> Iterator[str]:
    """The lines, each made while the language is active."""
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


class HarmlessSpreadsheetMixin(SpreadsheetExportMixin):
    """Exports in which nothing that was typed is a formula. Every view with an export has it."""

    def get_heading(self, queryset, field):
        return harmless(super().get_heading(queryset, field))

    def preprocess_field_value(self, field, value, export_format):
        value = super().preprocess_field_value(field, value, export_format)
        return harmless(value) if isinstance(value, str) else value

    def stream_csv(self, queryset):
        """The lines are sent after the view, when the reader's language is active no more."""
        return written_in(get_language(), super().stream_csv(queryset))
