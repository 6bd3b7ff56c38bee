"""Where a request comes from: which client, and whether from a page of this site."""

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings

UNKNOWN = "unknown"


def client_of(request) -> str:
    """The address of the client, as far as one client has it for itself.

    Of IPv6 that is the network of 64 bits, all of which one household has (RFC 6177). Behind
    proxies the header `X-Forwarded-For` tells; only what our own proxies appended is believed.
    Each of them appends whom it was asked by, so the client is as many from the end as there are.
    """
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    forwarded = [text.strip() for text in header.split(",") if text.strip()]
    proxies = settings.TRUSTED_PROXIES
    if 0 < proxies <= len(forwarded):
        text = forwarded[-proxies]
    else:
        text = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return UNKNOWN
    if address.version == 6:
        address = address.ipv4_mapped or ip_network(
            f"{address.packed.hex(':', 2)}/64", strict=False
        )
    return str(address)


def is_from_this_site(request) -> bool:
    """Whether a form was sent from one of our pages, told without a cookie.

    Django's token in a cookie protects people who are signed in from pages that send forms in
    their name. These forms act in nobody's name and read no session, so nothing is to be gained
    that way, and a cookie would be set before one is needed. What is left is to refuse the pages
    of others: browsers name them in `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/),
    `Origin` (RFC 6454) or the referrer. Where all are absent nothing speaks against it.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    told = request.headers.get("Origin") or request.headers.get("Referer")
    if not told:
        return True
    try:
        return urlsplit(told).netloc == request.get_host()
    except ValueError:
        return False
