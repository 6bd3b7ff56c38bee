"""Serves a site that is set up, in the foreground: `python -m lihsite.operations.serve`.

What the image and the unit of systemd run. SIGTERM and Ctrl-C stop it: the server is drained, then
finishes what it has in hand. Told once more, it does not wait to be drained.
"""

import argparse
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from lihsite.stop_signals import LOOK, hear_stop

from . import draining, server

DRAIN_SECONDS = 5
"""Longer than a proxy takes to notice that a server is not ready: that of `deploy/` asks each
second, and one answer is enough."""


def main() -> int:
    """The status of the process: 0 if it was told to stop, 1 if the server ended by itself."""
    arguments = parse_arguments()
    if root := os.environ.get("STATIC_ROOT"):
        # A link may lead to the next release before this server ends.
        os.environ["STATIC_ROOT"] = os.path.realpath(root)
    file = draining.new_file()
    told = hear_stop()
    process = server.start(
        arguments.port, arguments.workers, {draining.VARIABLE: str(file)}, host=arguments.host
    )
    while not told.wait(LOOK):
        if process.poll() is not None:
            return 1
    told_again = hear_stop()
    if begin_draining(file):
        wait_until_drained(process, told_again, arguments.drain_seconds)
    server.stop(process)
    file.unlink(missing_ok=True)
    return 0


def begin_draining(file: Path) -> bool:
    """Whether the server could be told; it stops as one without a proxy does if not."""
    try:
        file.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        print(f"The server is not drained: {error}", file=sys.stderr, flush=True)
        return False
    return True


def wait_until_drained(
    process: subprocess.Popen, told_again: threading.Event, seconds: float
) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and (left := deadline - time.monotonic()) > 0:
        if told_again.wait(min(LOOK, left)):
            return


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve the site, which has been set up.")
    parser.add_argument("--host", default=server.HOST)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, help="processes; one a core, at most four")
    parser.add_argument(
        "--drain-seconds",
        type=float,
        default=DRAIN_SECONDS,
        help="how long the proxy has to notice that the server is about to stop",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
