"""The site goes on: while it is backed up, and once it is restored."""

import io
import json
import threading
import urllib.request

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from lihsite.media.documents import Document
from lihsite.models import BasePage
from lihsite.operations import server
from lihsite.operations.backup import media_files
from lihsite.operations.backup.recorded_settings import recorded
from lihsite.operations.backup.snapshots import snapshot
from tests.lihsite.operations.backup.commands import backup_in, rows_in

WRITER = """
import itertools
from django.db import transaction
from django.contrib.auth.models import Group
from taggit.models import Tag
for number in itertools.count():
    with transaction.atomic():
        Tag.objects.create(name=f"pair {number}", slug=f"pair-{number}")
        Group.objects.create(name=f"pair {number}")
    if number == 20:
        print("writing", flush=True)
"""

CHANGE = """
from home.models import HomePage
page = HomePage.objects.get()
page.title_en = page.seo_title_en = "Changed since"
page.save()
"""


def numbers(rows, place):
    return {row[place] for row in rows if str(row[place]).startswith("pair ")}


def test_a_backup_is_of_one_moment_while_another_process_writes(machine, tmp_path):
    writer = machine.start("shell", "--verbosity=0", "--command", WRITER)
    try:
        assert writer.stdout.readline().strip() == "writing"
        machine.run("backup", str(tmp_path / "first"))
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    rows = rows_in(backup_in(tmp_path / "first"))
    tags, groups = numbers(rows["taggit_tag"], 1), numbers(rows["auth_group"], 1)
    assert len(tags) > 20
    assert tags == groups


def test_a_snapshot_does_not_see_what_others_write_and_keeps_nobody_waiting(database_of_its_own):
    page = BasePage.objects.get(depth=2)
    with snapshot():
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("UPDATE lihsite_basepage SET title_en = 'Changed' WHERE depth = 2")
        other.close()
        assert BasePage.objects.get(pk=page.pk).title_en == page.title_en
    assert BasePage.objects.get(pk=page.pk).title_en == "Changed"


@pytest.mark.server
def test_a_running_server_shows_what_was_restored_at_once(machine, tmp_path):
    # With the page cache of production, whose token is in a folder that all processes share.
    machine.variables = {
        "DJANGO_SETTINGS_MODULE": "tests.machine_settings",
        "ONE_MACHINE": "1",
        "VAR_DIR": str(tmp_path / "var"),
    }
    machine.run("backup", str(tmp_path / "first"))
    port = server.free_port()
    process = server.start(port, workers=1, environment=machine.environment)
    try:
        server.wait_until_ready(process, port)
        title = title_at(port)
        machine.run("shell", "--verbosity=0", "--command", CHANGE)
        assert title_at(port) != title
        machine.run("restore", str(backup_in(tmp_path / "first")), "--replace")
        assert title_at(port) == title
    finally:
        server.stop(process)


def title_at(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/") as answer:
        text = answer.read().decode()
    return text[text.index("<title>") : text.index("</title>")]


def test_the_settings_are_recorded_without_secrets(database_of_its_own, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST_PASSWORD", "tell-nobody")
    monkeypatch.setenv("MEDIA_S3_SECRET_KEY", "tell-nobody")
    monkeypatch.setenv("BACKUP_KEY", "tell-nobody")
    monkeypatch.setenv("REDIS_URL", "redis://:tell-nobody@cache.example.org:6379/0")
    monkeypatch.setenv("TRUSTED_PROXIES", "2")
    found = recorded(with_secrets=False)
    assert found["TRUSTED_PROXIES"] == "2"
    assert found["REDIS_URL"] == "redis://:…@cache.example.org:6379/0"
    assert "tell-nobody" not in json.dumps(found)
    sealed = recorded(with_secrets=True)
    assert sealed["EMAIL_HOST_PASSWORD"] == "tell-nobody"
    assert "BACKUP_KEY" not in sealed


def test_what_is_left_out_is_no_content(database_of_its_own, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "none"
    call_command("backup", str(tmp_path / "first"), verbosity=0)
    tables = rows_in(backup_in(tmp_path / "first"))
    assert "lihsite_basepage" in tables
    assert not {"django_session", "search_entry", "wagtailsearch_indexentry"} & tables.keys()


@pytest.fixture
def deleted_meanwhile(database_of_its_own, settings, tmp_path, monkeypatch):
    """Documents that somebody deletes, one at a time, while the files are listed for a backup."""
    settings.MEDIA_ROOT = tmp_path / "media"
    documents = [
        Document.objects.create(title=name, file=ContentFile(b"text", name=f"{name}.txt"))
        for name in ("first", "second", "third", "last")
    ]
    listed, names = [], media_files.names

    def delete():
        document = documents.pop(0)
        document.delete()
        document.file.storage.delete(document.file.name)
        connection.close()

    def names_while_one_is_deleted(*folder):
        if not folder:
            listed.append("once more")
        if not folder and len(listed) % 2 == 0 and len(documents) > 1:
            somebody = threading.Thread(target=delete)
            somebody.start()
            somebody.join()
        return names(*folder)

    monkeypatch.setattr(media_files, "names", names_while_one_is_deleted)
    return documents


def test_a_backup_begins_anew_where_a_file_is_deleted_before_its_turn(deleted_meanwhile, tmp_path):
    said = io.StringIO()
    del deleted_meanwhile[1:-1]
    [_first, last] = deleted_meanwhile
    call_command("backup", str(tmp_path / "backups"), stdout=said)
    assert "Begun anew: documents/first.txt was deleted meanwhile" in said.getvalue()
    rows = rows_in(backup_in(tmp_path / "backups"))["lihsite_document"]
    assert [last.file.name in row for row in rows].count(True) == 1
    assert not any("documents/first.txt" in row for row in rows)


def test_a_backup_that_would_lack_files_each_time_is_none(deleted_meanwhile, tmp_path):
    with pytest.raises(CommandError, match="Files are deleted all the while"):
        call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    assert list((tmp_path / "backups").iterdir()) == []
