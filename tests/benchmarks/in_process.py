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
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.benchmarks.subjects import desk_addresses, edited_page, public_addresses  # noqa: E402

WARM_UP = 5


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["pages", "editing", "desk"])
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    if arguments.what == "pages":
        visitor, addresses = Visitor(), public_addresses()
    elif arguments.what == "desk":
        visitor, addresses = administrator(), desk_addresses()
    else:
        page = edited_page()
        visitor, addresses = (
            administrator(),
            {"Edit form": f"{settings.ADMIN_PATH}pages/{page.pk}/edit/"},
        )
        if others := [code for code, _name in settings.LANGUAGES if code != page.source_language]:
            addresses["Translate view"] = reverse(
                "translating:translate", args=[page.pk, others[0]]
            )
    with connection.execute_wrapper(visitor.count):
        measured = {
            name: measure(visitor, address, arguments.times) for name, address in addresses.items()
        }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
