"""Machines with the demonstration content, and with nothing."""

import shutil

import pytest
from django.db import connection

from tests.conftest import worker_label
from tests.demonstration_database import MigratedDatabase, SqliteDatabases
from tests.lihsite.operations.backup.commands import Machine


@pytest.fixture
def few_files(tmp_path):
    """A media folder with a file in it, and one in a folder."""
    media = tmp_path / "media"
    (media / "original_images").mkdir(parents=True)
    (media / "original_images" / "cells-é.jpg").write_bytes(b"\xff\xd8 cells")
    (media / "a.pdf").write_bytes(b"%PDF")
    return media


@pytest.fixture
def machine(demonstration, tmp_path, few_files):
    """One with the demonstration's database, which may be written to."""
    with demonstration.copy(tmp_path, worker_label("backup")) as (name, media):
        shutil.rmtree(media)
        shutil.copytree(few_files, media)
        yield Machine(demonstration.databases.url(name), media)


@pytest.fixture
def new_sqlite(tmp_path):
    return Machine(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path / "new-media")


@pytest.fixture
def migrated(django_db_setup, tmp_path):
    """One whose database has tables, and nothing in them; of the tests' kind of database."""
    database = MigratedDatabase(connection.settings_dict)
    name = database.databases.copy(database.template, tmp_path, worker_label("restored"))
    yield Machine(database.databases.url(name), tmp_path / "restored-media")
    database.databases.drop(name)


@pytest.fixture
def new_of_the_other_kind(django_db_setup, tmp_path):
    """A new database to upgrade to: on PostgreSQL where the tests have one."""
    databases = MigratedDatabase(connection.settings_dict).databases
    if isinstance(databases, SqliteDatabases):
        name = str(tmp_path / "upgraded.sqlite3")
    else:
        name = f"test_{worker_label('upgraded')}"
        databases.drop(name)
        databases.create(name)
    yield Machine(databases.url(name), tmp_path / "upgraded-media")
    databases.drop(name)
