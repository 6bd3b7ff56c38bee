"""Tells the institute by e-mail what was sent with a form; it is stored if that fails, too."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, override
from django_tasks import task

from lihsite.background.mail import message_id_of
from lihsite.background.queues import MAIL
from lihsite.contact.email_addresses import can_be_mailed
from lihsite.contact.submissions import Submission

logger = logging.getLogger(__name__)


@task(queue_name=MAIL)
def notify(submission_id: int) -> None:
    """Send the e-mail of a submission, in the source language of its page."""
    submission = Submission.objects.select_related("page").filter(pk=submission_id).first()
    if submission is None:
        return
    page = submission.page.specific
    with override(page.source_language):
        mail = mail_of(submission, page)
    try:
        mail.send()
    except (SMTPException, OSError):
        logger.exception("The mail of form submission %s could not be sent", submission_id)


def mail_of(submission, page) -> EmailMessage:
    answers = submission.readable_answers()
    address = settings.WAGTAILADMIN_BASE_URL
    lines = [
        *(f"{question}: {answer}" for question, answer in answers),
        "",
        gettext("Language of the visitor: %(language)s")
        % {"language": submission.get_language_display()},
        gettext("All that was sent with this form: %(url)s")
        % {"url": address + reverse("wagtailforms:list_submissions", args=[page.pk])},
    ]
    asked_for = {q.clean_name for q in page.get_form_fields() if q.field_type == "email"}
    replies = [submission.form_data.get(name) for name in asked_for]
    return EmailMessage(
        subject=" ".join((page.subject or page.title).split()),
        body="\n".join(lines),
        from_email=page.from_address or None,
        to=[one.strip() for one in page.to_address.split(",")],
        reply_to=[one for one in replies if one and can_be_mailed(one)][:1],
        headers={"Message-ID": message_id_of("submission", submission.pk)},
    )
