"""Secrets that have to be read again lie sealed in the database, by a key made from `SECRET_KEY`.

Whoever reads the database, or a backup of it, cannot make the codes of somebody's app. What an
earlier key sealed is opened by `SECRET_KEY_FALLBACKS`, and sealed anew by the present one each
night, so a key that was replaced may go after a day. The seal is Fernet
(https://github.com/fernet/spec), whose key is derived by HKDF (RFC 5869).
"""

from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"lihsite.accounts.sealing"
SEALED = "gAAAA"
"""How every seal begins, and no secret of an app, which has no small letters (RFC 4648, 6)."""


class NotOpened(Exception):
    """None of the keys that are set has sealed this."""


def keys() -> list[str]:
    """The present one, and those before it that still count."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def seal(secret: str) -> str:
    return fernet(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def opened(stored: str) -> str:
    """The secret in a seal, or stored as it is before the first night. Raises NotOpened."""
    if not stored.startswith(SEALED):
        return stored
    try:
        return MultiFernet([fernet(key) for key in keys()]).decrypt(stored).decode()
    except InvalidToken as error:
        raise NotOpened from error


def is_sealed(stored: str) -> bool:
    """Whether the present key has sealed it."""
    try:
        fernet(settings.SECRET_KEY).decrypt(stored)
    except InvalidToken:
        return False
    return True


@cache
def fernet(key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
