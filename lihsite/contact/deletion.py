"""Deletes what visitors have sent and was kept for its time: answers to forms, sign-ups."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from lihsite.contact.form_page import FormPage
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.contact.submissions import expired_submissions

DELETE = "contact.delete_expired"


def delete_submissions(now: datetime) -> int:
    """Each form's log tells how many answers were deleted, and none of what was in them."""
    deleted = 0
    for page in FormPage.objects.order_by("pk"):
        with transaction.atomic():
            count = expired_submissions(page, now).delete()[0]
            if count:
                log(instance=page, action=DELETE, data={"count": count})
        deleted += count
    return deleted


def delete_unconfirmed_subscriptions(now: datetime) -> int:
    return Subscription.objects.never_confirmed(now).delete()[0]
