"""A PostgreSQL of the tests' own, which they end and start."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from lihsite.operations import server
from tests.own_server import OwnServer


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed, as Debian lays it out."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    newest = max(found, key=lambda folder: int(folder.parent.name), default=None)
    in_path = shutil.which("initdb")
    return newest or (Path(in_path).parent if in_path else None)


class PostgresqlServer(OwnServer):
    """A cluster with one database, `site`; trusts whoever reaches the loopback interface."""

    def __init__(self):
        super().__init__()
        self.url = f"postgres://postgres@{server.HOST}:{self.port}/site"
        # It refuses to run as root, and root's folders are closed to others.
        self.account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)

    def make(self, source: str) -> None:
        """Make the cluster, with a copy of the database that a URL names."""
        self.call("initdb", "--username=postgres", "--auth=trust", "--no-sync", self.data).wait()
        self.start()
        with psycopg.connect(self.main_url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        dump = self.call("pg_dump", source, stdout=subprocess.PIPE)
        restore = self.call(
            *("psql", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", self.url),
            stdin=dump.stdout,
        )
        if dump.wait() or restore.wait():
            raise RuntimeError("The database could not be copied.")

    @property
    def main_url(self) -> str:
        """Of the database that each cluster has from the beginning."""
        return self.url.replace("/site", "/postgres")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def call(self, program: str, *arguments: str, **streams) -> subprocess.Popen:
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

    def run(self):
        options = {"port": self.port, "listen_addresses": server.HOST, "max_connections": 40}
        options |= {"unix_socket_directories": self.folder, "fsync": "off"}
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            return self.call("postgres", "-D", self.data, *given, stderr=log)

    def answers(self):
        try:
            psycopg.connect(self.main_url).close()
        except psycopg.OperationalError:
            return False
        return True

    def crash(self) -> None:
        """End it at once, without what it does when it is stopped; it recovers as it starts."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.crash()
        shutil.rmtree(self.folder)
