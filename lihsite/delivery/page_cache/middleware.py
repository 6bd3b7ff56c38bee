"""Says of the site's answers which are for everybody, and for how long."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.utils import timezone
from django.utils.cache import has_vary_header, patch_cache_control
from django.utils.translation import get_language_from_path

from lihsite.pages.moments import next_change

from .application import MAKING
from .requests import METHODS, may_be_kept

KEPT = timedelta(minutes=10)
"""For how long an answer is kept at most: a limit to whatever nobody thought of."""

AT_CDN = timedelta(minutes=1)
"""For how long caches in front of us may give a page without asking."""

AT_CDN_WHILE_ASKING = timedelta(minutes=10)
"""For how long they may give it while they ask (`stale-while-revalidate`, RFC 5861)."""

LONGEST = KEPT + AT_CDN + AT_CDN_WHILE_ASKING
"""How old a page may be that they give: it was kept here when they asked for it."""

OF_CONTENT = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}

TEXT = (
    "text/",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
)


class PublicAnswersMiddleware:
    """Marks pages as public, and tells the cache what it may keep.

    Stands outside whatever sets cookies or looks at them. Browsers ask each time and mostly hear
    304; caches of others give a page for a minute, and for ten more while they ask. They hear of
    publications, but not of the hour at which a page changes by itself: as that comes near, they
    ask each time too, and where nobody has asked the database when it comes.

    What somebody gets by who they are, be it a page or a file, no cache keeps.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.next_change = b"", timezone.now()
        """The token of a state of the content, and when pages will change by themselves."""

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in OF_CONTENT or request.method not in METHODS:
            return response
        if not is_impersonal(response):
            mark_private(response)
        elif response.status_code == HTTPStatus.OK:
            self.mark_impersonal(request, response)
        return response

    def mark_impersonal(self, request, response) -> None:
        is_for_all = may_be_kept(request.META)
        making = request.META.get(MAKING)
        change = self.change_after_now(making.token) if making else None
        if is_page(response) and "Cache-Control" not in response.headers:
            if is_for_all and get_language_from_path(request.path_info):
                mark_public(response, change)
            else:
                patch_cache_control(response, private=True, no_cache=True)
        if making and is_for_all and is_public_text(response):
            making.fresh_until = min(change, timezone.now() + KEPT).timestamp()

    def change_after_now(self, token: bytes) -> datetime:
        """When pages change by themselves; asks the database once a state of the content."""
        now = timezone.now()
        known, moment = self.next_change
        if known != token or moment <= now:
            moment = next_change(now)
            self.next_change = token, moment
        return moment


def is_page(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def is_impersonal(response) -> bool:
    """Whether the answer sets no cookie and was made without looking at one."""
    return not (
        response.cookies
        or has_vary_header(response, "Cookie")
        or has_vary_header(response, "Accept-Language")
    )


def is_public_text(response) -> bool:
    return (
        not response.streaming
        and "public" in response.headers.get("Cache-Control", "")
        and response.headers.get("Content-Type", "").startswith(TEXT)
    )


def mark_private(response) -> None:
    """Unless it says as much itself."""
    said = response.headers.get("Cache-Control", "")
    if not said or "public" in said:
        response.headers["Cache-Control"] = "private, no-store"


def mark_public(response, change: datetime | None) -> None:
    """As a page that changes by itself at that time; None if it is not known."""
    if change is None or change < timezone.now() + LONGEST:
        patch_cache_control(response, public=True, max_age=0, s_maxage=0)
        return
    patch_cache_control(
        response,
        public=True,
        max_age=0,
        s_maxage=int(AT_CDN.total_seconds()),
        stale_while_revalidate=int(AT_CDN_WHILE_ASKING.total_seconds()),
    )
