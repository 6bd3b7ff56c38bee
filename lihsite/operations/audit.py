"""Asks the package index which of the locked dependencies have known holes: `make audit`.

`pip-audit` asks its index about each version in `requirements.lock`, and installs nothing. Where
the index cannot be reached nobody knows, which is said in a line and is no failure: checks run
without a network too.
"""

import json
import subprocess
import sys

from .environment import ROOT

LOCK = ROOT / "requirements.lock"
PATIENCE = 10
"""Seconds for which the index may keep each question waiting."""
AWAY = ("connect", "timed out", "server error")
"""What pip-audit's last words have in them where its index cannot be reached or does not answer."""


def audited(lock=LOCK) -> int:
    """Print what is known of a lock file, a line for each hole.

    Returns 0 where nothing is known or nothing can be asked, 1 for holes, 2 where pip-audit fails.
    """
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", "-r", lock, *options, "--timeout", str(PATIENCE)],
        capture_output=True,
        text=True,
    )
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except ValueError:
        said = asked.stderr.strip().splitlines() or ["pip-audit said nothing"]
        print(f"Not audited: {said[-1]}")
        return 0 if any(word in said[-1].lower() for word in AWAY) else 2
    holes = lines(found)
    print("\n".join(holes) or f"{len(found)} dependencies, no known holes.")
    return 1 if holes else 0


def lines(dependencies: list[dict]) -> list[str]:
    """What to know of each hole: where it is, its names, and which versions lack it."""
    return [
        f"{one['name']} {one['version']}: {', '.join([hole['id'], *hole['aliases']])}; "
        f"repaired in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in dependencies
        for hole in one.get("vulns", [])
    ]


if __name__ == "__main__":
    sys.exit(audited())
