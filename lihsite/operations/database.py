"""Whether the database answers, belongs to this version, and what it needs."""

from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from .stops import Stop


def check_answers() -> None:
    """Raises Stop if the database cannot be opened."""
    try:
        if connection.vendor == "sqlite":
            settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Stop(
            f"{database_name()} does not answer ({first_line(error)}): correct DATABASE_URL, or "
            "unset it to use SQLite."
        ) from error


def database_name() -> str:
    """What the database is called in messages: never with its password."""
    configured = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"The database {configured['NAME']}"
    host = ":".join(str(part) for part in (configured["HOST"], configured["PORT"]) if part)
    return f"The database {configured['NAME']} at {host or 'the local socket'}"


def first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def check_version(executor: MigrationExecutor) -> None:
    """Raises Stop if a newer version of the site has migrated the database."""
    if newer := newer_migrations(executor.loader, executor.loader.applied_migrations):
        raise Stop(
            f"{database_name()} was made by a newer version of the site ({newer[-1]}): run that "
            "version, restore an older copy, or name another in DATABASE_URL."
        )


def newer_migrations(loader: MigrationLoader, migrations: Iterable[tuple[str, str]]) -> list[str]:
    """Those of the (app, name) that are of our apps, and that this version does not know."""
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return sorted(
        f"{app}.{name}"
        for app, name in migrations
        if app in loader.migrated_apps and (app, name) not in known
    )


def pending_migrations(executor: MigrationExecutor) -> int:
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
