"""The proxy that stands before the machines, with the very configuration that is deployed."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lihsite.operations import server
from lihsite.operations.environment import ROOT
from tests.machines import Machine

EXECUTABLE = shutil.which("haproxy")
NAMES = ("first", "second")
"""What the configuration calls the machines."""
DEPLOY = ROOT / "deploy"


def configuration() -> list[Path]:
    """As Debian's unit starts it, where the tests may do that; else as the image does."""
    files = [DEPLOY / "haproxy.cfg"]
    if os.geteuid() == 0:
        files.append(DEPLOY / "haproxy-debian.cfg")
    return files


class Proxy:
    """HAProxy before two machines; `certificate` is what its visitors trust."""

    def __init__(self, folder: Path, machines: Sequence[Machine]):
        self.machines = machines
        key, certificate = folder / "key.pem", folder / "certificate.pem"
        self.certificate = str(certificate)
        self.log = folder / "haproxy.log"
        self.port = server.free_port()
        self.url = f"https://localhost:{self.port}"
        request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        request += f" -addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}"
        subprocess.run(["openssl", *request.split()], check=True, capture_output=True)
        (folder / "site.pem").write_bytes(certificate.read_bytes() + key.read_bytes())
        self.environment = {
            "HTTP_BIND": f"{server.HOST}:{server.free_port()}",
            "HTTPS_BIND": f"{server.HOST}:{self.port}",
            "CERTIFICATE": str(folder / "site.pem"),
            "APPLICATION_1": f"{server.HOST}:{machines[0].port}",
            "APPLICATION_2": f"{server.HOST}:{machines[1].port}",
        }

    def __enter__(self) -> "Proxy":
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [EXECUTABLE, "-db", *(part for file in configuration() for part in ("-f", file))],
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
            )
        self.wait_for(self.answers)
        return self

    def __exit__(self, *error) -> None:
        self.process.terminate()
        self.process.wait()

    def answers(self) -> bool:
        with socket.socket() as visitor:
            return visitor.connect_ex((server.HOST, self.port)) == 0

    def restart(self, machine: Machine) -> None:
        """Start a machine, and wait until the proxy has noticed that it is there."""
        name = f"Server site/{NAMES[self.machines.index(machine)]}"
        self.wait_for(lambda: self.count(f"{name} is DOWN") > self.count(f"{name} is UP"))
        machine.start()
        self.wait_for(lambda: self.count(f"{name} is UP") == self.count(f"{name} is DOWN"))

    def count(self, words: str) -> int:
        return self.log.read_text().count(words)

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Raises TimeoutError if it is not met within two minutes."""
        deadline = time.monotonic() + 120
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(self.log.read_text())
            time.sleep(0.05)
