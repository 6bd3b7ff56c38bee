"""The sites that are measured: the demonstration as it is, and grown to many pages."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from lihsite.operations.environment import ROOT

FOLDER = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Site:
    """A database with its media; the sites share what is drawn and what is collected."""

    name: str
    pages: int | None = None
    database_url: str = ""
    """Where it is empty: a SQLite file."""

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.sqlite3"

    def environment(self, settings_module: str = "lihsite.settings.production") -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings_module,
            "ONE_MACHINE": "1",
            "VAR_DIR": str(FOLDER),
            "DATABASE_URL": self.database_url or f"sqlite:///{self.file}",
            "MEDIA_ROOT": str(FOLDER / f"media-{self.name}"),
        }

    def manage(self, *command: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment(),
            check=True,
        )

    def prepare(self) -> None:
        """Make the site, or bring an older one up to date."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity=0")
        self.manage("compile_catalogues")
        self.manage("load_demo", *(["--pages", str(self.pages)] if self.pages else []))
        self.manage("collectstatic", "--no-input", "--verbosity=0")

    def run(self, module: str, *arguments: str, settings_module: str | None = None) -> str:
        """The output of one of our modules, run in a process of its own."""
        environment = self.environment(settings_module or "lihsite.settings.production")
        result = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return result.stdout


@contextmanager
def database_beside(url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database on the server of another, dropped in the end."""
    name = f"lihsite_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
