"""Sites to be damaged: a few pages on either database, with machines on it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from environ import Env

from tests.__main__ import POSTGRESQL_URL, SQLITE_URL, postgresql_answers
from tests.damage.articles import Articles
from tests.demonstration_database import MigratedDatabase
from tests.machines import environment_of, machines


class Site:
    """A database and media of one test; `machine` starts a server on them."""

    def __init__(self, folder: Path, database_url: str, request):
        self.media = folder / "media"
        self.media.mkdir()
        self.database_url = database_url
        self.machine = entered(request, machines(folder, database_url, self.media))
        self.articles = Articles(environment_of(folder / "beside", database_url, self.media))


@pytest.fixture
def in_full(request) -> bool:
    """Whether damage is done as often as `make damage` wants it."""
    return request.config.getoption("--in-full")


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def site(request, site_on) -> Site:
    return site_on({"SQLite": SQLITE_URL, "PostgreSQL": POSTGRESQL_URL}[request.param])


@pytest.fixture
def sqlite_site(site_on) -> Site:
    return site_on(SQLITE_URL)


@pytest.fixture
def postgresql_site(site_on) -> Site:
    return site_on(POSTGRESQL_URL)


@pytest.fixture
def site_at(request, tmp_path) -> Callable[[str], Site]:
    """Makes a site in the database that a URL names, which has all tables and nothing in them."""
    return lambda url: Site(tmp_path, url, request)


@pytest.fixture
def site_on(request, tmp_path) -> Callable[[str], Site]:
    """Makes a site on the server of a database URL."""

    def made(url: str) -> Site:
        if url == POSTGRESQL_URL and not postgresql_answers():
            pytest.skip(f"no PostgreSQL answers at {POSTGRESQL_URL}")
        migrated = MigratedDatabase(Env.db_url_config(url))
        migrated.prepare()
        databases, label = migrated.databases, f"damage_{os.getpid()}_{tmp_path.name}"
        name = databases.copy(migrated.template, tmp_path, label)
        request.addfinalizer(lambda: databases.drop(name))
        return Site(tmp_path, databases.url(name), request)

    return made


def entered(request, context):
    """Enter a context that lasts as long as the test."""
    request.addfinalizer(lambda: context.__exit__(None, None, None))
    return context.__enter__()
