"""What is counted and measured. Where `METRICS_PORT` is set, processes share it through files."""

import os
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily

if settings.METRICS_PORT:
    # prometheus-client makes its files as soon as there is something to count.
    settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)

REQUESTS = Histogram(
    "lihsite_request_seconds",
    "Requests that Django answered, by what was asked for and the status",
    ["kind", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
PAGE_CACHE = Counter(
    "lihsite_page_cache_requests", "Requests that met the page cache, by its answer", ["answer"]
)
DATABASE_ERRORS = Counter(
    "lihsite_database_errors", "Errors of the database, by their class", ["error"]
)
MEMORY = Gauge(
    "lihsite_memory_bytes", "Resident memory of each process", multiprocess_mode="liveall"
)


class TaskFigures:
    """Asks the database, which all machines share, each time that Prometheus asks."""

    def collect(self):
        """Tasks by state and queue, and how long the oldest that is due has waited, in seconds."""
        tasks = GaugeMetricFamily(
            "lihsite_tasks", "Tasks that are not done, by state", labels=["state", "queue"]
        )
        oldest = GaugeMetricFamily(
            "lihsite_oldest_task_seconds", "For how long a task could have been begun"
        )
        try:
            unfinished = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
            counts = unfinished.order_by().values_list("status", "queue_name").annotate(Count("pk"))
            for status, queue, count in counts:
                tasks.add_metric([status.lower(), queue], count)
            oldest.add_metric([], oldest_age())
        except DatabaseError as error:
            DATABASE_ERRORS.labels(type(error).__name__).inc()
        finally:
            connections.close_all()
        yield tasks
        yield oldest


def oldest_age() -> float:
    """0 where nothing is due."""
    now = timezone.now()
    due = DBTaskResult.objects.ready().order_by()
    asked = due.aggregate(asked=Min("enqueued_at"))["asked"]
    return (now - asked).total_seconds() if asked else 0.0


def measure_memory() -> None:
    """Does nothing where the system has no `/proc`."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        pages = int(statistics.read_text().split()[1])
        MEMORY.set(pages * os.sysconf("SC_PAGE_SIZE"))
