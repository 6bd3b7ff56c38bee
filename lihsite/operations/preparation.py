"""The steps between an installed environment and a site that can be served.

Each says what it does, does it only where needed, and raises Stop where it cannot.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from lihsite.models import BasePage

from . import catalogues, database, static_files
from .stops import Stop


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def migrate() -> None:
    database.check_answers()
    executor = MigrationExecutor(connection)
    database.check_version(executor)
    count = database.pending_migrations(executor)
    if not count:
        say("Database: up to date")
        return
    say(f"Database: applying {count} migrations")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except InconsistentMigrationHistory as error:
        raise Stop(
            f"{database.database_name()} does not fit this version: restore a copy that does, or "
            "name another in DATABASE_URL."
        ) from error


def compile_messages() -> None:
    count = catalogues.compile_catalogues()
    say(f"Translations: {count} compiled" if count else "Translations: up to date")


def collect_static_files() -> None:
    if not static_files.static_files_changed():
        say("Static files: up to date")
        return
    say("Static files: collecting and compressing")
    say(f"Static files: {static_files.collect_static_files()} collected")


def load_demonstration() -> None:
    own_pages = BasePage.objects.exclude(content_type=ContentType.objects.get_for_model(BasePage))
    if own_pages.exists():
        say("Content: there already, left as it is")
        return
    say("Content: loading the demonstration")
    call_command("load_demo")


def index_content() -> None:
    """After an upgrade that wants the index of search built anew, there is none."""
    if not apps.get_model("search", "SearchEntry").objects.exists():
        say("Search: indexing the content")
        call_command("rebuild_search")


STEPS = [migrate, compile_messages, collect_static_files, load_demonstration, index_content]
