"""Which tables a backup holds: those of all models, whatever app they are of, but for these."""

from django.apps import apps
from django.db import models

from lihsite.plain_rows import Table, table_of

LEFT_OUT = {
    "sessions": "who is signed in signs in again",
    "search": "the index is made anew from the content",
    "wagtailsearch": "so is that of the admin's search",
    "background": "mails would be sent twice; who works, and ran what last, is of the machines",
    "django_tasks_database": "so are tasks; what they make is made when it is needed",
}
"""Apps whose rows are not kept, and why. A restoration empties their tables."""


def all_models() -> list[type[models.Model]]:
    """Each model with a table of its own that migrations make, tables of relations included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def kept_models() -> list[type[models.Model]]:
    return [model for model in all_models() if model._meta.app_label not in LEFT_OUT]


def kept_tables() -> list[Table]:
    return [table_of(model) for model in kept_models()]


def all_table_names() -> list[str]:
    return [model._meta.db_table for model in all_models()]
