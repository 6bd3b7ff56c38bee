"""Where tasks are kept: in the database, except for those that others rely on at once."""

from django.utils.module_loading import import_string
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.backend import DatabaseBackend


class QueueBackend(DatabaseBackend):
    """The database's, but for the tasks whose paths `OPTIONS["at_once"]` names.

    Those run where they are asked for, as without a queue. `OPTIONS["replaced"]` says by paths in
    the place of which tasks of others stand which of ours, that take the same.
    """

    def __init__(self, alias: str, params: dict):
        super().__init__(alias, params)
        self.immediate = ImmediateBackend(alias, params)
        self.at_once = frozenset(self.options.get("at_once", ()))
        self.replaced = self.options.get("replaced", {})

    def enqueue(self, task, args, kwargs):
        if task.module_path in self.at_once:
            return self.immediate.enqueue(task, args, kwargs)
        if path := self.replaced.get(task.module_path):
            task = import_string(path)
        return super().enqueue(task, args, kwargs)
