"""What cannot be restored changes nothing, and is said in one line."""

import io
import json
import os
import resource
import signal
import tarfile
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from wagtail.models import Site

from lihsite.media.folders import RESTORED_FILES
from lihsite.models import BasePage
from lihsite.operations.backup import making, restoring
from lihsite.operations.backup.places import Folder, place_and_name
from tests.lihsite.operations.backup.commands import Machine, backup_in, files_in


@pytest.fixture
def site(database_of_its_own, settings, few_files):
    """The demonstration in a database of its own, open in this process, with few files."""
    settings.MEDIA_ROOT = few_files
    return few_files


@pytest.fixture
def backup(site, tmp_path):
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    return backup_in(tmp_path / "backups")


def changed_since():
    """Let the site differ from its backup."""
    BasePage.objects.filter(depth=2).update(title_en="Changed since")


def state(media):
    titles = list(BasePage.objects.order_by("pk").values_list("pk", "title_en"))
    return titles, files_in(media)


@contextmanager
def nothing_changing(media):
    """The site differs from its backup, and is as before after what is done within."""
    changed_since()
    before = state(media)
    yield
    assert state(media) == before


def refusal(*command, **options) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(*command, stdout=io.StringIO(), **options)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def rewritten(backup, name, change):
    """Change one member of the backup; its manifest has the digest of what it was."""
    out = io.BytesIO()
    with tarfile.open(backup) as old, tarfile.open(fileobj=out, mode="w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == name:
                content = change(content)
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    backup.write_bytes(out.getvalue())


def with_migrations(backup, change):
    """Change which migrations the header of the backup names."""

    def changed(content):
        header = json.loads(content)
        change(header["migrations"])
        return json.dumps(header).encode()

    rewritten(backup, "header.json", changed)


def test_content_is_replaced_only_if_that_is_asked_for(site, backup):
    with nothing_changing(site):
        assert "--replace" in refusal("restore", str(backup))
    call_command("restore", str(backup), replace=True, stdout=io.StringIO())
    assert not BasePage.objects.filter(title_en="Changed since").exists()


@pytest.mark.parametrize("left", [0, 100, 0.5, -12_000])
def test_a_backup_that_is_cut_off(site, backup, left):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * left) if isinstance(left, float) else left])
    with nothing_changing(site):
        assert "damaged" in refusal("restore", str(backup), replace=True)
        assert "damaged" in refusal("backup", verify=str(backup))


@pytest.mark.parametrize("name", ["media/a.pdf", "settings.json"])
def test_a_backup_of_which_a_part_was_changed(site, backup, name):
    rewritten(backup, name, lambda content: content.replace(content[:1], b"x", 1))
    with nothing_changing(site):
        assert "damaged" in refusal("restore", str(backup), replace=True)


def test_a_backup_of_a_newer_version(site, backup):
    with_migrations(backup, lambda names: names.append("lihsite.9999_from_the_future"))
    with nothing_changing(site):
        assert "newer version" in refusal("restore", str(backup), replace=True)


def test_a_backup_of_an_older_version_asks_for_an_empty_database(site, backup):
    with_migrations(backup, lambda names: names.remove("trash.0001_initial"))
    # The digest of the header is looked at before its migrations.
    assert "damaged" in refusal("restore", str(backup), replace=True)
    header = {"migrations": ["lihsite.0001_initial"]}
    with pytest.raises(restoring.Stop, match="empty"):
        restoring.Restoration(None, "", lambda text: None).prepare_tables(header, replace=True)


def test_another_key_or_none(site, tmp_path, settings):
    settings.BACKUP_KEY = "right"
    call_command("backup", str(tmp_path / "sealed"), stdout=io.StringIO())
    backup = backup_in(tmp_path / "sealed")
    with nothing_changing(site):
        settings.BACKUP_KEY = "wrong"
        assert "not the key" in refusal("restore", str(backup), replace=True)
        settings.BACKUP_KEY = ""
        assert "set BACKUP_KEY" in refusal("restore", str(backup), replace=True)


