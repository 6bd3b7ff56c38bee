"""The demonstration content in a database, made once and copied for those that need it.

A template is kept under `var/test/` (on PostgreSQL: as a database) until the code or the day
changes: loading takes much longer than copying. `python -m tests.demonstration_database` makes it
ahead of the tests.
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
from psycopg import sql

FOLDER = settings.VAR_DIR / "test"
SOURCES = ("lihsite", "research", "news", "events", "home")
SOURCE_SUFFIXES = {".py", ".toml", ".md"}


class SqliteDatabases:
    """Template and copies as files."""

    vendor = "sqlite"
    prefix = "demonstration-"

    def __init__(self, configured: dict):
        FOLDER.mkdir(parents=True, exist_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"

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

    def __init__(self, configured: dict):
        self.configured = configured
        checkout = hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]
        self.prefix = f"lihsite_demonstration_{checkout}_"

    def url(self, name: str) -> str:
        user, password = (quote(self.configured[part]) for part in ("USER", "PASSWORD"))
        login = f"{user}:{password}" if password else user
        port = f":{self.configured['PORT']}" if self.configured["PORT"] else ""
        return f"postgres://{login}@{self.configured['HOST']}{port}/{name}"

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


class Demonstration:
    """The demonstration's database and media, for one process of the test run."""

    def __init__(self, configured: dict):
        is_sqlite = configured["ENGINE"].endswith("sqlite3")
        self.databases = (SqliteDatabases if is_sqlite else PostgresqlDatabases)(configured)
        key = source_key()
        self.template = self.databases.template_name(key)
        self.media = FOLDER / f"media-{self.databases.vendor}-{key}"

    def prepare(self) -> None:
        """Make the template if there is none of this code and day; other processes wait."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / f"lock-{self.databases.vendor}").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.databases.exists(self.template) and self.media.exists()):
                self.make()

    def make(self) -> None:
        self.databases.drop_templates()
        for folder in FOLDER.glob(f"media-{self.databases.vendor}-*"):
            shutil.rmtree(folder)
        unfinished = self.databases.template_name("unfinished")
        self.databases.drop(unfinished)
        self.databases.create(unfinished)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.test",
            "DATABASE_URL": self.databases.url(unfinished),
            "MEDIA_ROOT": str(self.media),
        }
        for command in (["migrate", "--verbosity=0"], ["load_demo"]):
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=settings.BASE_DIR,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
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
