"""Counts visits of pages: whatever answers a visitor, a view or a cache, calls `count_visit`.

Nothing about the visitor is kept: no address, no cookie, no browser. Those who ask not to be
tracked (`DNT`, `Sec-GPC`) are not even counted.
"""

import re
import time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http.request import split_domain_port
from django.utils import timezone

from lihsite.models import BasePage
from lihsite.pages.finding import Found, find_pages
from lihsite.pages.sites import site_of
from lihsite.tallies import Counted, Tally, add_counts

from .models import PageVisits

QUARTER = 15 * 60
"""Of an hour, in seconds."""

NO_READERS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|archiv|preview|monitor|scan|fetch|headless|lighthouse"
    r"|curl|wget|python|java/|okhttp|go-http|libwww|httpclient|node|scrapy|facebookexternalhit",
    re.IGNORECASE,
)
"""What programs that are no browsers call themselves; the rule is simple and misses some."""


def count_visit(environ: dict) -> None:
    """Count a page that was answered to the request of a WSGI environment (PEP 3333).

    For pages as whole HTML (status 200, or 304 where the browser had it already). Costs no query:
    which page the address is of is found out later, for many visits at once.
    """
    if is_reader(environ):
        host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
        port, path = environ.get("SERVER_PORT", ""), get_path_info(environ)
        visits.add((host, port, path, day_of(int(time.time()) // QUARTER)))


@lru_cache(maxsize=1)
def day_of(quarter: int) -> date:
    """The day by the site's clocks, whatever the time zone of who asked before in this thread.

    Time zones change days at full quarters of an hour, so it is found out that often alone.
    """
    moment = datetime.fromtimestamp(quarter * QUARTER, UTC)
    return timezone.localdate(moment, timezone.get_default_timezone())


def is_reader(environ: dict) -> bool:
    """Whether a person asked, who has nothing against being counted and does not work here."""
    agent = environ.get("HTTP_USER_AGENT", "")
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and bool(agent)
        and environ.get("HTTP_DNT") != "1"
        and environ.get("HTTP_SEC_GPC") != "1"
        and "prefetch" not in environ.get("HTTP_SEC_PURPOSE", "")
        and f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", "")
        and not is_program(agent)
    )


@lru_cache(maxsize=512)
def is_program(agent: str) -> bool:
    """Whether a browser's name is none of a browser; few names come again and again."""
    return bool(NO_READERS.search(agent))


def write_visits(counted: dict[tuple, Counted]) -> None:
    """Add the visits of addresses to those of their pages; other addresses count for nothing."""
    by_host = {}
    for (host, port, path, day), (count, _facts) in counted.items():
        by_host.setdefault((host, port), {}).setdefault(path, []).append((day, count))
    sums = {}
    for (host, port), paths in by_host.items():
        site = site_of(split_domain_port(host)[0], port)
        if site is None:
            continue
        for path, found in pages_read(site.root_page, paths).items():
            for day, count in paths[path]:
                key = (found.page, found.language, day)
                sums[key] = sums.get(key, 0) + count
    forget_old_visits()
    add_counts(
        PageVisits,
        [
            {"page": page, "language": language, "day": day, "count": count}
            for (page, language, day), count in sums.items()
        ],
        key=("page", "language", "day"),
    )


def pages_read(root, paths) -> dict[str, Found]:
    """The page of each path; what is left of a path is for types that have addresses below."""
    found = find_pages(root, paths)
    with_rest = {one.page for one in found.values() if one.route}
    pages = BasePage.objects.filter(pk__in=with_rest).only("content_type").in_bulk()
    routing = {pk for pk, page in pages.items() if page.specific_class.route is not BasePage.route}
    return {path: one for path, one in found.items() if not one.route or one.page in routing}


def forget_old_visits() -> None:
    """Delete what is older than `VISITS_KEPT_DAYS`; once a day there is something to delete."""
    oldest = timezone.localdate() - timedelta(days=settings.VISITS_KEPT_DAYS)
    PageVisits.objects.filter(day__lt=oldest).delete()


visits = Tally(write_visits)
