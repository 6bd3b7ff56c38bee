"""Media in an S3-compatible store: a real server, asked over HTTP."""

import json

import boto3
import pytest
import requests
from django.utils.module_loading import import_string
from environ import Env
from moto.server import ThreadedMotoServer

from lihsite.media.pictures import make_renditions, picture
from lihsite.models import Document
from lihsite.settings.media import media_storage
from tests.lihsite.media.library import document, image, shown

pytestmark = pytest.mark.django_db

BUCKET = "media"
PUBLIC = ("images", "original_images")
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": [f"arn:aws:s3:::{BUCKET}/{folder}/*" for folder in PUBLIC],
        }
    ],
}
"""What the settings ask of a store: pictures are for everybody, all else comes through the site."""


@pytest.fixture(scope="module")
def endpoint():
    """The address of a store that has one empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, settings, monkeypatch):
    variables = {
        "BUCKET": BUCKET,
        "ENDPOINT": endpoint,
        "REGION": "eu-west-1",
        "ACCESS_KEY": "key",
        "SECRET_KEY": "secret",
    }
    for name, value in variables.items():
        monkeypatch.setenv(f"MEDIA_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "default": media_storage(Env())}
    store = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-west-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )
    bucket = store.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    bucket.Policy().put(Policy=json.dumps(POLICY))
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


def stored_in(bucket) -> set[str]:
    return {entry.key for entry in bucket.objects.all()}


def test_a_picture_is_kept_drawn_and_loaded_from_the_store(bucket, endpoint):
    cells = image()
    assert cells.file.name in stored_in(bucket)
    make_renditions([cells], "body")
    html = picture(cells, "body")
    addresses = [rendition.url for rendition in cells.renditions.all()]
    assert addresses
    for address in addresses:
        assert address in html
        assert address.startswith(f"{endpoint}/{BUCKET}/")
        answer = requests.get(address, timeout=10)
        assert answer.ok
        assert answer.headers["Content-Type"].startswith("image/")
        assert "max-age" in answer.headers["Cache-Control"]


def test_a_document_is_kept_in_the_store_and_comes_through_the_site(bucket, client):
    report = document(content=b"%PDF-1.7 in the store")
    shown(report)
    assert report.file.name in stored_in(bucket)
    assert requests.get(report.file.url, timeout=10).status_code == 403
    answer = client.get(report.url)
    assert answer.status_code == 200
    assert b"".join(answer) == b"%PDF-1.7 in the store"
    assert answer["Content-Type"] == "application/pdf"


def test_a_part_of_a_document_in_the_store_is_answered(bucket, client):
    report = document(content=b"%PDF-1.7 in the store")
    shown(report)
    answer = client.get(report.url, HTTP_RANGE="bytes=9-10")
    assert (answer.status_code, b"".join(answer)) == (206, b"in")


def test_nothing_in_the_store_has_an_address_of_the_site(bucket, client):
    cells = image()
    for name in (cells.file.name, "images/not-there.png", "%00"):
        assert client.get(f"/media/{name}").status_code in (400, 404)


def test_what_is_deleted_leaves_the_store(bucket, django_capture_on_commit_callbacks):
    cells, report = image(), document()
    make_renditions([cells], "body")
    assert stored_in(bucket)
    with django_capture_on_commit_callbacks(execute=True):
        cells.delete()
        Document.objects.get(pk=report.pk).delete()
    assert stored_in(bucket) == set()


def test_work_in_the_background_is_told_of_the_store_without_its_keys(bucket):
    path, arguments, options = document().file.storage.deconstruct()
    assert (arguments, options) == ((), {})
    again = import_string(path)()
    assert again.bucket_name == BUCKET
    assert again.secret_key == "secret"
    assert again.client_config.connect_timeout < 10


def test_two_files_of_one_name_both_stay(bucket):
    first, second = document(content=b"%PDF-1.7 first"), document(content=b"%PDF-1.7 second")
    assert first.file.read() == b"%PDF-1.7 first"
    assert second.file.read() == b"%PDF-1.7 second"
    assert first.file.name != second.file.name
