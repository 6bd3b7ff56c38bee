"""Where backups are kept: a folder, or an S3-compatible store (`s3://bucket/prefix`).

A backup has its name only once it is whole: until then a file begins with a dot and ends in
`.partial`, and an object in a store is not there at all.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from lihsite.operations.stops import Stop

NAME = re.compile(r"lihsite-(\d{8}T\d{6}Z)\.tar(\.sealed)?")
MOMENT = "%Y%m%dT%H%M%SZ"
PIECE = 16 * 1024 * 1024
"""Bytes that go to a store at a time; it takes ten thousand of them."""

STORE_ERRORS = (Boto3Error, BotoCoreError, ClientError)


def name_of(moment: datetime, is_sealed: bool) -> str:
    return f"lihsite-{moment.astimezone(UTC):{MOMENT}}.tar{'.sealed' if is_sealed else ''}"


def moment_of(name: str) -> datetime | None:
    """When the backup of that name was made, in UTC; None if it is no name of a backup."""
    match = NAME.fullmatch(name)
    return datetime.strptime(match[1], MOMENT).replace(tzinfo=UTC) if match else None


def place_of(text: str) -> "Folder | Store":
    """Raises Stop if it names none."""
    if not text.startswith("s3://"):
        return Folder(Path(text))
    parts = urlsplit(text)
    if not parts.netloc:
        raise Stop(f"{text} names no bucket: write s3://bucket/prefix.")
    return Store(parts.netloc, parts.path.strip("/"))


def place_and_name(text: str) -> tuple["Folder | Store", str]:
    """The place of one backup and its name there."""
    folder, slash, name = text.rpartition("/")
    return place_of(folder or slash or "."), name


class Folder:
    """Backups as files that only their owner reads."""

    def __init__(self, path: Path):
        self.path = path

    def __str__(self):
        return str(self.path)

    @contextmanager
    def writing(self, name: str) -> Iterator:
        """A file that has its name once all is written, and is gone if that fails."""
        self.path.mkdir(parents=True, exist_ok=True)
        partial = self.path / f".{name}.partial"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with open(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, self.path / name)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator:
        with open(self.path / name, "rb") as file:
            yield file

    def names(self) -> list[str]:
        return [path.name for path in self.path.iterdir() if moment_of(path.name)]

    def delete(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


class Store:
    """Backups as objects. `settings.BACKUP_S3` says how to reach the store."""

    def __init__(self, bucket: str, prefix: str):
        self.bucket, self.prefix = bucket, f"{prefix}/" if prefix else ""
        self.client = boto3.client("s3", **settings.BACKUP_S3)

    def __str__(self):
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    def where(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": f"{self.prefix}{name}"}

    @contextmanager
    def writing(self, name: str) -> Iterator:
        where = self.where(name)
        upload = self.client.create_multipart_upload(**where)["UploadId"]
        pieces = Pieces(self.client, {**where, "UploadId": upload})
        try:
            yield pieces
            pieces.send()
            self.client.complete_multipart_upload(
                **where, UploadId=upload, MultipartUpload={"Parts": pieces.sent}
            )
        except BaseException:
            with suppress(*STORE_ERRORS):
                self.client.abort_multipart_upload(**where, UploadId=upload)
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator:
        body = self.client.get_object(**self.where(name))["Body"]
        try:
            yield body
        finally:
            body.close()

    def names(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=self.prefix
        )
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        found = [key.removeprefix(self.prefix) for key in keys]
        return [name for name in found if moment_of(name)]

    def delete(self, name: str) -> None:
        self.client.delete_object(**self.where(name))


class Pieces:
    """Sends what is written to a store, piece by piece."""

    def __init__(self, client, where: dict):
        self.client, self.where = client, where
        self.buffer, self.sent = bytearray(), []

    def write(self, data) -> int:
        self.buffer += data
        if len(self.buffer) >= PIECE:
            self.send()
        return len(data)

    def send(self) -> None:
        if self.buffer or not self.sent:
            number = len(self.sent) + 1
            answer = self.client.upload_part(
                **self.where, PartNumber=number, Body=bytes(self.buffer)
            )
            self.sent.append({"PartNumber": number, "ETag": answer["ETag"]})
            self.buffer.clear()


@contextmanager
def failures_told(place) -> Iterator:
    """Turns what a disk or a store refuses into one line."""
    try:
        yield
    except (OSError, *STORE_ERRORS) as error:
        raise Stop(f"{place}: {' '.join(str(error).split())}") from error
