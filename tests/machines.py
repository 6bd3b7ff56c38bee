"""Machines of the tests: each runs the production server, in processes that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from lihsite.operations import server

BROWSER = {"User-Agent": "Mozilla/5.0 Firefox/140.0", "Accept-Encoding": "br", "Host": "localhost"}
"""One host name for all machines, as behind a load balancer."""
PATIENCE = 120
"""How many seconds anything is waited for: the machine may be busy with other tests."""


@dataclass
class Machine:
    """A machine with a server on it; `log` is what the server says."""

    port: int
    log: Path
    environment: dict[str, str]
    workers: int = 1
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://{server.HOST}:{self.port}"

    def start(self) -> None:
        self.process = server.start(
            self.port, workers=self.workers, environment=self.environment, log=self.log
        )
        server.wait_until_ready(self.process, self.port)

    def stop(self) -> None:
        """Ask it to finish what it has in hand."""
        if self.process:
            server.stop(self.process)

    def end(self) -> None:
        """Leave nothing of it running, at the end of a test."""
        self.stop()

    def kill(self) -> None:
        """End all its processes at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str, **headers) -> requests.Response:
        return requests.get(
            self.url + path, headers={**BROWSER, **headers}, timeout=30, allow_redirects=False
        )

    def cached(self, path: str, **headers) -> str:
        return self.get(path, **headers).headers.get("Cache-Status", "")


class DrainedMachine(Machine):
    """A machine as it is deployed behind a proxy, which it leaves before it stops."""

    def start(self) -> None:
        command = [sys.executable, "-m", "lihsite.operations.serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--workers", str(self.workers)],
                cwd=server.ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        server.wait_until_ready(self.process, self.port)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        for process in children(self.process.pid):
            os.killpg(process, signal.SIGKILL)
        super().kill()

    def end(self) -> None:
        if self.process.poll() is None:
            self.kill()


def children(parent: int) -> list[int]:
    """The processes that a process has started (`proc(5)`): of a server, its workers."""
    return [
        int(child)
        for task in Path(f"/proc/{parent}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def environment_of(folder: Path, database_url: str, media: Path) -> dict[str, str]:
    """What a machine finds in its environment; `folder` is its own."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.machine_settings",
        "ONE_MACHINE": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": str(media),
    }


def wait_for(condition: Callable[[], bool]) -> None:
    """Raises TimeoutError if it is not met in time."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("It has not come to be.")
        time.sleep(0.02)


@contextmanager
def machines(folder: Path, database_url: str, media: Path) -> Iterator[Callable[..., Machine]]:
    """Starts machines that share a database and media, and nothing else."""
    with ExitStack() as stack:
        number = 0

        def started(workers=1, kind=Machine, **environment) -> Machine:
            nonlocal number
            number += 1
            own = folder / f"machine-{number}"
            own.mkdir()
            machine = kind(
                port=server.free_port(),
                log=own / "log",
                environment={**environment_of(own, database_url, media), **environment},
                workers=workers,
            )
            stack.callback(machine.end)
            machine.start()
            return machine

        yield started


class Editor:
    """An account at work on a machine, or behind a proxy, over HTTP as its browser would."""

    def __init__(self, machine, username: str = "admin"):
        self.machine = machine
        self.session = requests.Session()
        self.session.trust_env = False
        # A proxy has a certificate of its own.
        self.session.verify = getattr(machine, "certificate", True)
        self.post("/admin/login/", {"username": username, "password": "luxembourg-2026"})
        assert "sessionid" in self.session.cookies

    def get(self, path: str) -> requests.Response:
        return self.session.get(self.machine.url + path, timeout=PATIENCE, allow_redirects=False)

    def send(self, path: str, data: dict, **options) -> requests.Response:
        """Post what a form holds, and return the answer, whatever it is."""
        address = self.machine.url + path
        headers = {"Referer": address, "X-CSRFToken": self.session.cookies.get("csrftoken", "")}
        return self.session.post(
            address, data, headers=headers, timeout=PATIENCE, allow_redirects=False, **options
        )

    def post(self, path: str, data: dict) -> requests.Response:
        """Open a form and send it; raises HTTPError if it is not taken."""
        self.get(path).raise_for_status()
        answer = self.send(path, data)
        answer.raise_for_status()
        return answer

    def is_signed_in(self) -> bool:
        return self.get("/admin/").status_code == 200

    def unpublish(self, pk: int) -> None:
        self.post(f"/admin/bulk/lihsite/basepage/unpublish/?id={pk}&next=/admin/", {})

    def publish(self, pk: int) -> None:
        self.post(f"/admin/bulk/lihsite/basepage/publish/?id={pk}&next=/admin/", {})
