"""Puts a backup in the place of what there is: all of it, or nothing."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from lihsite.batches import batches
from lihsite.models import BasePage
from lihsite.operations import database
from lihsite.operations.stops import Stop
from lihsite.plain_rows import Table, write

from . import sequences
from .archive import DATABASE, MANIFEST, MEDIA, Contents, Part, read_parts, verified
from .errors import Damaged
from .media_files import Files
from .tables import all_table_names

BATCH = 500
NUL = "\x00"


class Restoration:
    """Of one backup; `reading` opens it each time that it is to be read."""

    def __init__(self, reading: Callable, key: str, say: Callable[[str], None]):
        self.reading, self.key, self.say = reading, key, say

    def run(self, replace: bool) -> Contents:
        """Raises Stop and Damaged; then database and media are as they were."""
        database.check_answers()
        with self.reading() as source:
            contents = verified(source, self.key, check_version)
        self.say(f"Backup: whole, {contents.rows:,} rows and {contents.files:,} files")
        older = self.prepare_tables(contents.header, replace)
        self.load(contents)
        if older:
            self.say("Database: bringing it up to this version")
            call_command("migrate", interactive=False, verbosity=0)
            index_content(self.say)
        cache.clear()
        return contents

    def prepare_tables(self, header: dict, replace: bool) -> bool:
        """Have the database in the version of the backup; whether that is an older one."""
        executor = MigrationExecutor(connection)
        database.check_version(executor)
        is_new = not executor.loader.applied_migrations
        if not is_new and not replace and has_content():
            raise Stop(
                f"{database.database_name()} has content: give --replace if the backup is to take "
                "its place, or name an empty database in DATABASE_URL."
            )
        older = missing_migrations(executor, header)
        is_begun = is_of_version(executor, header)
        if older and not (is_new or is_begun):
            raise Stop(
                f"The backup is of an older version ({len(older)} migrations are missing): name an "
                "empty database in DATABASE_URL, which is then brought up to this version."
            )
        if older and is_new:
            self.say("Database: making the tables of the backup's version")
            executor.migrate(last_migrations(executor, header))
        elif not older and database.pending_migrations(executor):
            self.say("Database: making the tables")
            call_command("migrate", interactive=False, verbosity=0)
        return bool(older)

    def load(self, contents: Contents) -> None:
        files = Files()
        files.forget_others()
        try:
            with self.reading() as source, ExitStack() as stack:
                parts = self.checked(read_parts(source, self.key), contents)
                media, others = split(parts)
                for part in media:
                    files.add(part.name.removeprefix(MEDIA), part.content, part.sha256)
                self.say(f"Media: {len(files.added)} added, {len(files.beside)} replaced")
                stack.enter_context(writing_alone())
                Loading(contents, self.say).run(others)
                if not missing_migrations(MigrationExecutor(connection), contents.header):
                    index_content(self.say)
        except BaseException:
            files.undo()
            raise
        files.finish()

    def checked(self, parts: Iterable[Part], contents: Contents) -> Iterator[Part]:
        """The same parts as were verified; the manifest comes last."""
        for part in parts:
            if part.name != MANIFEST and contents.digests.get(part.name) != part.sha256:
                raise Damaged(f"{part.name} has changed since it was verified")
            yield part


def split(parts: Iterator[Part]) -> tuple[Iterator[Part], Iterator[Part]]:
    """The parts before those of the database, and these: to be read one after the other."""
    held = []

    def before():
        for part in parts:
            if part.name.startswith(DATABASE) or part.name == MANIFEST:
                held.append(part)
                return
            if part.name.startswith(MEDIA):
                yield part

    def after():
        yield from itertools.chain(held, parts)

    return before(), after()


@contextmanager
def writing_alone() -> Iterator[None]:
    """A transaction in which nobody else writes, while visitors go on reading what there was."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            tables = ", ".join(connection.ops.quote_name(name) for name in present_tables())
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        yield


def present_tables() -> list[str]:
    there = set(connection.introspection.table_names())
    return [name for name in all_table_names() if name in there]


