"""A server that is to stop is drained first: it answers as ever, and says that it is not ready.

Else what a proxy sends just as the server closes its door would end without an answer, and what
writes cannot be sent again. The processes of a server know by a file that they are being drained:
it is there as long as they are.
"""

import os
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

VARIABLE = "DRAINING_FILE"
"""In the environment of a server's processes: the path of the file."""


def new_file() -> Path:
    """A path where nothing is, of a name that nobody can foresee."""
    return Path(gettempdir()) / f"lihsite-draining-{uuid4()}"


def is_draining() -> bool:
    path = os.environ.get(VARIABLE)
    return bool(path) and os.path.exists(path)
