"""The archive: a tar file, written and read in one go, whose last member says what is in it.

First `header.json` (format, time, version, tables), then `settings.json`, the media, the rows of
the database, and `manifest.json` with the size and SHA-256 of each part: an archive without its end
is none. Unsealed, `tar` reads it.
"""

import gzip
import hashlib
import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lihsite.operations.stops import Stop
from lihsite.plain_rows import Table

from .errors import Damaged, WrongKey
from .sealing import MAGIC, Opener, Sealer, read_up_to

FORMAT = 1
HEADER, SETTINGS, MANIFEST = "header.json", "settings.json", "manifest.json"
MEDIA, DATABASE = "media/", "database/"
IN_MEMORY = 8 * 1024 * 1024
"""A part that is larger, in bytes, waits in a temporary file."""
BLOCK = 1024 * 1024
UNREADABLE = (
    *(AttributeError, KeyError, TypeError, ValueError, RecursionError),
    *(EOFError, gzip.BadGzipFile, zlib.error),
)
"""What reading a part raises that no backup holds: one that was made up, or written by a fault."""


class Outlet:
    """What a tar file writes to: once it is given up, the rest that it still holds goes nowhere."""

    def __init__(self, out):
        self.out, self.is_given_up = out, False

    def write(self, data) -> int:
        return len(data) if self.is_given_up else self.out.write(data)


class ArchiveWriter:
    """Adds parts to a stream; `finish` adds the manifest. The key seals it all.

    A context: if anything fails within, nothing more is written.
    """

    def __init__(self, out, key: str = ""):
        self.sealer = Sealer(out, key) if key else None
        self.outlet = Outlet(self.sealer or out)
        self.tar = tarfile.open(  # noqa: SIM115 - it lives as long as the writer
            fileobj=self.outlet, mode="w|", format=tarfile.PAX_FORMAT
        )
        self.parts: list[dict] = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.outlet.is_given_up = kind is not None

    def add(self, name: str, content, **facts) -> None:
        """Add bytes or an open file, as it is when it is read; `facts` go into the manifest."""
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
            digest, size = copied(source, copy)
            copy.seek(0)
            member = tarfile.TarInfo(name)
            member.size, member.mode = size, 0o600
            self.tar.addfile(member, copy)
        self.parts.append({"name": name, "size": size, "sha256": digest, **facts})

    def add_json(self, name: str, value) -> None:
        self.add(name, json.dumps(value, ensure_ascii=False, indent=1).encode())

    def add_rows(self, name: str, rows: list[list]) -> None:
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        self.add(name, gzip.compress(lines.encode(), 6, mtime=0), rows=len(rows))

    def finish(self, **facts) -> dict:
        manifest = {"parts": self.parts, **facts}
        content = json.dumps(manifest, ensure_ascii=False).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(content), 0o600
        self.tar.addfile(member, io.BytesIO(content))
        self.tar.close()
        if self.sealer:
            self.sealer.finish()
        return manifest


def copied(source, target) -> tuple[str, int]:
    """The SHA-256 and the size of what was copied."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        digest.update(block)
        target.write(block)
        size += len(block)
    return digest.hexdigest(), size


@dataclass
class Part:
    """A part that was read whole; `content` is an open file at its beginning."""

    name: str
    size: int
    sha256: str
    content: io.IOBase

    def json(self):
        with unreadable_told(self.name):
            return json.load(self.content)

    def rows(self) -> Iterator[list]:
        """Raises Damaged, maybe after some rows."""
        with unreadable_told(self.name), gzip.open(self.content) as lines:
            for line in lines:
                yield json.loads(line)


@contextmanager
def unreadable_told(name: str) -> Iterator[None]:
    """Tells that a part holds something else than parts do; for a `with` around reading it."""
    try:
        yield
    except UNREADABLE as error:
        raise Damaged(f"{name} cannot be read") from error


def read_parts(source, key: str = "") -> Iterator[Part]:
    """Each part of the archive in its order, the manifest too. Raises Damaged and WrongKey."""
    source = opened(source, key)
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise Damaged(f"{member.name} is no file")
                with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
                    digest, size = copied(content, copy)
                    if size != member.size:
                        raise Damaged("it is cut off")
                    copy.seek(0)
                    yield Part(member.name, size, digest, copy)
        # A sealed archive is whole only if its last piece is.
        while source.read(BLOCK):
            pass
    except (tarfile.TarError, EOFError) as error:
        raise Damaged("it is no backup, or is cut off") from error


def opened(source, key: str):
    """The tar file in the source, unsealed if it is sealed."""
    start = read_up_to(source, len(MAGIC))
    source = Rejoined(start, source)
    if start != MAGIC:
        return source
    if not key:
        raise WrongKey("The backup is sealed: set BACKUP_KEY to its key.")
    return io.BufferedReader(Opener(source, key), BLOCK)


class Rejoined:
    """A source of which the beginning was read already."""

    def __init__(self, start: bytes, rest):
        self.start, self.rest = start, rest

    def read(self, count: int = -1) -> bytes:
        if not self.start:
            return self.rest.read(count)
        count = len(self.start) if count < 0 else count
        found, self.start = self.start[:count], self.start[count:]
        return found


@dataclass(frozen=True)
class Contents:
    """What an archive holds, once all of it was read and found whole."""

    header: dict
    settings: dict
    manifest: dict

    @property
    def digests(self) -> dict[str, str]:
        return {part["name"]: part["sha256"] for part in self.manifest["parts"]}

    @property
    def rows(self) -> int:
        return sum(part.get("rows", 0) for part in self.manifest["parts"])

    @property
    def files(self) -> int:
        return sum(part["name"].startswith(MEDIA) for part in self.manifest["parts"])


def verified(source, key: str = "", check_header=None) -> Contents:
    """Read all of the archive and compare it with its manifest. Raises Damaged and WrongKey.

    `check_header` is called as soon as the header is known.
    """
    found, header, settings, manifest = [], None, None, None
    for part in read_parts(source, key):
        if part.name == MANIFEST:
            manifest = part.json()
            continue
        found.append((part.name, part.size, part.sha256))
        if part.name == HEADER:
            header = part.json()
            check_shape(header)
            if check_header:
                check_header(header)
        elif part.name == SETTINGS:
            settings = part.json()
    if header is None or manifest is None:
        raise Damaged("it is no backup, or is cut off")
    with unreadable_told(MANIFEST):
        expected = [(part["name"], part["size"], part["sha256"]) for part in manifest["parts"]]
        sum(part.get("rows", 0) for part in manifest["parts"])
        sum(manifest["sequences"].values())
    if found != expected:
        wrong = next((one[0] for one in found if one not in expected), "a part")
        raise Damaged(f"{wrong} is not what was written")
    return Contents(header, settings or {}, manifest)


def check_shape(header) -> None:
    """Raises Damaged for a header that lacks what a restoration asks of it."""
    with unreadable_told(HEADER):
        if header.get("format") != FORMAT:
            raise Damaged(f"its format, {header.get('format')}, is unknown to this version")
        header["made_at"].split("T")
        for table in map(Table.from_json, header["tables"]):
            if sum(column.is_key for column in table.columns) != 1:
                raise Damaged(f"{table.name} has no key")
            for column in table.columns:
                column.field()
        for migration in header["migrations"]:
            _app, _name = migration.split(".", 1)


@contextmanager
def damage_told(place: str):
    """Turns what is wrong with the archive at the place into one line."""
    try:
        yield
    except Damaged as error:
        raise Stop(f"The backup {place} is damaged ({error}): nothing was changed.") from error
