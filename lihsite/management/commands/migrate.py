"""Django's `migrate`, by one process at a time."""

from django.core.management.commands import migrate
from django.db import connections

from lihsite.operations.migrating import alone


class Command(migrate.Command):
    """Machines that start at the same time each call it; the first one migrates."""

    def handle(self, *args, **options):
        # What was planned before the lock was there may have been done by others: Django plans
        # in `handle`, so all of it is within.
        with alone(connections[options["database"]]):
            return super().handle(*args, **options)
