"""Mails about an account, each in its owner's language."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from lihsite.background.mail import message_id_of

FOLDER = "accounts/mail"


def language_of(account) -> str:
    profile = getattr(account, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def send_mail(template: str, account, address: str, event: tuple, context: dict) -> None:
    """Send the mail `accounts/mail/<template>`; of an event (see `message_id_of`) only one."""
    context = {
        **context,
        "user": account,
        "base_url": settings.WAGTAILADMIN_BASE_URL,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    language = language_of(account)
    with override(language):
        subject = render_to_string(f"{FOLDER}/{template}_subject.txt", context)
        body = render_to_string(f"{FOLDER}/{template}.txt", context)
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[address],
        headers={
            "Message-ID": message_id_of(*event),
            "Content-Language": language,
            "Auto-Submitted": "auto-generated",
        },
    ).send()
