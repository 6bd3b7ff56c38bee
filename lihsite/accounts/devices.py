"""Browsers that an account has signed in with before.

Whoever guesses the passwords of an account from elsewhere could use up its attempts, and keep its
owner out. A browser that the owner has signed in with has attempts of its own, by a signed cookie
(OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). It lets nobody in.
"""

import unicodedata

from django.conf import settings
from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

COOKIE = "known_device"
AGE = 180 * 24 * 60 * 60
"""In seconds; each login begins it anew."""
SALT = "lihsite.accounts.devices"


def key_of(username: str) -> str:
    """What attempts for a user name are counted by, whether or not anybody has it."""
    normal = unicodedata.normalize("NFKC", username).strip().casefold()
    return salted_hmac(SALT, normal, algorithm="sha256").hexdigest()


def known_device(request, key: str) -> str | None:
    """The browser's own name, if the account with this key has signed in with it."""
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return None
    return stored["device"] if stored["key"] == key else None


def remember_device(response, username: str) -> None:
    stored = {"key": key_of(username), "device": get_random_string(22)}
    response.set_cookie(
        COOKIE,
        signing.dumps(stored, salt=SALT),
        max_age=AGE,
        path=settings.ADMIN_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