def test_what_is_no_backup_or_not_there(site, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam")
    assert "damaged" in refusal("restore", str(letter))
    assert "No such file" in refusal("restore", str(tmp_path / "nothing.tar"))


def test_a_row_that_the_database_does_not_take_leaves_rows_and_files_as_they_were(
    site, backup, monkeypatch
):
    (site / "a.pdf").write_bytes(b"another")
    (site / "original_images" / "cells-é.jpg").unlink()

    def twice(table, rows):
        rows = list(rows)
        plain_write(table, rows)
        if table.name == Site._meta.db_table:
            plain_write(table, rows)

    plain_write = restoring.write
    monkeypatch.setattr(restoring, "write", twice)
    with nothing_changing(site):
        said = refusal("restore", str(backup), replace=True)
        assert "does not take a row of wagtailcore_site" in said


def test_files_come_back_and_those_that_differ_are_replaced(site, backup):
    before = files_in(site)
    (site / "a.pdf").write_bytes(b"another")
    (site / "original_images" / "cells-é.jpg").unlink()
    call_command("restore", str(backup), replace=True, stdout=io.StringIO())
    assert files_in(site) == before
    assert not list((site / RESTORED_FILES).rglob("*.pdf"))


def test_what_a_killed_restoration_has_left_waiting_is_deleted_by_the_next(site, backup):
    waiting = site / RESTORED_FILES / "documents"
    waiting.mkdir(parents=True)
    (waiting / "secret.pdf").write_bytes(b"%PDF")
    (site / RESTORED_FILES / "a.pdf").write_bytes(b"another")
    call_command("restore", str(backup), replace=True, stdout=io.StringIO())
    assert [path for path in (site / RESTORED_FILES).rglob("*") if path.is_file()] == []


@pytest.fixture
def own_process(site):
    """The same machine for commands in processes of their own."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        host = connection.settings_dict["HOST"]
        port = connection.settings_dict["PORT"] or 5432
        url = f"postgres://{connection.settings_dict['USER']}@{host}:{port}/{name}"
    return Machine(url, site)


def test_a_full_disk_leaves_no_backup_and_says_so(own_process, tmp_path):
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    folder = tmp_path / "full"
    (own_process.media / "large.mp4").write_bytes(os.urandom(150_000))
    line = own_process.refused("backup", str(folder), preexec_fn=limited)
    assert line.startswith("CommandError")
    assert "too large" in line
    assert list(folder.iterdir()) == []


def test_a_restoration_that_is_killed_leaves_the_old_content(own_process, backup):
    changed_since()
    newest = Group.objects.create(name="Since the backup")
    before = state(own_process.media)[0]
    connection.close()
    process = own_process.start("restore", str(backup), "--replace")
    for line in process.stdout:
        # The rows are in, and nothing is committed.
        if "Search" in line:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert state(own_process.media)[0] == before
    assert Group.objects.create(name="Since the kill").pk > newest.pk
    connection.close()
    own_process.run("restore", str(backup), "--replace")
    assert not BasePage.objects.filter(title_en="Changed since").exists()


def test_a_database_that_goes_away_during_a_backup_is_one_line(site, tmp_path, monkeypatch):
    def gone(*arguments):
        raise OperationalError("terminating connection\nserver closed it")

    monkeypatch.setattr(making, "add_table", gone)
    line = refusal("backup", str(tmp_path / "none"))
    assert line == "The database: terminating connection server closed it"
    assert list((tmp_path / "none").iterdir()) == []


@pytest.mark.parametrize(
    ("text", "folder"),
    [("/lihsite-1.tar", "/"), ("lihsite-1.tar", "."), ("/srv/b/lihsite-1.tar", "/srv/b")],
)
def test_a_backup_is_looked_for_in_the_folder_that_its_path_names(text, folder):
    place, name = place_and_name(text)
    assert (str(place), name) == (folder, "lihsite-1.tar")


def half_written(place):
    with place.writing("lihsite-20261129T060000Z.tar") as out:
        out.write(b"half")
        assert place.names() == []
        raise RuntimeError


def test_partial_files_are_no_backups(tmp_path):
    with pytest.raises(RuntimeError):
        half_written(Folder(tmp_path))
    assert list(tmp_path.iterdir()) == []
