"""Serves the figures of all processes of a machine from one of them.

Each process keeps its figures in files of one folder. Whichever gets the port first serves those of
all; if it ends, another gets the port within seconds.
"""

import fcntl
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from .database import follow_database_errors
from .figures import PAGE_CACHE, looked_up, measure_memory

logger = logging.getLogger(__name__)

EVERY = 5
"""Seconds after which figures are brought up to date, and the port is tried again."""


def start(answers_of_page_cache: Callable[[], dict[str, int]] | None = None) -> None:
    """Gather and serve the figures of this process, if `METRICS_PORT` is set.

    `answers_of_page_cache` says how often the page cache gave each answer since it was last asked.
    """
    if settings.METRICS_PORT:
        forget_dead_processes(settings.METRICS_DIR)
        follow_database_errors()
        arguments = [answers_of_page_cache or dict]
        threading.Thread(target=keep, args=arguments, name="metrics", daemon=True).start()


def keep(answers_of_page_cache: Callable[[], dict[str, int]]) -> None:
    pause, serves = threading.Event(), False
    while True:
        try:
            gather(answers_of_page_cache())
            serves = serves or serve()
            if serves:
                mark_dead_processes(settings.METRICS_DIR)
        except Exception:
            # Figures are no reason to fail.
            logger.exception("Figures were not gathered")
        pause.wait(EVERY)


def gather(answers: dict[str, int]) -> None:
    for answer, count in answers.items():
        PAGE_CACHE.labels(answer).inc(count)
    measure_memory()


def serve() -> bool:
    """Whether this process now has the port; another may have it."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(settings.METRICS_DIR))
    for collector in looked_up:
        registry.register(collector)
    try:
        start_http_server(settings.METRICS_PORT, settings.METRICS_HOST, registry)
    except OSError:
        return False
    return True


def forget_dead_processes(folder: Path) -> None:
    """Begin anew where none of the processes lives whose figures are kept.

    While one lives, those of the dead count as well: a counter must not go down.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        others = processes_in(folder) - {os.getpid()}
        if not any(map(is_alive, others)):
            for file in folder.glob("*.db"):
                if process_of(file) != os.getpid():
                    file.unlink()


def mark_dead_processes(folder: Path) -> None:
    for process in processes_in(folder):
        if not is_alive(process):
            mark_process_dead(process, str(folder))


def processes_in(folder: Path) -> set[int]:
    return {process_of(file) for file in folder.glob("*.db")}


def process_of(file: Path) -> int:
    return int(file.stem.rpartition("_")[2])


def is_alive(process: int) -> bool:
    with suppress(ProcessLookupError):
        with suppress(PermissionError):
            os.kill(process, 0)
        return True
    return False
