"""Pages that are deleted, and come back: who hears of it.

Whatever deletes pages (views, bulk actions, the admin's API, code) goes through their query set.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import AbstractPage

page_deleting = Signal()
"""Sent within the transaction of a deletion, with `page`, while all of it is still there.

Once for each page that goes with all below it.
"""

page_restored = Signal()
"""Sent within the transaction in which a deleted page came back, with all below it.

With `page`; `moves`, the (old, new) URL paths of the languages in which it stands elsewhere; and
`referring`, the objects elsewhere that lead to it.
"""

ends: dict[type[models.Model], Callable[[models.QuerySet], dict[object, datetime]]] = {}
"""When rows that go with a page would be deleted anyway: by model, the moments of rows by key."""


def kept_until() -> datetime:
    """Until when a page that is deleted now can be restored."""
    return timezone.now() + timedelta(days=settings.TRASH_DAYS)


def goes_with_page(origin) -> bool:
    """Whether what is deleted goes because its page does; the page's own rows are gone by then.

    `origin` is what Django's signals of deletion say of where it began.
    """
    return issubclass(getattr(origin, "model", type(origin)), AbstractPage)


class TellingDeletionMixin:
    """For the query set of pages."""

    def delete(self, *args, **kwargs):
        """Tell of each page that goes before anything of it is gone; with all below it."""
        with transaction.atomic(using=self.db):
            for page in topmost(self):
                page_deleting.send(sender=type(page), page=page)
            return super().delete(*args, **kwargs)

    delete.alters_data = True
    delete.queryset_only = True


def topmost(pages: models.QuerySet) -> list:
    """The pages that are below no other one of them; their rows, and all below, are locked."""
    model = pages.model.base_page_model
    found = []
    for page in model.objects.filter(pk__in=pages.order_by().values("pk")).order_by("path"):
        if not (found and page.path.startswith(found[-1].path)):
            found.append(page)
            below = model.objects.filter(path__startswith=page.path).order_by("path")
            list(below.select_for_update().values_list("pk"))
    return found
