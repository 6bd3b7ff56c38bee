import json
import logging
import re
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import IntegrityError, connection
from django.urls import path, resolve

from lihsite.operations.logs import JsonFormatter, request_id

HEADER = "X-Request-ID"


def broken(request, name):
    raise RuntimeError("out of order")


urlpatterns = [path("broken/<str:name>/", broken)]


def line_of(level=logging.ERROR, message="Out of order", error=None, **extra) -> dict:
    record = logging.LogRecord("site", level, __file__, 1, message, (), None)
    if error:
        record.exc_info = (type(error), error, error.__traceback__)
    vars(record).update(extra)
    formatted = JsonFormatter().format(record)
    assert "\n" not in formatted
    assert formatted.encode()
    return json.loads(formatted)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_is_one_object_with_what_a_reader_needs():
    line = line_of(message="Zweite\nZeile")
    assert line["time"].endswith("+00:00")
    assert (line["level"], line["logger"], line["message"]) == ("error", "site", "Zweite\nZeile")
    assert "request" not in line


def test_lines_of_one_request_have_its_id():
    token = request_id.set("a-request")
    try:
        assert line_of()["request"] == "a-request"
    finally:
        request_id.reset(token)


def test_an_exception_is_told_with_where_it_came_from():
    line = line_of(error=raised(ValueError("no such slug")))
    assert line["exception"] == "ValueError: no such slug"
    assert line["trace"][-1].endswith("raised")


def test_what_the_database_says_of_peoples_data_is_left_out():
    error = raised(IntegrityError("Key (email)=(ada@example.org) already exists"))
    assert line_of(error=error)["exception"] == "IntegrityError"
    try:
        raise RuntimeError(str(error)) from error
    except RuntimeError as outer:
        line = line_of(error=outer)
    assert line["exception"] == "RuntimeError"


def test_whom_a_mail_server_refuses_is_left_out():
    refused = SMTPRecipientsRefused({"ada@example.org": (550, b"no ada@example.org here")})
    assert line_of(error=raised(refused))["exception"] == "SMTPRecipientsRefused"
    line = line_of(message="To ada+x@mail.example.org", error=raised(OSError("ada@example.org?")))
    assert (line["message"], line["exception"]) == ("To …@…", "OSError: …@…?")


def test_the_secret_in_an_address_is_left_out(rf):
    request = rf.get("/en/_review/a-secret-token/")
    request.resolver_match = resolve(request.path)
    line = line_of(message=f"Internal Server Error: {request.path}", request=request)
    assert line["message"] == "Internal Server Error: /en/_review/<str:token>/"


def test_half_a_character_is_written_as_what_it_is():
    assert line_of(message="\ud83d")["message"] == "\ud83d"


def test_an_error_of_a_view_is_one_line_with_the_id_of_its_request(client, settings):
    """Through the whole site, as in production."""
    handler = logging.StreamHandler(stream := StringIO())
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client.raise_request_exception = False
    settings.ROOT_URLCONF = __name__
    try:
        answer = client.get("/broken/ada/?email=ada@example.org", REMOTE_ADDR="192.0.2.7")
    finally:
        logger.removeHandler(handler)
    (written,) = stream.getvalue().splitlines()
    line = json.loads(written)
    assert answer.status_code == 500
    assert line["request"] == answer.headers[HEADER]
    assert line["message"] == "Internal Server Error: /broken/<str:name>/"
    assert line["exception"] == "RuntimeError: out of order"
    assert not re.search(r"ada|192\.0\.2\.7", written)


@pytest.mark.parametrize(
    "given", ["", "short", "two words", "x" * 65, "ünicode-request", "a\tb" * 5]
)
def test_a_request_gets_an_id_unless_a_proxy_gave_a_good_one(client, given):
    answer = client.get("/robots.txt", headers={HEADER: given})
    assert len(answer.headers[HEADER]) == 32
    assert answer.headers[HEADER] != given


def test_the_id_of_a_proxy_is_kept(client):
    answer = client.get("/robots.txt", headers={HEADER: "edge-0123456789"})
    assert answer.headers[HEADER] == "edge-0123456789"


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "lines"), [(0, 1), (60_000, 0)])
def test_slow_queries_are_told_without_their_values(settings, caplog, limit, lines):
    settings.SLOW_QUERY_MS = limit
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["ada@example.org"])
    messages = [record.getMessage() for record in caplog.records]
    assert messages == ["Slow query: SELECT %s"] * lines
