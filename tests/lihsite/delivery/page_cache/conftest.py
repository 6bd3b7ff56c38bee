import pytest
from django.db import connection

from lihsite.delivery.page_cache.writes import Watcher


@pytest.fixture
def told_of(django_capture_on_commit_callbacks):
    """What is told of a function's changes once they are committed: whether each withdraws."""

    def told(act) -> list[bool]:
        told = []
        with (
            connection.execute_wrapper(Watcher("default", told.append)),
            django_capture_on_commit_callbacks(execute=True),
        ):
            act()
        return told

    return told
