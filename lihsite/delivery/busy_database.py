"""An answer for those who meet a database in which others write for too long."""

import sqlite3

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

RETRY_AFTER = 5
"""Seconds after which it is worth while to try again (RFC 9110, 10.2.3)."""

SQLITE_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
POSTGRESQL_STATES = {"40001", "40P01", "55P03"}
"""Serialization failure, deadlock, lock not available: the transaction may be tried again."""


class BusyDatabaseMiddleware:
    """Answers 503 where a transaction was given up for another one, which has stored nothing.

    What a form has posted is in the answer, to be sent once more by a button; a file has to be
    chosen again. Forms that save by themselves are told in JSON, and try again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not is_busy(error):
            return None
        if request.accepts("application/json") and not request.accepts("text/html"):
            response = self.answer_script()
        else:
            response = self.answer_person(request)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
        return response

    def answer_script(self) -> JsonResponse:
        message = _("Somebody else is saving just now. Nothing is lost; it is tried again.")
        # Wagtail's client shows the message of the errors that it knows.
        answer = {"success": False, "error_code": "validation_error", "busy": True}
        return JsonResponse({**answer, "error_message": message}, status=503)

    def answer_person(self, request) -> HttpResponse:
        posted = [(name, value) for name, values in request.POST.lists() for value in values]
        context = {
            "address": request.get_full_path(),
            "is_form": request.method == "POST",
            "posted": posted,
            "has_files": bool(request.FILES),
        }
        response = HttpResponse(loader.render_to_string("503.html", context), status=503)
        response.headers["Content-Language"] = get_language()
        return response


def is_busy(error: Exception) -> bool:
    """Whether a database gave a transaction up because of others, and would take it later."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    # The lower byte is the primary result code: https://sqlite.org/rescode.html
    is_sqlite_busy = getattr(cause, "sqlite_errorcode", 0) & 0xFF in SQLITE_CODES
    return is_sqlite_busy or getattr(cause, "sqlstate", None) in POSTGRESQL_STATES
