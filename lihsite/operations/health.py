"""Tells whoever watches a process whether it lives, and whether it can do its work.

`/healthz` says that the process answers, and asks nobody else: restarting it because the database
is away would not help. `/readyz` asks what the site stands on, for a load balancer that decides
where to send visitors. Both answer before anything else does, so that they need no host name, no
HTTPS and no database of their own; what they say holds no name, address or secret.
"""

import logging
import time
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache as site_cache
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

ALIVE, READY = "/healthz", "/readyz"

NEEDED = {"database", "migrations"}
"""Without these no page can be answered (503); without another one some things are missing."""


class HealthMiddleware:
    """The first of all: see the module."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == ALIVE:
            return answer({"status": "alive"})
        if request.path_info == READY:
            return readiness()
        return self.get_response(request)


def readiness() -> JsonResponse:
    """`status` is ready, degraded or unavailable; each of `checks` is "ok" or "failed" and took
    so many `ms`. 503 if unavailable.
    """
    checks = {name: checked(name, path) for name, path in settings.HEALTH_CHECKS.items()}
    failed = {name for name, check in checks.items() if check["status"] == "failed"}
    status = "unavailable" if failed & NEEDED else "degraded" if failed else "ready"
    return answer(
        {"status": status, "checks": checks}, status=503 if status == "unavailable" else 200
    )


def checked(name: str, path: str) -> dict:
    started = time.perf_counter()
    try:
        import_string(path)()
    except Exception:
        # Whatever goes wrong: the answer says which, the log says why.
        logger.exception("The check of %s failed", name)
        status = "failed"
    else:
        status = "ok"
    return {"status": status, "ms": round((time.perf_counter() - started) * 1000, 1)}


def answer(content: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


# Each raises whatever it raises where something is wrong.


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    """Raises RuntimeError while the database waits for a migration of this version."""
    missing = last_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise RuntimeError(f"Not applied: {', '.join(sorted('.'.join(key) for key in missing))}")


@cache
def last_migrations() -> set[tuple[str, str]]:
    """Of each app; found once a process, which never sees other files."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def check_cache() -> None:
    """Raises RuntimeError if the cache keeps nothing, which it may do without a word."""
    key = f"health-{uuid4()}"
    site_cache.set(key, "kept", timeout=60)
    if site_cache.get(key) != "kept":
        raise RuntimeError("The cache keeps nothing")
    site_cache.delete(key)


def check_storage() -> None:
    """Asks the store of media for a file; none needs to be there."""
    default_storage.exists("health")
