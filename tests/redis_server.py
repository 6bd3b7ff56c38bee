"""A Redis or Valkey of the tests' own, which they stop and start."""

import shutil
import subprocess
import time

from redis import Redis, RedisError

from lihsite.operations import server

EXECUTABLE = shutil.which("valkey-server") or shutil.which("redis-server")
START_TIME = 10
"""In seconds."""


class RedisServer:
    def __init__(self, folder):
        self.folder = folder
        self.port = server.free_port()
        self.url = f"redis://{server.HOST}:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Raises TimeoutError if it does not answer in time."""
        self.process = subprocess.Popen(
            [EXECUTABLE, "--bind", server.HOST, "--port", str(self.port), "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        client = Redis.from_url(self.url)
        deadline = time.monotonic() + START_TIME
        while time.monotonic() < deadline:
            try:
                client.ping()
            except RedisError:
                time.sleep(0.05)
            else:
                client.close()
                return
        raise TimeoutError("Redis did not answer.")

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
