"""Counts the errors of the database, also those of a connection that could not be made."""

import sys

from django.core.signals import got_request_exception
from django.db import Error as DatabaseError
from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created

from .figures import DATABASE_ERRORS


class ErrorCounter:
    """Wraps the statements of a connection."""

    def __call__(self, execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except DatabaseError as error:
            DATABASE_ERRORS.labels(type(error).__name__).inc()
            raise


def follow_database_errors() -> None:
    """From now on, on every connection of this process."""

    def follow(sender, connection, **kwargs):
        if not any(isinstance(one, ErrorCounter) for one in connection.execute_wrappers):
            connection.execute_wrappers.append(ErrorCounter())

    def count_lost_connection(sender, **kwargs):
        error = sys.exc_info()[1]
        if isinstance(error, OperationalError) and connection.connection is None:
            DATABASE_ERRORS.labels(type(error).__name__).inc()

    connection_created.connect(follow, weak=False, dispatch_uid="database errors")
    got_request_exception.connect(
        count_lost_connection, weak=False, dispatch_uid="lost connections"
    )
    for one in connections.all(initialized_only=True):
        follow(None, one)
