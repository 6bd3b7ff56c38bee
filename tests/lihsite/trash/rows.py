"""All that is stored, to be compared before a page was deleted and after it came back."""

import json

from django.apps import apps

from lihsite.plain_rows import read, table_of

DERIVED = {"search", "wagtailsearch", "sessions", "trash"}
"""Made anew from the rest, or no content."""

LOGS = {"wagtailcore.PageLogEntry", "accounts.AccountEvent"}
"""They grow by what is done, and are compared by their beginning."""

REFERENCES = "wagtailcore.ReferenceIndex"
"""Made anew with other keys."""


def stored_rows() -> dict[str, list[str]]:
    """By model, each row as text."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.app_label in DERIVED or not meta.managed or meta.proxy:
            continue
        found = list(read(table_of(model)))
        if meta.label == REFERENCES:
            found = [{name: row[name] for name in row if name != "id"} for row in found]
        rows[meta.label] = sorted(json.dumps(row, sort_keys=True) for row in found)
    return rows


def differences(before: dict, after: dict) -> dict[str, tuple[set, set]]:
    """By model, the rows that are missing, and those that are new; entries of logs aside."""
    found = {}
    for label, rows in before.items():
        missing, new = set(rows) - set(after[label]), set(after[label]) - set(rows)
        if label in LOGS:
            new = set()
        if missing or new:
            found[label] = (missing, new)
    return found
