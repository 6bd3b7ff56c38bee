"""When sessions end, and how freshly somebody has shown who they are.

A session ends so long after the last act (`SESSION_IDLE_AGE`), and at the latest so long after the
login (`SESSION_COOKIE_AGE`), in seconds. Its end is that of Django's own session, moved with each
act in the admin; so it holds at every address, and visitors' pages are not slowed down by it.
When the password changes, all other sessions of the account end (Django's session hash).
"""

import time
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.models import Session

from lihsite.pages.presence import PING

BEGAN, SEEN, CONFIRMED = "account_began", "account_seen", "account_confirmed"
"""Keys of the session: moments in seconds since 1970."""
WRITTEN_EVERY = 60
"""Seconds between two writings of the last act."""
CONFIRMED_FOR = 15 * 60
"""Seconds for which whoever has shown who they are may change how to sign in."""

NO_ACTS = {
    PING,
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
}
"""What open pages ask by themselves."""


def begin(request) -> None:
    """Right after a login."""
    now = int(time.time())
    request.session[BEGAN] = now
    confirm(request)
    keep(request)


def keep(request) -> None:
    """Note an act, and move the end of the session."""
    session, now = request.session, int(time.time())
    began = session.setdefault(BEGAN, now)
    if now - session.get(SEEN, 0) < WRITTEN_EVERY:
        return
    session[SEEN] = now
    left = began + settings.SESSION_COOKIE_AGE - now
    session.set_expiry(max(1, min(left, settings.SESSION_IDLE_AGE)))


def confirm(request) -> None:
    request.session[CONFIRMED] = int(time.time())


def delete_ended(now: datetime) -> int:
    deleted, _models = Session.objects.filter(expire_date__lt=now).delete()
    return deleted


def is_confirmed(request) -> bool:
    return time.time() - request.session.get(CONFIRMED, 0) < CONFIRMED_FOR
