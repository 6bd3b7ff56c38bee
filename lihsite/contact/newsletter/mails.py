"""The e-mail that asks the owner of an address whether the newsletter is wanted."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override
from django_tasks import task

from lihsite.background.mail import message_id_of
from lihsite.background.queues import MAIL
from lihsite.contact.newsletter.links import confirm_address, unsubscribe_address
from lihsite.contact.newsletter.subscriptions import Subscription

logger = logging.getLogger(__name__)


@task(queue_name=MAIL)
def send_link(key: str, language: str, base_url: str, request: str) -> None:
    """Send the owner of an address the link to confirm with, in the language asked for.

    `request` is a name of the request, which is answered once.

    Who has confirmed in that language already is told so: to whoever filled in the form, both look
    alike.
    """
    subscription = Subscription.objects.filter(key=key).first()
    if subscription is None:
        return
    try:
        mail_of(subscription, language, base_url, request).send()
    except (SMTPException, OSError):
        logger.exception("The mail to newsletter subscription %s could not be sent", key)


def mail_of(subscription, language: str, base_url: str, request: str) -> EmailMessage:
    unsubscribe_url = base_url + unsubscribe_address(subscription.key, language)
    context = {
        "confirm_url": base_url + confirm_address(subscription.key, language),
        "unsubscribe_url": unsubscribe_url,
        "is_subscribed": subscription.confirmed_at and subscription.language == language,
        "days": settings.NEWSLETTER_DAYS_TO_CONFIRM,
    }
    with override(language):
        subject = render_to_string("contact/mail/newsletter_subject.txt", context)
        body = render_to_string("contact/mail/newsletter.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[subscription.email],
        headers={
            "Message-ID": message_id_of("newsletter", request),
            # One click ends it, without a page to look at (RFC 2369, RFC 8058).
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Content-Language": language,
            "Auto-Submitted": "auto-replied",
        },
    )
