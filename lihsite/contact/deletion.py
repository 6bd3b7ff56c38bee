"""Deletes what was kept for its time: answers to forms, unconfirmed sign-ups, counts."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from lihsite.contact.form_page import FormPage
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.contact.submissions import expired_submissions
from lihsite.expiry import delete_registered
from lihsite.rates import delete_old_rates

DELETE = "contact.delete_expired"


def delete_expired(now: datetime | None = None) -> dict[str, int]:
    """Delete what is due, and say how much: `submissions`, `subscriptions`, `rates` and others.

    Each form's log tells how many answers were deleted, and none of what was in them.
    """
    now = now or timezone.now()
    submissions = 0
    for page in FormPage.objects.order_by("pk"):
        with transaction.atomic():
            count = expired_submissions(page, now).delete()[0]
            if count:
                log(instance=page, action=DELETE, data={"count": count})
        submissions += count
    return {
        "submissions": submissions,
        "subscriptions": Subscription.objects.never_confirmed(now).delete()[0],
        "rates": delete_old_rates(now),
        **delete_registered(now),
    }
