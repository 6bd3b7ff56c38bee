"""Where tasks are kept: in the database, except for those that others rely on at once."""

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.backend import DatabaseBackend


class QueueBackend(DatabaseBackend):
    """The database's, but for the tasks whose paths `OPTIONS["at_once"]` names.

    Those run where they are asked for, as without a queue.
    """

    def __init__(self, alias: str, params: dict):
        super().__init__(alias, params)
        self.immediate = ImmediateBackend(alias, params)
        self.at_once = frozenset(self.options.get("at_once", ()))

    def enqueue(self, task, args, kwargs):
        if task.module_path in self.at_once:
            return self.immediate.enqueue(task, args, kwargs)
        return super().enqueue(task, args, kwargs)
