"""Makes a backup while the site goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lihsite.batches import batches
from lihsite.media.files import file_fields
from lihsite.operations import database
from lihsite.operations.stops import Stop
from lihsite.plain_rows import Table, read

from . import media_files, recorded_settings, sequences
from .archive import DATABASE, FORMAT, HEADER, MEDIA, SETTINGS, ArchiveWriter
from .errors import FilesDeleted
from .places import Folder, Store, failures_told, moment_of, name_of
from .rotation import kept
from .snapshots import snapshot
from .tables import LEFT_OUT, kept_tables

ROWS = 2000
"""So many rows make a part: as many as are in memory at a time."""


TRIES = 3


def make_backup(place: Folder | Store, key: str, say: Callable[[str], None]) -> str:
    """Write a backup to the place; returns its name. Raises Stop, and leaves nothing behind then.

    Database and media are of one moment: what the database names then was in the store before.
    Where it is deleted before its turn, the backup is begun anew.
    """
    check_database()
    for left in reversed(range(TRIES)):
        try:
            return write_backup(place, key, say)
        except FilesDeleted as error:
            if not left:
                raise Stop(f"Files are deleted all the while, the last one {error}") from error
            say(f"Begun anew: {error} was deleted meanwhile")


def write_backup(place: Folder | Store, key: str, say: Callable[[str], None]) -> str:
    """Raises FilesDeleted and Stop."""
    with failures_told(place):
        before = set(media_files.names())
    moment = datetime.now(UTC)
    name = name_of(moment, is_sealed=bool(key))
    with (
        failures_told(place),
        outages_told(),
        place.writing(name) as out,
        snapshot(),
        ArchiveWriter(out, key) as writer,
    ):
        write_all(writer, moment, with_secrets=bool(key), before=before, say=say)
    return name


@contextmanager
def outages_told() -> Iterator[None]:
    """Turns a database that goes away meanwhile into one line."""
    try:
        yield
    except DatabaseError as error:
        raise Stop(f"The database: {' '.join(str(error).split())}") from error


def write_all(
    writer: ArchiveWriter, moment: datetime, with_secrets: bool, before: set[str], say
) -> None:
    tables = kept_tables()
    writer.add_json(HEADER, header(moment, tables))
    writer.add_json(SETTINGS, recorded_settings.recorded(with_secrets))
    added = add_media(writer)
    if deleted := (named_files() & before) - added:
        raise FilesDeleted(min(deleted))
    say(f"Media: {len(added)} files")
    counts = {}
    for number, table in enumerate(tables):
        counts[table.name] = add_table(writer, table, number)
        if counts[table.name] >= ROWS:
            say(f"Database: {table.name}, {counts[table.name]:,} rows")
    writer.finish(counts=counts, sequences=sequences.last_numbers(tables))
    say(f"Database: {len(tables)} tables, {sum(counts.values()):,} rows")


def check_database() -> None:
    """Raises Stop if the database does not fit this version."""
    database.check_answers()
    executor = MigrationExecutor(connection)
    database.check_version(executor)
    if count := database.pending_migrations(executor):
        raise Stop(
            f"{database.database_name()} lacks {count} migrations of this version: run `manage.py "
            "migrate`, or the version that it belongs to."
        )


def header(moment: datetime, tables: list[Table]) -> dict:
    applied = MigrationExecutor(connection).loader.applied_migrations
    return {
        "format": FORMAT,
        "made_at": moment.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "left_out": LEFT_OUT,
        "tables": [table.to_json() for table in tables],
    }


def add_table(writer: ArchiveWriter, table: Table, number: int) -> int:
    names = [column.name for column in table.columns]
    rows = ([row[name] for name in names] for row in read(table, batch=ROWS))
    count = 0
    for place, part in enumerate(batches(rows, ROWS), start=1):
        writer.add_rows(f"{DATABASE}{number:03}-{table.name}-{place:05}.jsonl.gz", part)
        count += len(part)
    return count


def add_media(writer: ArchiveWriter) -> set[str]:
    """The names of what was added."""
    added = set()
    for name in media_files.names():
        try:
            content = default_storage.open(name)
        except FileNotFoundError:
            # Deleted since it was listed.
            continue
        with content:
            writer.add(f"{MEDIA}{name}", content)
        added.add(name)
    return added


def named_files() -> set[str]:
    """The files that rows name."""
    return {
        name
        for field in file_fields()
        for name in field.model._base_manager.values_list(field.name, flat=True)
        if name
    }


def rotate(place: Folder | Store, rule: dict[str, int], say: Callable[[str], None]) -> None:
    """Delete the backups that the rule does not keep; other files are left alone."""
    with failures_told(place):
        moments = {name: moment_of(name) for name in place.names()}
        staying = kept(moments.values(), rule)
        for name, moment in sorted(moments.items()):
            if moment not in staying:
                place.delete(name)
                say(f"Deleted: {name}")
