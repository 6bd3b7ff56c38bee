"""What the site writes into its log: a JSON object a line, with the id of the request.

No personal data: no address of a visitor, no query of theirs, no values of SQL. What a database or
a mail server says can name what was to be stored or who was written to, so their exceptions are
told by type alone; e-mail addresses are left out wherever they stand, and an address of the site is
told as its route, since it can hold the secret of a link.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from smtplib import SMTPException
from uuid import uuid4

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)

HEADER = "X-Request-ID"
GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""What a proxy may call a request; anything else is replaced."""

PERSONAL = (DatabaseError, SMTPException)
"""Exceptions whose text can be about people."""

MAIL_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")

LONGEST = 500
"""So many characters of a statement are told; it is known by its beginning."""

request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Gives each request an id, or keeps the one of the proxy, and tells it in the answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get(HEADER, "")
        name = given if GIVEN_ID.fullmatch(given) else uuid4().hex
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers[HEADER] = name
        return response


class JsonFormatter(logging.Formatter):
    """`time` in UTC, `level`, `logger`, `message`; `request`, `exception` and `trace` if any."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
        }
        if name := request_id.get():
            line["request"] = name
        if duration := getattr(record, "ms", None):
            line["ms"] = duration
        if record.exc_info and record.exc_info[1]:
            line |= told(record.exc_info[1])
        # No stream takes half a character (a lone surrogate), which requests can bring.
        return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def message_of(record: logging.LogRecord) -> str:
    """What is logged, with the route in place of the address of the request that it is about."""
    message = record.getMessage()
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match:
        message = message.replace(record.request.path, f"/{match.route}")
    return without_addresses(message)


def without_addresses(text: str) -> str:
    return MAIL_ADDRESS.sub("…@…", text)


def told(error: BaseException) -> dict:
    """The type of an exception and where it came from, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    is_personal = any(isinstance(one, PERSONAL) for one in chain(error))
    text = "" if is_personal else without_addresses(str(error))
    return {
        "exception": f"{type(error).__name__}: {text}" if text else type(error).__name__,
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def chain(error: BaseException | None):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


class SlowQueries:
    """Logs the statements of a connection that take longer than `SLOW_QUERY_MS`, without values."""

    def __call__(self, execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            duration = (time.perf_counter() - started) * 1000
            if duration >= settings.SLOW_QUERY_MS:
                logger.warning("Slow query: %.*s", LONGEST, sql, extra={"ms": round(duration)})


def follow_slow_queries() -> None:
    """From now on, on every connection of this process."""

    def follow(sender, connection, **kwargs):
        if not any(isinstance(wrapper, SlowQueries) for wrapper in connection.execute_wrappers):
            connection.execute_wrappers.append(SlowQueries())

    connection_created.connect(follow, weak=False, dispatch_uid="slow queries")
    for connection in connections.all(initialized_only=True):
        follow(None, connection)
