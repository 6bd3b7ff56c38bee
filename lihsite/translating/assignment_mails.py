"""Tells people what they were asked to translate."""

from django.db import transaction
from django.urls import reverse

from lihsite.translating.mail import send_to

AT_MOST = 20
"""So many translations are named in one mail; the desk has them all."""


def tell_assignee(assignments) -> None:
    """Send the assignee one mail about all of them, once the transaction is through."""
    first = assignments[0]
    context = {
        "actor": first.assigned_by,
        "count": len(assignments),
        "assignments": assignments[:AT_MOST],
        "more": max(0, len(assignments) - AT_MOST),
        "url": f"{reverse('translating:desk')}?assignee=me",
    }
    transaction.on_commit(lambda: send_to([first.assignee], "assigned", context), robust=True)
