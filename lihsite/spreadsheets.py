"""Spreadsheets of what others wrote: visitors, editors, and whoever names a page in a request."""

from wagtail.admin.views.mixins import SpreadsheetExportMixin

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: str) -> str:
    """The text, so that no spreadsheet program takes it for a formula.

    A quotation mark in front says that it is text (OWASP, CSV Injection).
    """
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


def harmless_list(values: list) -> str:
    return harmless(", ".join(values))


class HarmlessSpreadsheetMixin(SpreadsheetExportMixin):
    """Exports in which nothing that was typed is a formula. Every view with an export has it."""

    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        list: dict.fromkeys(SpreadsheetExportMixin.FORMATS, harmless_list),
        str: dict.fromkeys(SpreadsheetExportMixin.FORMATS, harmless),
    }
