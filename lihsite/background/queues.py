"""The queues, each worked on by a thread of its own, so that none keeps another waiting."""

from functools import partial

from django.db import transaction
from django_tasks.base import Task

CLOCK = "clock"
"""What is due every minute. It is not tried again: the next minute comes."""
MAIL = "mail"
"""A mail server that does not answer keeps each mail waiting for its time limit."""
DEFAULT = "default"
"""What follows a change: pictures, cards, caches."""
SLOW = "slow"
"""What may take minutes, such as the work of the night."""

QUEUES = (CLOCK, MAIL, DEFAULT, SLOW)


def enqueue_with_commit(task: Task, *args) -> None:
    """Have the task done once the transaction is through, and not if it is undone.

    Where tasks are stored, the task is stored in the transaction: whoever is killed right after the
    commit loses none. Elsewhere it runs after the commit; if it fails, that is logged.
    """
    if task.get_backend().supports_defer:
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args), robust=True)
