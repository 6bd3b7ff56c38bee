"""Deletes for good what can no longer be restored."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from .models import DELETE_FOR_GOOD, DeletedPage, DeletedRow

DELETE = "lihsite.delete_for_good"


def may_delete_for_good(user) -> bool:
    return user.has_perm(f"trash.{DELETE_FOR_GOOD}")


@transaction.atomic
def delete_for_good(entry: DeletedPage, user=None) -> None:
    """Without a user: because its time is over. Raises PermissionDenied.

    The log keeps that there was such a page, and what was done to it.
    """
    if user and not may_delete_for_good(user):
        raise PermissionDenied(_("You may not delete pages for good."))
    # Saved one by one, an entry of the log insists that the page is there.
    PageLogEntry.objects.bulk_create([log_entry(entry, user)])
    entry.delete()


def log_entry(entry: DeletedPage, user) -> PageLogEntry:
    last = PageLogEntry.objects.filter(page_id=entry.page_key).order_by("-pk").first()
    return PageLogEntry(
        page_id=entry.page_key,
        content_type_id=last and last.content_type_id,
        action=DELETE,
        label=str(entry),
        user=user,
        timestamp=timezone.now(),
        uuid=uuid4(),
        deleted=True,
        data={"pages": entry.pages},
    )


def empty(now: datetime | None = None) -> int:
    """Delete for good the pages whose time is over, and of others what ends with its own time.

    Returns the number of pages.
    """
    now = now or timezone.now()
    DeletedRow.objects.filter(ends_at__lte=now).delete()
    pages = 0
    for entry in DeletedPage.objects.over(now).order_by("kept_until", "pk"):
        pages += entry.pages
        delete_for_good(entry)
    return pages
