"""Tells owners of accounts by mail when how they sign in has changed, whoever did it.

Whoever finds an open session, or a password, would first make a way in of their own.
"""

import logging
from smtplib import SMTPException

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from .audit import AccountEvent, Kind
from .factors import ALL
from .mails import send_mail

logger = logging.getLogger(__name__)

TOLD = {
    Kind.FACTOR_ADDED,
    Kind.FACTOR_REMOVED,
    Kind.RECOVERY_CODES,
    Kind.RECOVERY_CODE_USED,
    Kind.IDENTITY_LINKED,
    Kind.PASSWORD,
    Kind.EMAIL,
}


@receiver(post_save, sender=AccountEvent)
def tell(sender, instance, created, raw=False, **kwargs) -> None:
    """At the address that the account had before the event.

    Who has never signed in is told nothing: whoever makes an account sets its first password.
    """
    event, account = instance, instance.account
    if raw or not created or event.kind not in TOLD or account is None:
        return
    address = account.recorded_state["email"]
    if not (address and account.is_active and account.last_login):
        return
    context = {
        # Not the event's own display, which would be in the language of whoever acts.
        "what": Kind(event.kind).label,
        "detail": "" if event.detail == ALL else event.detail,
        "when": timezone.localtime(event.happened_at, timezone.get_default_timezone()),
        "actor": "" if event.actor_name == account.get_username() else event.actor_name,
    }
    try:
        send_mail("change", account, address, ("account", event.pk), context)
    except (SMTPException, OSError):
        logger.exception("The mail about event %s of an account could not be sent", event.pk)
