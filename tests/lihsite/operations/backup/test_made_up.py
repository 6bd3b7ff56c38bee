"""An archive whose manifest is right and whose content no backup has is damaged, and no more."""

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command

from lihsite.operations.backup.archive import (
    FORMAT,
    HEADER,
    MANIFEST,
    ArchiveWriter,
    Part,
    read_parts,
    verified,
)
from lihsite.operations.backup.errors import Damaged
from lihsite.operations.backup.media_files import Files
from tests.lihsite.operations.backup.commands import backup_in, files_in

TABLES = [{"name": "a", "columns": [{"name": "id", "kind": "AutoField", "is_key": True}]}]
WHOLE = {"format": FORMAT, "made_at": "2026-01-01T00:00", "tables": TABLES, "migrations": ["a.b"]}


def archive(header=WHOLE, **facts) -> io.BytesIO:
    out = io.BytesIO()
    with ArchiveWriter(out) as writer:
        writer.add(HEADER, header if isinstance(header, bytes) else json.dumps(header).encode())
        writer.finish(**{"sequences": {"a": 1}, **facts})
    return io.BytesIO(out.getvalue())


def test_a_small_archive_of_the_right_shape_is_whole():
    assert verified(archive()).header == WHOLE


@pytest.mark.parametrize(
    "header",
    [
        *([], "x", None, 1, {}, {"format": FORMAT}, b"", b"{", b"\xff", b"[" * 3000),
        *({**WHOLE, "tables": tables} for tables in (None, 1, ["a"], [{}], [{"name": "a"}])),
        *({**WHOLE, "migrations": names} for names in (None, [1], ["a"], {"a": 1})),
        {**WHOLE, "tables": [{"name": "a", "columns": []}]},
        {**WHOLE, "tables": [{"name": "a", "columns": [{"name": "id", "kind": "Odd"}]}]},
        {**WHOLE, "made_at": None},
    ],
)
def test_a_header_that_is_none(header):
    with pytest.raises(Damaged):
        verified(archive(header))


@pytest.mark.parametrize("facts", [{"sequences": None}, {"sequences": {"a": "x"}}, {"parts": 1}])
def test_a_manifest_that_is_none(facts):
    with pytest.raises(Damaged):
        verified(archive(**facts))


# Without the time of day: a worker that loads this a second later would name other tests.
LINES = gzip.compress(b'[1, "a"]\n[2, "b"]\n' * 1000, mtime=0)
UNREADABLE = {
    "no end": LINES[:-4],
    "a few bytes": LINES[:30],
    "broken in the middle": LINES[:40] + b"x" * 20,
    "no whole line": gzip.compress(b"[1,\n", mtime=0),
    "not packed": b"x",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_rows_that_cannot_be_read(content):
    part = Part("database/001-a-00001.jsonl.gz", len(content), "", io.BytesIO(content))
    with pytest.raises(Damaged, match="database/001-a"):
        list(part.rows())


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.txt", "a/../../evil.txt", "/evil.txt", "images/../images/x.txt", ""),
        *(".", "..", "a//b", "a/", "./a", "restored-files/images/x.txt"),
    ],
)
def test_a_file_with_a_place_that_no_file_of_the_media_has(settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(Damaged):
        Files().add(name, io.BytesIO(b"evil"), "x")
    assert files_in(tmp_path) == {}


def remade(backup, change) -> bytes:
    """The backup with other parts, of which its manifest is right; `change` gives what to add."""
    out = io.BytesIO()
    with backup.open("rb") as source, ArchiveWriter(out) as writer:
        for part in read_parts(source):
            if part.name == MANIFEST:
                facts = {key: value for key, value in part.json().items() if key != "parts"}
                writer.finish(**facts)
            else:
                for name, content in change(part.name, part.content.read()):
                    writer.add(name, content, **({"rows": 1} if "jsonl" in name else {}))
    return out.getvalue()


def cut_rows(name, content):
    yield name, content[:-4] if "wagtailcore_site-" in name else content


def other_columns(name, content):
    yield name, gzip.compress(b"[1]") if "wagtailcore_site-" in name else content


def rows_of_no_table(name, content):
    yield name.replace("wagtailcore_site-", "nothing-"), content


def another_table(name, content):
    if name == HEADER:
        header = json.loads(content)
        header["tables"].append({**TABLES[0], "name": "nothing"})
        content = json.dumps(header).encode()
    yield name, content


def file_outside(name, content):
    yield name, content
    if name == HEADER:
        yield "media/../evil.txt", b"evil"


def test_a_made_up_backup_changes_nothing_and_is_called_damaged(
    database_of_its_own, settings, few_files, tmp_path
):
    settings.MEDIA_ROOT = few_files
    call_command("backup", str(tmp_path / "backups"), stdout=io.StringIO())
    backup = backup_in(tmp_path / "backups")
    (few_files / "a.pdf").write_bytes(b"another")
    before = files_in(few_files)
    for change in (cut_rows, other_columns, rows_of_no_table, another_table, file_outside):
        made_up = tmp_path / f"{change.__name__}.tar"
        made_up.write_bytes(remade(backup, change))
        with pytest.raises(CommandError, match=r"is damaged .*nothing was changed"):
            call_command("restore", str(made_up), replace=True, stdout=io.StringIO())
        assert files_in(few_files) == before, change
    assert not (tmp_path / "evil.txt").exists()
