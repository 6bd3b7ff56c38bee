import json
import logging

import pytest
from django.db import IntegrityError, connection

from lihsite.operations.logs import JsonFormatter, request_id

HEADER = "X-Request-ID"


def line_of(level=logging.ERROR, message="Out of order", error=None, **extra) -> dict:
    record = logging.LogRecord("site", level, __file__, 1, message, (), None)
    if error:
        record.exc_info = (type(error), error, error.__traceback__)
    vars(record).update(extra)
    formatted = JsonFormatter().format(record)
    assert "\n" not in formatted
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
