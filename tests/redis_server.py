"""A Redis or Valkey of the tests' own, which they stop and start."""

import shutil
import subprocess

from redis import Redis, RedisError

from lihsite.operations import server
from tests.own_server import OwnServer

EXECUTABLE = shutil.which("valkey-server") or shutil.which("redis-server")


class RedisServer(OwnServer):
    start_time = 10

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.url = f"redis://{server.HOST}:{self.port}/0"

    def run(self):
        return subprocess.Popen(
            [EXECUTABLE, "--bind", server.HOST, "--port", str(self.port), "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def answers(self):
        try:
            with Redis.from_url(self.url) as client:
                return client.ping()
        except RedisError:
            return False
