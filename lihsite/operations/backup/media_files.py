"""The files of the media store, be it a folder or S3: all of them, renditions too.

A restored site is then as fast at once as it was, and pictures keep the addresses that others may
have linked. What is added while a backup runs is in it if it was there when the database was read.
"""

import hashlib
import posixpath
from collections.abc import Iterator
from contextlib import suppress

from django.core.files.base import File
from django.core.files.storage import default_storage

from lihsite.media.folders import RESTORED_FILES

from .archive import BLOCK
from .errors import Damaged


def names(folder: str = "") -> Iterator[str]:
    """All files in the store by their names, folder by folder."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if name:
            yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        if name and not (folder == "" and name == RESTORED_FILES):
            yield from names(f"{folder}/{name}" if folder else name)


class Files:
    """Brings files back, so that until `finish` nothing that was there is touched.

    Files that are not there yet are stored under their names, where nothing leads to them; others
    wait beside, if they differ. `undo` takes away what was added. Files that the backup does not
    know stay: nothing shows them.
    """

    def __init__(self):
        self.added: list[str] = []
        self.beside: list[str] = []

    def forget_others(self) -> None:
        """Delete what waits beside since a restoration was killed."""
        for name in list(names(RESTORED_FILES)):
            default_storage.delete(name)

    def add(self, name: str, content, digest: str) -> None:
        """Raises Damaged for a name that no file of the media has."""
        if is_outside(name):
            raise Damaged(f"{name} is no place for a file of the media")
        if not default_storage.exists(name):
            self.store(name, content)
            self.added.append(name)
        elif digest_of(name) != digest:
            place = f"{RESTORED_FILES}/{name}"
            default_storage.delete(place)
            self.store(place, content)
            self.beside.append(name)

    def store(self, name: str, content) -> None:
        stored = default_storage.save(name, File(content, name=name))
        if stored != name:
            default_storage.delete(stored)
            raise OSError(f"The file {name} cannot be stored by its name.")

    def finish(self) -> None:
        for name in self.beside:
            place = f"{RESTORED_FILES}/{name}"
            with default_storage.open(place) as content:
                default_storage.delete(name)
                self.store(name, content)
            default_storage.delete(place)

    def undo(self) -> None:
        for name in [*self.added, *(f"{RESTORED_FILES}/{name}" for name in self.beside)]:
            with suppress(OSError):
                default_storage.delete(name)


def is_outside(name: str) -> bool:
    """Whether a made-up name leads out of the store, or to where files wait."""
    first, *_others = name.split("/")
    return name != posixpath.normpath(name) or first in {"", ".", "..", RESTORED_FILES}


def digest_of(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name) as content:
        while block := content.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
