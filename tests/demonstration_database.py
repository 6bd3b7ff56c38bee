"""Databases that are made once and copied: an empty one, and one with the demonstration content.

A template is kept under `var/test/` (on PostgreSQL: as a database) until the migrations, or the
code or the day, change: making one takes much longer than copying. `python -m
tests.demonstration_database` makes both ahead of the tests. While something is written that the
demonstration does not show, `KEEP_DEMONSTRATION=1` spares making it anew for every line of code.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import quote

import django
import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from psycopg import sql

FOLDER = settings.VAR_DIR / "test"
SOURCES = ("lihsite", "research", "news", "events", "home")
SOURCE_SUFFIXES = {".py", ".toml", ".md"}


class SqliteDatabases:
    """Template and copies as files."""

    vendor = "sqlite"

    def __init__(self, configured: dict, kind: str):
        self.prefix = f"{kind}-"
        FOLDER.mkdir(parents=True, exist_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

    def begin_with(self, template: str) -> None:
        """Let the tests' database, which is in memory, begin as a copy of the template."""

        def fill(sender, connection, **kwargs):
            is_empty = "mode=memory" in connection.settings_dict["NAME"] and not (
                connection.introspection.table_names()
            )
            if is_empty:
                with closing(sqlite3.connect(template)) as source:
                    source.backup(connection.connection)

        connection_created.connect(fill, weak=False, dispatch_uid="migrated database")

    def template_name(self, key: str) -> str:
        return str(FOLDER / f"{self.prefix}{key}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        """Nothing to do: SQLite makes the file when it is opened."""

    def copy(self, template: str, folder: Path, label: str) -> str:
        name = str(folder / f"{label}.sqlite3")
        with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(name)) as target:
            source.backup(target)
        return name

    def finish(self, unfinished: str, template: str) -> None:
        Path(unfinished).replace(template)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)

    def drop_templates(self) -> None:
        for file in FOLDER.glob(f"{self.prefix}*.sqlite3"):
            self.drop(str(file))


class PostgresqlDatabases:
    """Template and copies as databases of the server that `DATABASE_URL` names."""

    vendor = "postgresql"

    def __init__(self, configured: dict, kind: str):
        self.configured = configured
        checkout = hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]
        self.prefix = f"lihsite_{kind}_{checkout}_"

    def url(self, name: str) -> str:
        user, password = (quote(self.configured[part]) for part in ("USER", "PASSWORD"))
        login = f"{user}:{password}" if password else user
        port = f":{self.configured['PORT']}" if self.configured["PORT"] else ""
        return f"postgres://{login}@{self.configured['HOST']}{port}/{name}"

    def begin_with(self, template: str) -> None:
        """Let the tests' database be made as a copy of the template."""
        self.configured["TEST"]["TEMPLATE"] = template

    def template_name(self, key: str) -> str:
        return f"{self.prefix}{key}"

    @contextmanager
    def server(self):
        with closing(
            psycopg.connect(
                host=self.configured["HOST"],
                port=self.configured["PORT"] or None,
                user=self.configured["USER"],
                password=self.configured["PASSWORD"] or None,
                dbname="postgres",
                autocommit=True,
            )
        ) as connection:
            yield connection

    def run(self, statement: str, *names: str) -> None:
        identifiers = [sql.Identifier(name) for name in names]
        with self.server() as connection:
            connection.execute(sql.SQL(statement).format(*identifiers))

    def names(self) -> list[str]:
        with self.server() as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        return [name for (name,) in rows]

    def exists(self, name: str) -> bool:
        return name in self.names()

    def create(self, name: str) -> None:
        self.run("CREATE DATABASE {}", name)

    def copy(self, template: str, folder: Path, label: str) -> str:
        name = f"test_{template}_{label}"[:63]
        self.drop(name)
        self.run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def finish(self, unfinished: str, template: str) -> None:
        self.run("ALTER DATABASE {} RENAME TO {}", unfinished, template)

    def drop(self, name: str) -> None:
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def drop_templates(self) -> None:
        for name in self.names():
            if name.startswith(self.prefix):
                self.drop(name)


def databases_of(configured: dict, kind: str) -> SqliteDatabases | PostgresqlDatabases:
    """Templates of a kind and their copies, on the engine that is configured."""
    is_sqlite = configured["ENGINE"].endswith("sqlite3")
    return (SqliteDatabases if is_sqlite else PostgresqlDatabases)(configured, kind)


class MigratedDatabase:
    """A database with all tables and nothing in them, which every process begins with."""

    def __init__(self, configured: dict):
        self.databases = databases_of(configured, "migrated")
        self.template = self.databases.template_name(migrations_key())

    def prepare(self) -> None:
        """Make the template if there is none of these migrations; other processes wait."""
        with alone(f"migrated-{self.databases.vendor}"):
            if not self.databases.exists(self.template):
                self.databases.drop_templates()
                unfinished = self.databases.template_name("unfinished")
                self.databases.drop(unfinished)
                self.databases.create(unfinished)
                manage(self.databases.url(unfinished), "migrate", "--verbosity=0")
                self.databases.finish(unfinished, self.template)

    def begin_tests(self) -> None:
        """Let the tests' database begin as a copy of it."""
        self.databases.begin_with(self.template)


class Demonstration:
    """The demonstration's database and media, for one process of the test run."""

    def __init__(self, configured: dict):
        self.migrated = MigratedDatabase(configured)
        self.databases = databases_of(configured, "demonstration")
        key = migrations_key() if os.environ.get("KEEP_DEMONSTRATION") else source_key()
        self.template = self.databases.template_name(key)
        self.media = FOLDER / f"media-{self.databases.vendor}-{key}"

    def prepare(self) -> None:
        """Make the template if there is none of this code and day; other processes wait."""
        self.migrated.prepare()
        with alone(f"demonstration-{self.databases.vendor}"):
            if not (self.databases.exists(self.template) and self.media.exists()):
                self.make()

    def make(self) -> None:
        self.databases.drop_templates()
        for folder in FOLDER.glob(f"media-{self.databases.vendor}-*"):
            shutil.rmtree(folder)
        unfinished = self.databases.copy(self.migrated.template, FOLDER, "unfinished")
        url = self.databases.url(unfinished)
        manage(url, "migrate", "--verbosity=0")
        manage(url, "load_demo", MEDIA_ROOT=str(self.media))
        self.databases.finish(unfinished, self.template)

    @contextmanager
    def copy(self, folder: Path, label: str):
        """A database and a media folder of one's own: their name and path, gone afterwards."""
        media = folder / f"{label}-media"
        shutil.copytree(self.media, media)
        name = self.databases.copy(self.template, folder, label)
        try:
            yield name, media
        finally:
            self.databases.drop(name)
            shutil.rmtree(media)


@contextmanager
def alone(name: str):
    """In one process at a time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"lock-{name}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def manage(database_url: str, *command: str, **variables: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "lihsite.settings.test",
        "DATABASE_URL": database_url,
        **variables,
    }
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def migrations_key() -> str:
    """A digest of our migrations and of the packages that bring others."""
    files = [settings.BASE_DIR / "requirements-dev.lock"]
    for folder in SOURCES:
        files += sorted((settings.BASE_DIR / folder).rglob("migrations/*.py"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def source_key() -> str:
    """A digest of the code that makes the content, and of the day that its events surround."""
    digest = hashlib.sha256(date.today().isoformat().encode())
    for folder in SOURCES:
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if file.suffix in SOURCE_SUFFIXES:
                digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    django.setup()
    Demonstration(connection.settings_dict).prepare()
