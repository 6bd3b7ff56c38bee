"""A secret key made on the spot, for a machine that nobody configured."""

import fcntl
import os
import secrets
from pathlib import Path


def generated_secret_key(file: Path) -> str:
    """The key kept in `file`; made, readable by its owner alone, if there is none yet.

    Processes that begin at the same time get the same key: each holds the file to itself while it
    looks. A file that was made and never written gets its key now.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        key = opened.read().strip()
        if not key:
            key = secrets.token_urlsafe(64)
            opened.write(key)
        return key
