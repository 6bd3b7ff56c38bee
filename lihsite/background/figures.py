"""What Prometheus is told of tasks: looked up in the database, which all machines share."""

from django.db import Error as DatabaseError
from django.db import connections
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from lihsite.metrics.figures import DATABASE_ERRORS, looked_up

from .states import due_tasks


class TaskFigures(Collector):
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
            oldest.add_metric([], longest_wait())
        except DatabaseError as error:
            DATABASE_ERRORS.labels(type(error).__name__).inc()
        finally:
            connections.close_all()
        yield tasks
        yield oldest


def longest_wait() -> float:
    """In seconds; 0 where nothing is due."""
    since = due_tasks().order_by().aggregate(first=Min("due_since"))["first"]
    return (timezone.now() - since).total_seconds() if since else 0.0


looked_up.append(TaskFigures())
