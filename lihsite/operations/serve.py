"""Serves a site that is set up, in the foreground: `python -m lihsite.operations.serve`.

What the image and the unit of systemd run. The process becomes the server, so that signals reach
it: SIGTERM lets it finish what it has in hand.
"""

import argparse
import os

from . import server


def main() -> None:
    arguments = parse_arguments()
    command = server.command(arguments.port, arguments.workers, arguments.host)
    if root := os.environ.get("STATIC_ROOT"):
        # A link may lead to the next release before this server ends.
        os.environ["STATIC_ROOT"] = os.path.realpath(root)
    os.chdir(server.ROOT)
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve the site, which has been set up.")
    parser.add_argument("--host", default=server.HOST)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, help="processes; one a core, at most four")
    return parser.parse_args()


if __name__ == "__main__":
    main()
