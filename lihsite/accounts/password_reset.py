"""Mails to set a new password, in the language of the account that they go to.

Whether an account exists is told to nobody: the answer is the same, and the accounts are looked for
by a task, so that the answer does not wait for a mail server either.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm as DjangoPasswordResetForm
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from lihsite.background.queues import MAIL
from lihsite.clients import client_of
from lihsite.rates import take

from .mails import send_mail


class PasswordResetForm(WagtailPasswordResetForm):
    """Asks for mails to the accounts with the address, if there are any, and not too many."""

    def save(self, *, request=None, **options):
        email = self.cleaned_data["email"]
        may_client = request is None or take("reset_client", client_of(request))
        if may_client and take("reset_address", email.casefold()):
            send_mails.enqueue(email, uuid4().hex)


class Mails(DjangoPasswordResetForm):
    """The mails of a request that has a name: each account gets one, however often it is sent."""

    def __init__(self, data, request: str):
        super().__init__(data)
        self.request = request

    def send_mail(self, subject, template, context, sender, address, **options):
        account = context["user"]
        event = ("password", self.request, account.pk)
        send_mail("password_reset", account, address, event, context)


@task(queue_name=MAIL)
def send_mails(email: str, request: str = "") -> None:
    """Send each active account with the address a link that is good for PASSWORD_RESET_TIMEOUT.

    What the version before has queued names no request.
    """
    mails = Mails({"email": email}, request or uuid4().hex)
    if mails.is_valid():
        mails.save(
            domain_override=settings.WAGTAILADMIN_BASE_URL,
            extra_email_context={"hours": settings.PASSWORD_RESET_TIMEOUT // 3600},
        )
