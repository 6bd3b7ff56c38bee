"""What all tests share: the demonstration content, a real server, a browser, clean surroundings."""

import gc
import os
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as generated_tests

from lihsite.operations import server
from tests.chromium import CHROMIUM
from tests.demonstration_database import Demonstration, MigratedDatabase
from tests.redis_server import EXECUTABLE, RedisServer

# Playwright's loop runs in the main thread, where Django would refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# No test fails because the machine was busy.
generated_tests.register_profile("patient", deadline=None)
generated_tests.load_profile("patient")

CONTENT_FIXTURE = "demo_database"
BROWSER_FIXTURE = "playwright"
DATABASE_FIXTURES = {"db", "transactional_db", "demonstration", "django_db_setup"}
CONFLICTING_FIXTURES = {"transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--no-skips", action="store_true", help="Fail if a test is skipped, for whatever reason."
    )
    parser.addoption(
        "--in-full", action="store_true", help="Do damage as often as `make damage` does."
    )
    parser.addoption(
        "--write-guide-pictures",
        action="store_true",
        help="Take the pictures of the editors' guide anew.",
    )


def pytest_collection_modifyitems(items):
    """Tests with the demonstration come last: its database stays in place once it is loaded."""
    for item in items:
        if BROWSER_FIXTURE in item.fixturenames:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium was found"))
        if not (item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)):
            item.add_marker(pytest.mark.no_database)
    items.sort(key=lambda item: CONTENT_FIXTURE in item.fixturenames)


def pytest_collection_finish(session):
    """What stays until the end is looked through for garbage no more: a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def clean_surroundings():
    """No test sees the language or the caches that another left."""
    for cache in caches.all():
        cache.clear()
    with translation.override(translation.get_language()):
        yield


@pytest.fixture(scope="session", autouse=True)
def media_folder():
    """Uploads of all tests go to a folder of their own."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        yield Path(folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The tests' database is a copy, where each process would run all migrations."""
    migrated = MigratedDatabase(connection.settings_dict)
    migrated.prepare()
    migrated.begin_tests()


@pytest.fixture(scope="session")
def demonstration(django_db_setup):
    """The template that databases with the demonstration content are copied from."""
    content = Demonstration(connection.settings_dict)
    content.prepare()
    return content


@pytest.fixture(scope="session")
def demo_database(demonstration, django_db_blocker, tmp_path_factory):
    """From here on, the database of the tests holds the demonstration content."""
    configured = connection.settings_dict
    empty = configured["NAME"]
    folder = tmp_path_factory.mktemp("demonstration")
    with ExitStack() as stack, django_db_blocker.unblock():
        name, media = stack.enter_context(demonstration.copy(folder, worker_label("tests")))
        stack.enter_context(override_settings(MEDIA_ROOT=str(media)))
        configured["NAME"] = name
        connection.close()
        ContentType.objects.clear_cache()
        yield
        connection.close()
        configured["NAME"] = empty


@pytest.fixture
def database_of_its_own(demonstration, demo_database, django_db_blocker, tmp_path):
    """A copy of the demonstration in which every thread stores for good what it saves.

    It takes the place of `demo_database`, which is a file: a database in memory would be gone.
    """
    configured = connection.settings_dict
    before = configured["NAME"]
    copied = demonstration.copy(tmp_path, worker_label("threads"))
    with django_db_blocker.unblock(), copied as (name, _media):
        connection.close()
        configured["NAME"] = name
        ContentType.objects.clear_cache()
        yield
        connection.close()
        configured["NAME"] = before
        ContentType.objects.clear_cache()


@pytest.fixture
def demo(request, demo_database, db):
    """The demonstration content, in a transaction that is rolled back after the test."""
    if conflicting := CONFLICTING_FIXTURES & set(request.fixturenames):
        pytest.fail(f"{conflicting} would empty the database that the other tests share.")


@pytest.fixture(scope="module")
def shared_rows(django_db_setup, django_db_blocker):
    """What a module's own fixtures store is there in all its tests, and gone after the last.

    Each test still runs in a transaction of its own, which is a savepoint in this one. What such a
    fixture gives to tests is keys, or read again: an object would keep what a test did to it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class LiveServer:
    """A running server: `url` has no slash at its end; `environment` names its database."""

    url: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def live_demo_server(demonstration, tmp_path_factory):
    """The production server with the demonstration, for all tests that only look at it."""
    with serving(demonstration, tmp_path_factory.mktemp("live"), "live") as live:
        yield live


@pytest.fixture(scope="module")
def edited_demo_server(demonstration, tmp_path_factory):
    """The same with a copy of the content of its own for each module, whose tests change it."""
    with serving(demonstration, tmp_path_factory.mktemp("edited"), "edited") as live:
        yield live


@contextmanager
def serving(demonstration, folder, purpose):
    with demonstration.copy(folder, worker_label(purpose)) as (name, media):
        port = server.free_port()
        environment = {
            "DATABASE_URL": demonstration.databases.url(name),
            "MEDIA_ROOT": str(media),
        }
        process = server.start(port, workers=1, environment=environment)
        try:
            server.wait_until_ready(process, port)
            yield LiveServer(f"http://{server.HOST}:{port}", environment)
        finally:
            server.stop(process)


@pytest.fixture
def redis(tmp_path):
    if not EXECUTABLE:
        pytest.skip("no Redis or Valkey was found")
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()


def worker_label(purpose: str) -> str:
    return f"{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }
