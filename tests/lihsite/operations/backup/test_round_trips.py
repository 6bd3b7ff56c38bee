"""What comes back is what was there: every row of every model, every file."""

from tests.lihsite.operations.backup.commands import (
    backup_in,
    files_in,
    numbers_in,
    rows_in,
)


def backed_up(machine, folder):
    machine.run("backup", str(folder))
    return backup_in(folder)


def test_all_rows_and_files_survive_the_way_through_both_kinds_of_database(
    machine, new_sqlite, new_of_the_other_kind, tmp_path
):
    """In a run on PostgreSQL: to SQLite, and from there to PostgreSQL, which is the upgrade."""
    first = backed_up(machine, tmp_path / "first")
    new_sqlite.run("restore", str(first))
    second = backed_up(new_sqlite, tmp_path / "second")
    new_of_the_other_kind.run("restore", str(second))
    third = backed_up(new_of_the_other_kind, tmp_path / "third")

    rows = rows_in(first)
    assert sum(map(len, rows.values())) > 3000
    for later in (rows_in(second), rows_in(third)):
        assert later.keys() == rows.keys()
        for table in rows:
            assert later[table] == rows[table], table
    # SQLite counts in some tables more, which have the numbers of others.
    numbers = numbers_in(first).items() & numbers_in(second).items() & numbers_in(third).items()
    assert len(numbers) > 30
    assert files_in(new_of_the_other_kind.media) == files_in(machine.media)
    # New rows get numbers that none had, and search knows all there is.
    said = new_of_the_other_kind.run(
        "shell",
        "--verbosity=0",
        "--command",
        "from django.contrib.auth.models import Group; from lihsite.search.models import "
        "SearchEntry; last = Group.objects.latest('pk').pk; "
        "print(Group.objects.create(name='new').pk > last, SearchEntry.objects.count() > 50)",
    )
    assert said.strip() == "True True"


def test_a_sealed_backup_holds_secrets_and_shows_nothing_without_its_key(
    machine, migrated, tmp_path
):
    machine.variables = {"BACKUP_KEY": "correct horse", "EMAIL_HOST_PASSWORD": "tell-nobody"}
    backup = backed_up(machine, tmp_path / "sealed")
    assert backup.name.endswith(".tar.sealed")
    assert b"tell-nobody" not in backup.read_bytes()
    assert b"Luxembourg" not in backup.read_bytes()
    migrated.variables = {"BACKUP_KEY": "correct horse"}
    assert "tell-nobody" in migrated.run("restore", str(backup), "--settings-only")
    migrated.run("restore", str(backup))
    assert files_in(migrated.media) == files_in(machine.media)
