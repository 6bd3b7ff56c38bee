"""E-mails of the workspace, each in its recipient's language."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

logger = logging.getLogger(__name__)


def send_to(people, template: str, context: dict, *, preference: str | None = None) -> int:
    """Send the mail `lihsite/admin/mail/<template>` to each of the people; returns how many went.

    People without an address, and those who have turned the named preference of their Wagtail
    profile off, get none. A mail that cannot be sent is logged: what it tells of has happened.
    """
    sent = 0
    for person in people:
        profile = UserProfile.get_for_user(person)
        wants_it = preference is None or getattr(profile, preference)
        if not (person.is_active and person.email and wants_it):
            continue
        base_url = settings.WAGTAILADMIN_BASE_URL
        full = {**context, "user": person, "base_url": base_url}
        with override(profile.get_preferred_language()):
            subject = render_to_string(f"lihsite/admin/mail/{template}_subject.txt", full)
            body = render_to_string(f"lihsite/admin/mail/{template}.txt", full)
        try:
            sent += send_mail(" ".join(subject.split()), body.strip() + "\n", [person.email])
        except (SMTPException, OSError):
            logger.exception("A mail to user %s could not be sent", person.pk)
    return sent
