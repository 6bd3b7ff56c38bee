"""The production server as a child process: started, waited for, stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from .stops import Stop

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
START_TIME = 60
"""How long the server may take until it answers, in seconds."""
THREADS = 4
"""Requests that one worker process answers at the same time; each has its own connection."""
STOP_TIME = 5
"""How long requests in hand may take to finish once the server is asked to stop, in seconds."""
ALLOCATION = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
}
"""For glibc, see mallopt(3): one heap for all threads, and large pieces outside of it.

Left to itself, glibc gives threads heaps of their own and moves the threshold up to 32 MB: of what
a worker takes, 25 MB were free in pieces after eight minutes of `make soak`, and became more.
The times of pages, forms and saves do not change by it.
"""


def check_port_is_free(port: int) -> None:
    """Raises Stop if something else listens on the port, or if it may not be used."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Stop(
                f"Port {port} is for the system's own services: choose one from 1024 on, for "
                "example `make run PORT=8001`."
            ) from error
        except (OSError, OverflowError) as error:
            raise Stop(
                f"Port {port} is in use or does not exist: stop what listens there, or choose "
                f"another, for example `make run PORT={free_port()}`."
            ) from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def command(port: int, workers: int | None = None, host: str = HOST) -> list[str]:
    """What runs the server in the foreground, from the root of the project.

    A worker that dies is replaced; whoever runs the server replaces the server.
    """
    options = {
        "--host": host,
        "--port": str(port),
        "--workers": str(workers or min(4, os.cpu_count() or 1)),
        "--blocking-threads": str(THREADS),
        "--respawn-interval": "0.5",
        # A worker that is still starting does not hear that it should stop.
        "--workers-kill-timeout": str(STOP_TIME),
        "--log-level": "error",
    }
    switches = ["--interface", "wsgi", "--http", "1", "--no-ws", "--respawn-failed-workers"]
    given = [part for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *switches, *given, "lihsite.wsgi:application"]


def start(
    port: int,
    workers: int | None = None,
    environment=None,
    log: Path | None = None,
    host: str = HOST,
) -> subprocess.Popen:
    """Start the server in a session of its own, so that Ctrl-C reaches it through us alone.

    `environment` is added to that of this process, which says more than ALLOCATION; what the
    server says goes to `log`, if given.
    """
    with log.open("ab") if log else nullcontext() as output:
        return subprocess.Popen(
            command(port, workers, host),
            cwd=ROOT,
            env={**ALLOCATION, **os.environ, **(environment or {})},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def wait_until_ready(server: subprocess.Popen, port: int) -> None:
    """Raises Stop if the server ends, or does not answer in time."""
    request = Request(f"http://{HOST}:{port}/robots.txt")
    deadline = time.monotonic() + START_TIME
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Stop("The server ended as it started: its words above say why.")
        try:
            urlopen(request, timeout=5).close()  # noqa: S310 - always HTTP
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise Stop(f"The server did not answer within {START_TIME} seconds.")


def stop(server: subprocess.Popen) -> None:
    """Ask the server to finish what it has in hand; end it if it takes too long."""
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(STOP_TIME * 2)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
