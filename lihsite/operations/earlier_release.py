"""Keeps the static files of the release before beside those of this one.

`python -m lihsite.operations.earlier_release FOLDER`, with the folder of that release's static
files. Visitors have its pages open, the other servers make them until they are new too, and caches
in front give them for minutes: all of these ask for its files.
"""

import argparse
import json
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

VARIANTS = ("", ".br", ".gz")
"""What a file's name ends with as it is, and compressed."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Keep the static files of the release before.")
    parser.add_argument("folder", type=Path)
    keep_static_files(parser.parse_args().folder)


def keep_static_files(earlier: Path) -> None:
    """Those that its own pages ask for, and not what it had kept of the one before itself.

    Their names tell what is in them, so none takes the place of another.
    """
    manifest = earlier / ManifestStaticFilesStorage.manifest_name
    for name in json.loads(manifest.read_text())["paths"].values():
        for variant in VARIANTS:
            file, kept = earlier / (name + variant), Path(settings.STATIC_ROOT, name + variant)
            if file.exists() and not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file, kept)


if __name__ == "__main__":
    main()
