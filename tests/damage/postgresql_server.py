"""A PostgreSQL of the tests' own, which they end and start."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from lihsite.operations import server

START_TIME = 60
"""In seconds."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed, as Debian lays it out."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    newest = max(found, key=lambda folder: int(folder.parent.name), default=None)
    in_path = shutil.which("initdb")
    return newest or (Path(in_path).parent if in_path else None)


class PostgresqlServer:
    """A cluster with one database, `site`; trusts whoever reaches the loopback interface."""

    def __init__(self):
        self.port = server.free_port()
        self.url = f"postgres://postgres@{server.HOST}:{self.port}/site"
        # It refuses to run as root, and root's folders are closed to others.
        self.account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.process: subprocess.Popen | None = None

    def make(self, source: str) -> None:
        """Make the cluster, with a copy of the database that a URL names."""
        self.run("initdb", "--username=postgres", "--auth=trust", "--no-sync", self.data).wait()
        self.start()
        with psycopg.connect(self.url.replace("/site", "/postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        dump = self.run("pg_dump", source, stdout=subprocess.PIPE)
        restore = self.run(
            *("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", self.url),
            stdin=dump.stdout,
        )
        if dump.wait() or restore.wait():
            raise RuntimeError("The database could not be copied.")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def run(self, program: str, *arguments: str, **streams) -> subprocess.Popen:
        account = {}
        if self.account:
            account = {
                "user": self.account.pw_uid,
                "group": self.account.pw_gid,
                "extra_groups": [],
            }
        streams.setdefault("stdout", subprocess.DEVNULL)
        command = [str(programs() / program), *arguments]
        return subprocess.Popen(command, cwd=self.folder, **account, **streams)

    def start(self) -> None:
        """Raises TimeoutError if it does not answer in time."""
        options = {"port": self.port, "listen_addresses": server.HOST, "max_connections": 40}
        options |= {"unix_socket_directories": self.folder, "fsync": "off"}
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = self.run("postgres", "-D", self.data, *given, stderr=log)
        deadline = time.monotonic() + START_TIME
        while time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url.replace("/site", "/postgres")).close()
                return
            time.sleep(0.1)
        raise TimeoutError("PostgreSQL did not answer.")

    def crash(self) -> None:
        """End it at once, without what it does when it is stopped; it recovers as it starts."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.crash()
        shutil.rmtree(self.folder)
