"""Times requests inside one process, without a network: `python -m tests.benchmarks.in_process`.

Prints JSON: for each address the median and the 99th percentile in milliseconds, the median of the
processor's time, which other work on the machine disturbs less, SQL queries and bytes.
"""

import argparse
import io
import json
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import quote

import django

django.setup()

from django.conf import settings  # noqa: E402 - models need the settings in place
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import close_old_connections, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.benchmarks.publishing import measured_publishing  # noqa: E402
from tests.benchmarks.subjects import (  # noqa: E402
    desk_addresses,
    page_with_blocks,
    public_addresses,
)

WARM_UP = 5
BLOCKS = 60
"""Of the page whose forms are measured."""


@dataclass(frozen=True)
class Answer:
    """What one request cost."""

    elapsed_ms: float
    cpu_ms: float
    queries: int
    size: int


class Visitor:
    """Asks the application as a server would; counts its queries."""

    def __init__(self, cookie: str = ""):
        self.application = get_wsgi_application()
        self.cookie = cookie
        self.queries = 0

    def count(self, execute, sql, parameters, many, context):
        self.queries += 1
        return execute(sql, parameters, many, context)

    def get(self, address: str) -> Answer:
        """Raises RuntimeError unless the answer is 200."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        statuses = []
        self.queries = 0
        started, started_cpu = time.perf_counter(), time.thread_time()
        response = self.application(environ, lambda status, headers: statuses.append(status))
        size = sum(map(len, response))
        response.close()
        elapsed, cpu = time.perf_counter() - started, time.thread_time() - started_cpu
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{quote(address)} answers {statuses[0]}")
        return Answer(elapsed * 1000, cpu * 1000, self.queries, size)


def measure(visitor: Visitor, address: str, times: int) -> dict:
    for _ in range(WARM_UP):
        visitor.get(address)
    answers = [visitor.get(address) for _ in range(times)]
    elapsed = sorted(answer.elapsed_ms for answer in answers)
    return {
        "address": address,
        "median_ms": round(statistics.median(elapsed), 2),
        "p99_ms": round(elapsed[int(len(elapsed) * 0.99)], 2),
        "cpu_ms": round(statistics.median(answer.cpu_ms for answer in answers), 2),
        "queries": max(answer.queries for answer in answers),
        "bytes": answers[-1].size,
    }


def administrator() -> Visitor:
    client = Client()
    client.force_login(get_user_model().objects.filter(is_superuser=True).first())
    return Visitor(f"{settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}")


def measured(visitor: Visitor, addresses: dict[str, str], times: int) -> dict:
    with connection.execute_wrapper(visitor.count):
        return {name: measure(visitor, address, times) for name, address in addresses.items()}


def measured_editing(times: int) -> dict:
    """The forms of a page with many blocks, which is gone again afterwards."""
    for signal in (request_started, request_finished):
        # It would close the connection of a transaction that is going on.
        signal.disconnect(close_old_connections)
    with transaction.atomic():
        page = page_with_blocks(BLOCKS)
        addresses = {"Edit form": f"{settings.ADMIN_PATH}pages/{page.pk}/edit/"}
        if others := [code for code, _name in settings.LANGUAGES if code != page.source_language]:
            addresses["Translate view"] = reverse(
                "translating:translate", args=[page.pk, others[0]]
            )
        results = measured(administrator(), addresses, times)
        transaction.set_rollback(True)
    return results


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["pages", "editing", "desk", "publishing"])
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    match arguments.what:
        case "pages":
            results = measured(Visitor(), public_addresses(), arguments.times)
        case "desk":
            results = measured(administrator(), desk_addresses(), arguments.times)
        case "editing":
            results = measured_editing(arguments.times)
        case "publishing":
            results = measured_publishing(arguments.times)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