class Loading:
    """Within one transaction: empties the tables, fills them, and brings all else up to that."""

    def __init__(self, contents: Contents, say: Callable[[str], None]):
        self.contents, self.say = contents, say
        self.tables = [Table.from_json(stored) for stored in contents.header["tables"]]
        self.by_name = {table.name: table for table in self.tables}
        self.nuls = 0

    def run(self, parts: Iterator[Part]) -> None:
        """Raises Stop if the database refuses what is in the backup, Damaged if it has no place."""
        if unknown := self.by_name.keys() - set(connection.introspection.table_names()):
            raise Damaged(f"{min(unknown)} is no table of its version")
        self.empty()
        for part in parts:
            if part.name.startswith(DATABASE):
                self.fill(part)
        sequences.go_on_after(self.tables, self.contents.manifest["sequences"])
        self.check()
        self.say(f"Database: {self.contents.rows:,} rows in {len(self.tables)} tables")
        if self.nuls:
            self.say(f"Database: NUL characters taken out of {self.nuls} rows")

    def empty(self) -> None:
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            for name in present_tables():
                cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608

    def fill(self, part: Part) -> None:
        table = self.by_name.get(part.name.removeprefix(DATABASE)[4 : -len("-00001.jsonl.gz")])
        if table is None:
            raise Damaged(f"{part.name} is of no table of its header")
        rows = map(self.acceptable, named_rows(part, table))
        for batch in batches(rows, BATCH):
            try:
                write(table, batch)
            except (DatabaseError, TypeError, ValidationError, ValueError) as error:
                raise Stop(
                    f"The database does not take a row of {table.name} "
                    f"({database.first_line(error)}): nothing was changed."
                ) from error

    def acceptable(self, row: dict) -> dict:
        """PostgreSQL takes no NUL character in any text, which SQLite does."""
        if connection.vendor != "postgresql":
            return row
        cleaned = {name: without_nul(value) for name, value in row.items()}
        self.nuls += cleaned != row
        return cleaned

    def check(self) -> None:
        try:
            connection.check_constraints()
        except IntegrityError as error:
            raise Stop(
                f"The backup does not hold together ({database.first_line(error)}): nothing was "
                "changed."
            ) from error


def named_rows(part: Part, table: Table) -> Iterator[dict]:
    """The rows by their columns. Raises Damaged for one that has others."""
    names = [column.name for column in table.columns]
    for row in part.rows():
        if not isinstance(row, list) or len(row) != len(names):
            raise Damaged(f"a row in {part.name} has other columns than its table")
        yield dict(zip(names, row, strict=True))


def index_content(say: Callable[[str], None]) -> None:
    """Make what is left out of backups because it can be made."""
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    say("Search: indexing the content")
    call_command("rebuild_search", verbosity=0)
    call_command("update_index", verbosity=0)


def without_nul(value):
    if isinstance(value, str):
        return value.replace(NUL, "")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    if isinstance(value, dict):
        return {without_nul(name): without_nul(one) for name, one in value.items()}
    return value


def has_content() -> bool:
    """Whether there is an account, or a page that somebody wrote."""
    if get_user_model().objects.exists():
        return True
    return BasePage.objects.exclude(content_type__model="basepage").exists()


def check_version(header: dict) -> None:
    """Raises Stop if the backup was made by a newer version of the site."""
    loader = MigrationExecutor(connection).loader
    if newer := database.newer_migrations(loader, migrations_of(header)):
        raise Stop(
            f"The backup was made by a newer version of the site ({newer[-1]}): restore it with "
            "that one. Nothing was changed."
        )


def migrations_of(header: dict) -> set[tuple[str, str]]:
    """Those that the backup's database had, by app and name."""
    return {tuple(name.split(".", 1)) for name in header["migrations"]}


def missing_migrations(executor: MigrationExecutor, header: dict) -> list[tuple[str, str]]:
    """Those of this version that the backup's database had not."""
    return sorted(set(executor.loader.graph.nodes) - migrations_of(header))


def is_of_version(executor: MigrationExecutor, header: dict) -> bool:
    """Whether the tables are those of the backup, as a restoration leaves them that was ended."""
    nodes = set(executor.loader.graph.nodes)
    return nodes & migrations_of(header) == nodes & executor.loader.applied_migrations.keys()


def last_migrations(executor: MigrationExecutor, header: dict) -> list[tuple[str, str]]:
    """For each app the last migration that the backup's database had."""
    there, graph = migrations_of(header), executor.loader.graph
    targets = []
    for node in sorted(there & set(graph.nodes)):
        children = {child.key for child in graph.node_map[node].children}
        if not any(child[0] == node[0] and child in there for child in children):
            targets.append(node)
    return targets
