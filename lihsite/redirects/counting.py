"""Counts the addresses that visitors ask for in vain."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect

from lihsite.tallies import Counted, Tally, add_counts

from .models import MissingAddress

MOST_ROWS = 2_000
"""How many addresses are kept; those asked for least and longest ago make room for others."""
LONGEST = 255
HOST = re.compile(r"[a-z0-9](?:[a-z0-9._:-]*[a-z0-9])?", re.ASCII)
"""A name or an address as browsers send it; whoever sends anything else has made it up."""
LEFT_OUT = (settings.ADMIN_PATH, settings.STATIC_URL, "/api/")


def count_missing(request) -> None:
    """Count an address that was answered with 404; what it asks for besides its path is not kept.

    Addresses that may name a person or hold a secret (an e-mail address, what begins with an
    underscore) are left out.
    """
    path = Redirect.normalise_path(request.path)
    if (
        request.method in ("GET", "HEAD")
        and len(path) <= LONGEST
        and path.isprintable()
        and "@" not in path
        and "/_" not in path
        and not f"{path}/".startswith(LEFT_OUT)
    ):
        missing.add(path, {"last_seen": timezone.now(), "referrer": referrer_host(request)})


def referrer_host(request) -> str | None:
    """The host of the page that the visitor came from, without the page; None if it is not told."""
    try:
        host = urlsplit(request.headers.get("Referer", "")).hostname
    except ValueError:
        return None
    return host if host and len(host) <= LONGEST and HOST.fullmatch(host) else None


def write_missing(counted: dict[str, Counted]) -> None:
    """Add the counts, then let go of what is too much."""
    rows = [
        {
            "path": path,
            "language": translation.get_language_from_path(path) or "",
            "count": count,
            "last_seen": facts["last_seen"],
            "referrer": facts.get("referrer"),
        }
        for path, (count, facts) in counted.items()
    ]
    add_counts(MissingAddress, rows, key=("path",))
    too_many = MissingAddress.objects.count() - MOST_ROWS
    if too_many > 0:
        least = MissingAddress.objects.order_by("count", "last_seen", "pk")
        keys = list(least.values_list("pk", flat=True)[:too_many])
        MissingAddress.objects.filter(pk__in=keys).delete()


missing = Tally(write_missing)
