"""Backups in an S3-compatible store: a real server, started here."""

import io

import boto3
import pytest
import requests
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer

from lihsite.models import BasePage
from lihsite.operations.backup import places
from lihsite.operations.backup.places import Store


@pytest.fixture
def store(settings):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    settings.BACKUP_S3 = {
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "us-east-1",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
    }
    # Its stores are those of the process, whichever server they were made by.
    requests.post(f"http://127.0.0.1:{port}/moto-api/reset", timeout=10).raise_for_status()
    boto3.client("s3", **settings.BACKUP_S3).create_bucket(Bucket="backups")
    yield Store("backups", "site")
    server.stop()


def written(store, name, content):
    with store.writing(name) as out:
        out.write(content)


def test_a_backup_goes_there_and_comes_back_sealed_and_rotated(
    store, database_of_its_own, settings, few_files
):
    settings.MEDIA_ROOT, settings.BACKUP_KEY = few_files, "key of the institute"
    written(store, "lihsite-20200101T000000Z.tar", b"old")
    written(store, "notes.txt", b"no backup")
    call_command("backup", "s3://backups/site", keep="1", stdout=io.StringIO())
    (name,) = store.names()
    BasePage.objects.filter(depth=2).update(title_en="Changed since")
    call_command("backup", verify=f"s3://backups/site/{name}", stdout=io.StringIO())
    call_command("restore", f"s3://backups/site/{name}", replace=True, stdout=io.StringIO())
    assert not BasePage.objects.filter(title_en="Changed since").exists()
    listed = store.client.list_objects_v2(Bucket="backups", Prefix="site/")["Contents"]
    assert {entry["Key"] for entry in listed} == {f"site/{name}", "site/notes.txt"}


def test_several_pieces_are_one_backup(store, monkeypatch):
    monkeypatch.setattr(places, "PIECE", 6 * 1024 * 1024)
    content = bytes(range(256)) * 60_000
    with store.writing("lihsite-20261129T060000Z.tar") as out:
        for start in range(0, len(content), 1_000_000):
            out.write(content[start : start + 1_000_000])
    with store.reading("lihsite-20261129T060000Z.tar") as source:
        assert source.read() == content


def half_written(place):
    with place.writing("lihsite-20261129T060000Z.tar") as out:
        out.write(b"half")
        raise RuntimeError


def test_what_fails_halfway_is_not_there(store):
    with pytest.raises(RuntimeError):
        half_written(store)
    assert store.names() == []
    assert not store.client.list_multipart_uploads(Bucket="backups").get("Uploads")


def test_a_store_that_does_not_answer_is_one_line(database_of_its_own, settings):
    settings.BACKUP_S3 = {
        "endpoint_url": "http://127.0.0.1:9",
        "region_name": "us-east-1",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
    }
    with pytest.raises(CommandError, match="s3://backups") as refused:
        call_command("backup", "s3://backups", stdout=io.StringIO())
    assert "\n" not in str(refused.value)
