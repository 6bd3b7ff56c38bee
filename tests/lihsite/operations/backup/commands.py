"""The commands as an operator runs them: processes of their own, on databases of their own."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from lihsite.operations.backup.archive import DATABASE, MANIFEST, read_parts


@dataclass
class Machine:
    """A database by its address, a media folder, and variables of the environment."""

    database_url: str
    media: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.test",
            "DATABASE_URL": self.database_url,
            "MEDIA_ROOT": str(self.media),
            **self.variables,
        }

    def start(self, *command: str, **options) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def run(self, *command: str, **options) -> str:
        """What the command says; insists that it works."""
        process = self.start(*command, **options)
        said, _nothing = process.communicate()
        assert process.returncode == 0, said
        return said

    def refused(self, *command: str, **options) -> str:
        """The one line that the command ends with; insists that it does not work."""
        process = self.start(*command, **options)
        said, _nothing = process.communicate()
        assert process.returncode == 1, said
        assert "Traceback" not in said
        return said.strip().splitlines()[-1]


def backup_in(folder: Path) -> Path:
    """The only backup in the folder."""
    (found,) = [path for path in folder.iterdir() if path.name.startswith("lihsite-")]
    return found


def rows_in(backup: Path, key: str = "") -> dict[str, list]:
    """By table, all rows that a backup holds."""
    rows = {}
    with backup.open("rb") as source:
        for part in read_parts(source, key):
            if part.name.startswith(DATABASE):
                table = part.name.removeprefix(DATABASE)[4 : -len("-00001.jsonl.gz")]
                rows.setdefault(table, []).extend(part.rows())
    return rows


def numbers_in(backup: Path) -> dict[str, int]:
    """By table, the last number that a row was given."""
    with backup.open("rb") as source:
        (manifest,) = [part.json() for part in read_parts(source, "") if part.name == MANIFEST]
    return manifest["sequences"]


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
