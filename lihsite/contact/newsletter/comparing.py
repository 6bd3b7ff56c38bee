"""When two e-mail addresses are the same one, decided here: databases compare case differently.

SQLite knows no capital letters beyond ASCII, which domains may have.
"""

from contextlib import suppress

from django.utils.encoding import punycode


def compared(email: str) -> str:
    """The form of an address that all its spellings share: in small letters, its domain in ASCII.

    A local part tells case apart in theory alone (RFC 5321, 2.4). A domain that IDNA (RFC 3490)
    does not know stays as it is.
    """
    local, at, domain = email.casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = punycode(domain)
    return f"{local}{at}{domain}"
