"""Mails on their way: stored with what they tell of, and delivered as soon as a server takes them.

`EMAIL_BACKEND` is `MailQueue`, so this holds for each mail of the site, those of Wagtail and Django
too. A mail is known by its `Message-ID` (RFC 5322, 3.6.4): who writes about an event names the mail
by `message_id_of`, and the event is told once. A server that had taken a mail when the worker was
killed, but not yet said so, gets it again with the same `Message-ID`.
"""

from email import message_from_bytes
from email.message import Message
from smtplib import SMTPException, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import MIMEMixin
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .models import OutgoingMail
from .queues import MAIL


class NotDelivered(Exception):
    """The mail server did not answer, or did not take the mail; says why, and names nobody."""


class MailQueue(BaseEmailBackend):
    """Takes mails and has them delivered by the workers, through `DELIVERY_EMAIL_BACKEND`."""

    def send_messages(self, email_messages):
        """Store the mails, in the transaction if there is one; returns how many it has taken."""
        messages = [message for message in email_messages if message.recipients()]
        for message in messages:
            queue(message)
        return len(messages)


def queue(message: EmailMessage) -> None:
    """Raises BadHeaderError, as any backend, for what is no header."""
    content = message.message()
    with transaction.atomic():
        mail, is_new = OutgoingMail.objects.get_or_create(
            message_id=content["Message-ID"],
            defaults={
                "sender": message.from_email,
                "recipients": message.recipients(),
                "content": content.as_bytes(linesep="\r\n"),
            },
        )
        if is_new:
            deliver.enqueue(mail.pk)


def message_id_of(*event) -> str:
    """The `Message-ID` of the mail about an event that is known by a few words and numbers."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    return f"<{'.'.join(str(part) for part in event)}@{host}>"


class StoredContent(MIMEMixin, Message):
    """A whole message that writes itself as those of Django do."""


class StoredMessage(EmailMessage):
    """A mail as it was stored, for a backend of Django."""

    def __init__(self, mail: OutgoingMail):
        self.content = message_from_bytes(bytes(mail.content), StoredContent)
        super().__init__(self.content["Subject"] or "", "", mail.sender, mail.recipients)

    def message(self):
        return self.content


@task(queue_name=MAIL)
def deliver(pk: int) -> None:
    """Hand a mail to the mail server, unless it has it; raises NotDelivered."""
    mail = OutgoingMail.objects.filter(pk=pk, sent_at=None).first()
    if mail is None:
        return
    try:
        get_connection(settings.DELIVERY_EMAIL_BACKEND).send_messages([StoredMessage(mail)])
    except (SMTPException, OSError) as error:
        # What a server answers may name the recipient.
        raise NotDelivered(reason(error)) from None
    OutgoingMail.objects.filter(pk=pk).update(sent_at=timezone.now(), content=b"", recipients=[])


def reason(error: Exception) -> str:
    name = type(error).__name__
    if isinstance(error, SMTPResponseException):
        return f"the mail server answered {error.smtp_code} ({name})"
    if isinstance(error, SMTPException):
        return f"the mail server did not take the mail ({name})"
    return f"the mail server did not answer ({name})"
