"""The language that a visitor chose with the switcher: asked for in the address, kept in a cookie.

The switcher's links carry a parameter; `lihsite.delivery.visitor_language` answers it with a
redirect to the clean address and a cookie. It works without JavaScript, and no other link sets it.
"""

from urllib.parse import urlencode, urlsplit, urlunsplit

PARAMETER = "remember-language"


def remembering(address: str) -> str:
    """The address of a switcher's link: it leads to `address` and has its language remembered."""
    parts = urlsplit(address)
    asked = urlencode({PARAMETER: "yes"})
    return urlunsplit(parts._replace(query=f"{parts.query}&{asked}" if parts.query else asked))
