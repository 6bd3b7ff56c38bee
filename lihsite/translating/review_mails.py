"""Tells reviewers what waits for them, and whoever submitted it what was decided."""

from django.dispatch import receiver
from django.urls import reverse

from lihsite.multilingual.reviews import ReviewState, review_changed, reviewers
from lihsite.translating.mail import send_to


@receiver(review_changed)
def send_review_mails(sender, review, user, **kwargs):
    page = review.page.specific
    context = {
        "review": review,
        "page": page,
        "actor": user,
        "url": reverse("translating:review", args=[review.pk]),
    }
    if review.is_waiting:
        people = [one for one in reviewers(page, review.language) if one != user]
        send_to(people, "review_submitted", context, preference="submitted_notifications")
    elif review.submitted_by and review.submitted_by != user:
        approved = review.state == ReviewState.APPROVED
        preference = "approved_notifications" if approved else "rejected_notifications"
        send_to([review.submitted_by], "review_decided", context, preference=preference)
