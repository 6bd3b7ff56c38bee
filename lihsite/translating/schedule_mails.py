"""Tells whoever set a schedule of languages that it could not be done."""

from django.dispatch import receiver

from lihsite.multilingual.schedules import schedule_failed
from lihsite.translating.mail import send_to
from lihsite.translating.publish_actions import publish_url


@receiver(schedule_failed)
def send_failure_mail(sender, schedule, **kwargs):
    if schedule.user:
        page = schedule.page.specific
        context = {"schedule": schedule, "page": page, "url": publish_url(page)}
        send_to([schedule.user], "schedule_failed", context)
