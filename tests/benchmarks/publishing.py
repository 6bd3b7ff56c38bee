"""What publishing one language costs, beside Wagtail's publication of the whole page."""

import statistics
import time

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lihsite.multilingual.languages import column
from lihsite.multilingual.publishing import publish_languages
from tests.benchmarks.subjects import edited_page


def measured_publishing(times: int) -> dict:
    """Both in turns, of a page whose draft changes one translation; nothing of it is kept."""
    page = edited_page()
    model, key = type(page), page.pk
    language = next(code for code, _name in settings.LANGUAGES if code != page.source_language)
    ways = {
        "one language": lambda page: publish_languages(page, [language]),
        "whole page": lambda page: page.latest_revision.publish(),
    }
    found = {name: [] for name in ways}
    with transaction.atomic():
        for step in range(times + 1):
            for name, publish in ways.items():
                draft = model.objects.get(pk=key).get_latest_revision_as_object()
                setattr(draft, column("title", language), f"{name} {step}")
                draft.save_revision()
                found[name].append(cost(publish, model.objects.get(pk=key)))
        transaction.set_rollback(True)
    return {name: summary(costs[1:]) for name, costs in found.items()}


def cost(publish, page) -> tuple[float, float, int]:
    """Milliseconds, those of the processor, and queries, savepoints aside."""
    started, started_cpu = time.perf_counter(), time.thread_time()
    with CaptureQueriesContext(connection) as context:
        publish(page)
    elapsed, cpu = time.perf_counter() - started, time.thread_time() - started_cpu
    queries = [query for query in context if "SAVEPOINT" not in query["sql"]]
    return elapsed * 1000, cpu * 1000, len(queries)


def summary(costs: list[tuple[float, float, int]]) -> dict:
    elapsed, cpu, queries = zip(*costs, strict=True)
    return {
        "median_ms": round(statistics.median(elapsed), 2),
        "p99_ms": round(sorted(elapsed)[int(len(elapsed) * 0.99)], 2),
        "cpu_ms": round(statistics.median(cpu), 2),
        "queries": max(queries),
    }
