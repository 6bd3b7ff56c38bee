"""Mails to set a new password, in the language of the account that they go to.

Whether an account exists is told to nobody: the answer is the same, and the accounts are looked for
by a task, so that the answer does not wait for a mail server either.
"""

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm as DjangoPasswordResetForm
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from lihsite.background.queues import MAIL
from lihsite.clients import client_of
from lihsite.rates import take

TEMPLATES = "accounts/mail/password_reset"


class PasswordResetForm(WagtailPasswordResetForm):
    """Asks for mails to the accounts with the address, if there are any, and not too many."""

    def save(self, *, request=None, **options):
        email = self.cleaned_data["email"]
        may_client = request is None or take("reset_client", client_of(request))
        if may_client and take("reset_address", email.casefold()):
            send_mails.enqueue(email)


class Mails(DjangoPasswordResetForm):
    def send_mail(self, subject, template, context, *addresses, **options):
        profile = getattr(context["user"], "wagtail_userprofile", None)
        language = (profile and profile.preferred_language) or settings.LANGUAGE_CODE
        with override(language):
            super().send_mail(subject, template, context, *addresses, **options)


@task(queue_name=MAIL)
def send_mails(email: str) -> None:
    """Send each active account with the address a link that is good for PASSWORD_RESET_TIMEOUT."""
    mails = Mails({"email": email})
    if mails.is_valid():
        mails.save(
            domain_override=settings.WAGTAILADMIN_BASE_URL,
            subject_template_name=f"{TEMPLATES}_subject.txt",
            email_template_name=f"{TEMPLATES}.txt",
            extra_email_context={
                "base_url": settings.WAGTAILADMIN_BASE_URL,
                "site_name": settings.WAGTAIL_SITE_NAME,
                "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            },
        )
