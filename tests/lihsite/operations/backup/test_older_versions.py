"""A backup of a version that had fewer migrations comes back, and is brought up to this one."""

from uuid import uuid4

import pytest
from django.db.migrations.loader import MigrationLoader

from lihsite.multilingual.stored_states import TranslationState
from lihsite.operations.backup.archive import DATABASE, HEADER, MANIFEST, ArchiveWriter, read_parts
from tests.lihsite.operations.backup.commands import backup_in, rows_in

FIRST_LATER = ("lihsite", "0021_embargo")
"""What the older version lacks begins with this migration: it adds columns, an index, rows."""


class OlderVersion:
    """The site as it was before a migration and all that came to depend on it."""

    def __init__(self, first_later: tuple[str, str], **further: list[dict]):
        """`further` are rows that only that version could hold, by table."""
        self.further = further
        loader = MigrationLoader(None)
        later = set(loader.graph.backwards_plan(first_later))
        self.migrations = {f"{app}.{name}" for app, name in set(loader.graph.nodes) - later}
        state = loader.project_state([node for node in loader.graph.nodes if node not in later])
        self.columns = {
            model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
            for model in state.apps.get_models(include_auto_created=True)
        }

    def backup_from(self, backup, path) -> dict[str, list[dict]]:
        """Write what a backup of that version would hold of this one; returns its rows by table."""
        rows = {}
        with backup.open("rb") as source, path.open("wb") as out, ArchiveWriter(out) as writer:
            for part in read_parts(source):
                if part.name == HEADER:
                    header = part.json()
                    tables = columns_of(header)
                    self.write_header(header, writer)
                elif part.name.startswith(DATABASE):
                    table = part.name.removeprefix(DATABASE)[4 : -len("-00001.jsonl.gz")]
                    if table in self.columns:
                        kept = [self.known(table, row) for row in named(part.rows(), tables[table])]
                        kept += self.further.pop(table, [])
                        writer.add_rows(part.name, [list(row.values()) for row in kept])
                        rows.setdefault(table, []).extend(kept)
                elif part.name == MANIFEST:
                    facts = {name: value for name, value in part.json().items() if name != "parts"}
                    writer.finish(**facts)
                else:
                    writer.add(part.name, part.content)
        return rows

    def write_header(self, header: dict, writer) -> None:
        tables = [
            {
                "name": table["name"],
                "columns": [
                    column
                    for column in table["columns"]
                    if column["name"] in self.columns[table["name"]]
                ],
            }
            for table in header["tables"]
            if table["name"] in self.columns
        ]
        migrations = sorted(self.migrations.intersection(header["migrations"]))
        writer.add_json(HEADER, {**header, "migrations": migrations, "tables": tables})

    def known(self, table: str, row: dict) -> dict:
        return {name: value for name, value in row.items() if name in self.columns[table]}


def columns_of(header: dict) -> dict[str, list[str]]:
    return {
        table["name"]: [column["name"] for column in table["columns"]] for table in header["tables"]
    }


def columns_in(backup) -> dict[str, list[str]]:
    with backup.open("rb") as source:
        for part in read_parts(source):
            return columns_of(part.json())


def named(rows, names: list[str]):
    return (dict(zip(names, row, strict=True)) for row in rows)


@pytest.fixture
def older_backup(machine, tmp_path):
    """Its file, and the rows in it by table."""
    machine.run("backup", str(tmp_path / "made"))
    path = tmp_path / "lihsite-older.tar"
    return path, OlderVersion(FIRST_LATER).backup_from(backup_in(tmp_path / "made"), path)


def test_an_older_backup_is_restored_and_brought_up_to_this_version(
    older_backup, new_of_the_other_kind, tmp_path
):
    path, expected = older_backup
    restored = new_of_the_other_kind
    # The first attempt ends where files are to be stored; the second finds the older tables.
    restored.media.touch()
    restored.refused("restore", str(path))
    restored.media.unlink()
    said = restored.run("restore", str(path))
    assert "making the tables" not in said
    assert "bringing it up to this version" in said
    restored.run("migrate", "--check")
    restored.run("backup", str(tmp_path / "after"))
    after = rows_in(backup_in(tmp_path / "after"))
    columns = columns_in(backup_in(tmp_path / "after"))
    for table, rows in expected.items():
        found = list(named(after[table], columns[table]))
        # States are made anew where a later version stores more of them: the same, but of today.
        told = rows[0].keys() - ({"updated_at"} if table == TranslationState._meta.db_table else ())
        rows, known = (
            [{name: row[name] for name in told} for row in some] for some in (rows, found)
        )
        # A migration may add rows of its own, such as permissions.
        assert [row for row in rows if row not in known] == [], table
    # What later versions store beside the content is there, and so is the index.
    said = restored.run(
        "shell",
        "--verbosity=0",
        "--command",
        "from lihsite.models import ReviewerLink; from lihsite.search.models import SearchEntry; "
        "from lihsite.multilingual.stored_states import TranslationState; "
        "states = TranslationState.objects.exclude(published_state=''); "
        "print(ReviewerLink.objects.count(), SearchEntry.objects.count() > 50, states.exists())",
    )
    assert said.strip() == "0 True True"


def test_a_subscription_that_sqlite_held_twice_is_restored_once(
    machine, new_of_the_other_kind, tmp_path
):
    fields = {"language": "en", "asked_at": "2026-01-01T00:00:00+00:00", "confirmed_at": None}
    twice = [
        {"id": number, "key": str(uuid4()), "email": email, **fields}
        for number, email in ((901, "anna@BÜCHER.example"), (902, "anna@bücher.example"))
    ]
    sign_up = "from lihsite.contact.models import Subscription; Subscription.objects.create("
    machine.run("shell", "--command", f"{sign_up}email='a@b.org', language='en')")
    machine.run("backup", str(tmp_path / "made"))
    path = tmp_path / "lihsite-older.tar"
    older = OlderVersion(("contact", "0002_compared_email"), contact_subscription=twice)
    older.backup_from(backup_in(tmp_path / "made"), path)
    new_of_the_other_kind.run("restore", str(path))
    new_of_the_other_kind.run("backup", str(tmp_path / "after"))
    after = backup_in(tmp_path / "after")
    rows = named(rows_in(after)["contact_subscription"], columns_in(after)["contact_subscription"])
    assert [(row["email"], row["compared_email"]) for row in rows] == [
        ("a@b.org", "a@b.org"),
        ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
    ]
