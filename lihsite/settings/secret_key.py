"""A secret key made on the spot, for a machine that nobody configured."""

import os
import secrets
from pathlib import Path


def generated_secret_key(file: Path) -> str:
    """The key kept in `file`; made, readable by its owner alone, if there is none yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(64))
    return file.read_text().strip()
