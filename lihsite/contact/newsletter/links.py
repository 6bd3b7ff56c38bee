"""The links in the e-mails of the newsletter: signed, so that nobody makes them up."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

CONFIRM_SALT = "lihsite.contact.newsletter.confirm"
UNSUBSCRIBE_SALT = "lihsite.contact.newsletter.unsubscribe"


def confirm_address(key, language: str) -> str:
    """The path at which a subscription is confirmed, in the language that it was asked for in."""
    token = signing.dumps([str(key), language], salt=CONFIRM_SALT)
    return _address("newsletter_confirm", token, language)


def unsubscribe_address(key, language: str) -> str:
    """The path at which a subscription ends: it never expires, as old newsletters lead there."""
    token = signing.dumps(str(key), salt=UNSUBSCRIBE_SALT)
    return _address("newsletter_unsubscribe", token, language)


def _address(name: str, token: str, language: str) -> str:
    with override(language):
        return reverse(name, args=[token])


def read_confirm(token: str) -> tuple[str, str] | None:
    """The key and the language of a link; None if it is not ours, or has expired."""
    days = settings.NEWSLETTER_DAYS_TO_CONFIRM
    try:
        key, language = signing.loads(token, salt=CONFIRM_SALT, max_age=days * 24 * 3600)
    except signing.BadSignature:
        return None
    return (key, language) if language in dict(settings.LANGUAGES) else None


def read_unsubscribe(token: str) -> str | None:
    try:
        return signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        return None
