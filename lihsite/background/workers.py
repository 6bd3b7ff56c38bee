"""The workers of a process: a thread a queue, one that tells they live, and one for the clock."""

import logging
import threading
import time
from collections.abc import Iterable

from django.db import connections
from django.dispatch import Signal
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from .clock import Clock
from .heartbeats import BEAT, beat, forget_own, take_up_again
from .queues import QUEUES

logger = logging.getLogger(__name__)

INTERVAL = 1
"""Seconds after which a queue that was empty is looked at again."""

PAUSE = 5
"""Seconds after which a worker goes on that the database would not answer."""

BETWEEN_LOOKS = 3
"""After so many heartbeats, tasks are looked for whose workers have gone."""


crew_starting = Signal()
"""Sent before a process begins to work. Another one may have been killed between what it committed
and the word of it."""


class Crew:
    """Works on queues from `start` to `stop`, next to whatever else the process does."""

    def __init__(self, queues: Iterable[str] = QUEUES, clock: Clock | None = None):
        self.clock = clock or Clock()
        self.stopping = threading.Event()
        self.workers: dict[str, Worker] = {}
        self.threads = [
            threading.Thread(
                target=self.work_on, args=[queue], name=f"worker: {queue}", daemon=True
            )
            for queue in queues
        ]
        self.heart = threading.Thread(target=self.keep_beating, name="heartbeat", daemon=True)

    def start(self) -> None:
        crew_starting.send(sender=Crew)
        for thread in (self.heart, *self.threads):
            thread.start()
        self.clock.start()

    def stop(self, patience: float) -> bool:
        """Begin no other task, and finish those in hand, for so many seconds at most.

        Returns whether all were finished; what was not is taken up by other workers once the
        process has ended.
        """
        self.stopping.set()
        self.clock.stop()
        for worker in list(self.workers.values()):
            worker.running = False
        deadline = time.monotonic() + patience
        for thread in self.threads:
            if thread.is_alive():
                thread.join(max(0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def work_on(self, queue: str) -> None:
        while not self.stopping.is_set():
            worker = self.workers[queue] = worker_of(queue)
            # Between the two lines above it may have been told to stop.
            worker.running = not self.stopping.is_set()
            try:
                worker.run()
            except Exception:
                # A database that is away comes back; what was in hand is taken up again.
                logger.exception("The worker of queue %s goes on in %d seconds", queue, PAUSE)
                self.stopping.wait(PAUSE)
            finally:
                forget_own()
                connections.close_all()

    def keep_beating(self) -> None:
        count = 0
        while not self.stopping.is_set() or any(thread.is_alive() for thread in self.threads):
            try:
                beat()
                if count % BETWEEN_LOOKS == 0 and not self.stopping.is_set():
                    take_up_again()
            except Exception:
                logger.exception("The workers could not tell that they live")
            connections.close_all()
            count += 1
            if self.stopping.wait(BEAT):
                time.sleep(BEAT / 10)


def worker_of(queue: str) -> Worker:
    return Worker(
        queue_names=[queue],
        excluded_queue_names=[],
        interval=INTERVAL,
        batch=False,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
