"""Migrations run once, and take nothing from the version that still runs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.db import connection
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader

from tests.conftest import worker_label
from tests.demonstration_database import MigratedDatabase

OWN_APPS = ("lihsite", "research", "news", "events", "home")

TAKES_AWAY = (
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
)
"""What the version before would miss, which goes on while a new one is set up."""

UNUSED_BEFORE = set()
"""Such migrations, as `app.name`, whose release follows one that no longer used what they take."""


def manage(url: str, *command: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=configured.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def without_an_app(django_db_setup, django_db_blocker, tmp_path):
    """The address of a database which the migrations of one app are still missing in."""
    migrated = MigratedDatabase(connection.settings_dict)
    name = migrated.databases.copy(migrated.template, tmp_path, worker_label("migrating"))
    url = migrated.databases.url(name)
    back = manage(url, "migrate", "background", "zero", "--verbosity=0")
    assert back.communicate()[0] == ""
    yield url
    migrated.databases.drop(name)


@pytest.mark.server
def test_machines_that_start_at_the_same_time_migrate_once(without_an_app):
    machines = [manage(without_an_app, "migrate", "--no-color") for _ in range(4)]
    told = [machine.communicate()[0] for machine in machines]
    assert [machine.returncode for machine in machines] == [0] * 4, told
    assert sum("Applying background.0001_initial... OK" in text for text in told) == 1
    assert sum("No migrations to apply" in text for text in told) == 3


def test_the_running_version_keeps_what_it_uses(db):
    taking = {
        f"{app}.{name}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.partition(".")[0] in OWN_APPS
        and any(isinstance(operation, TAKES_AWAY) for operation in migration.operations)
    }
    assert taking == UNUSED_BEFORE
