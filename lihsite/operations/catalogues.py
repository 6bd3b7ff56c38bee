"""Compiles the message catalogues (`.po`) without gettext's own tools."""

from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings


def catalogues() -> Iterator[Path]:
    """The catalogues of the site, in a stable order."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues() -> int:
    """Write the `.mo` file of each catalogue that is newer than it; returns how many."""
    stale = [source for source in catalogues() if is_stale(source)]
    for source in stale:
        compiled = source.with_suffix(".mo")
        unfinished = compiled.with_suffix(".unfinished")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        # A server that is reading the old file keeps it whole.
        unfinished.replace(compiled)
    return len(stale)


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
