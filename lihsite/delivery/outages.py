"""Answers for those who meet a service that is busy, away or full; what they typed is kept.

Nothing has been stored then: each save is one transaction. The answer says which service it is, in
the language of the admin or of the visitor, and holds what a form has posted, to be sent once more.
"""

import errno
import logging
import sqlite3
from dataclasses import dataclass

import psycopg
from botocore.exceptions import BotoCoreError, ClientError
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

logger = logging.getLogger(__name__)

RETRY_AFTER = 5
"""Seconds after which it is worth while to try again (RFC 9110, 10.2.3)."""


@dataclass(frozen=True)
class Outage:
    """A reason for which nothing can be stored, or shown, just now."""

    name: str
    """What the log calls it; empty for what needs nobody's attention."""
    title: Promise
    told_script: Promise
    """What Wagtail's client shows of a save that a form makes by itself."""
    status: int = 503


BUSY = Outage(
    "",
    gettext_lazy("Somebody else is saving just now"),
    gettext_lazy("Somebody else is saving just now. Nothing is lost; it is tried again."),
)
DATABASE_AWAY = Outage(
    "The database does not answer",
    gettext_lazy("The database does not answer just now"),
    gettext_lazy("The database does not answer just now. Nothing is lost; it is tried again."),
)
STORAGE_FULL = Outage(
    "The storage is full, or broken",
    gettext_lazy("There is no room left to store anything"),
    gettext_lazy("There is no room left to store anything. Keep this page open, and call support."),
    status=507,
)
MEDIA_AWAY = Outage(
    "The store of media does not answer",
    gettext_lazy("The store of pictures and documents does not answer just now"),
    gettext_lazy("The store of pictures and documents does not answer just now. Try again later."),
)

SQLITE_OUTAGES = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED), BUSY),
    **dict.fromkeys((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR), STORAGE_FULL),
    sqlite3.SQLITE_CANTOPEN: DATABASE_AWAY,
}
"""By primary result code: https://sqlite.org/rescode.html"""

POSTGRESQL_OUTAGES = {
    # Serialization failure, deadlock, lock not available: the transaction may be tried again.
    **dict.fromkeys(("40001", "40P01", "55P03"), BUSY),
    # Disk full, input or output error.
    **dict.fromkeys(("53100", "58030"), STORAGE_FULL),
    # Shut down or starting, by an administrator or after a crash; too many connections.
    **dict.fromkeys(("57P01", "57P02", "57P03", "53300"), DATABASE_AWAY),
}
"""By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class OutageMiddleware:
    """Answers 503 or 507 where a view has met an outage; forms that save by themselves get JSON."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        outage = outage_of(error)
        return outage and answer(request, outage)


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage that an error tells of; None for an error of ours."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return outage_of_database(error.__cause__)
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return STORAGE_FULL
    # boto3 raises errors of its own while it handles those of botocore.
    for one in (error, error and (error.__cause__ or error.__context__)):
        if isinstance(one, BotoCoreError):
            return MEDIA_AWAY
        if isinstance(one, ClientError) and http_status(one) >= 500:
            return MEDIA_AWAY
    return None


def outage_of_database(cause: BaseException | None) -> Outage | None:
    if isinstance(cause, sqlite3.Error):
        return SQLITE_OUTAGES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(cause, (psycopg.OperationalError, psycopg.InterfaceError)):
        # Without a state nobody has answered: the connection was refused, or has broken.
        state = cause.sqlstate
        return POSTGRESQL_OUTAGES.get(state) if state else DATABASE_AWAY
    return None


def http_status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def answer(request, outage: Outage) -> HttpResponse:
    """In the active language; needs no database, no session and no media."""
    if outage.name:
        logger.error(outage.name)
    if request.accepts("application/json") and not request.accepts("text/html"):
        response = answer_script(outage)
    else:
        response = answer_person(request, outage)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def answer_script(outage: Outage) -> JsonResponse:
    # Wagtail's client shows the message of the errors that it knows.
    told = {"success": False, "error_code": "validation_error", "busy": True}
    return JsonResponse({**told, "error_message": outage.told_script}, status=outage.status)


def answer_person(request, outage: Outage) -> HttpResponse:
    posted = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "title": outage.title,
        "address": request.get_full_path(),
        "is_form": request.method == "POST",
        "posted": posted,
        "has_files": bool(request.FILES),
    }
    response = HttpResponse(loader.render_to_string("503.html", context), status=outage.status)
    response.headers["Content-Language"] = get_language()
    return response
