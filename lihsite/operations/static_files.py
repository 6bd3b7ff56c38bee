"""Collects the static files when they have changed, and only then."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected"


def static_files_changed() -> bool:
    """Whether what is collected differs from what the apps and the project have now."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    return not stamp.is_file() or stamp.read_text() != fingerprint()


def collect_static_files() -> int:
    """Collect, hash and compress; returns the number of files, before compression."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    (Path(settings.STATIC_ROOT) / STAMP).write_text(fingerprint())
    return sum(1 for _ in sources())


def sources():
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def fingerprint() -> str:
    """A digest of the names, sizes and times of all source files."""
    digest = hashlib.sha256()
    for file in sorted(sources()):
        status = file.stat()
        digest.update(f"{file}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
