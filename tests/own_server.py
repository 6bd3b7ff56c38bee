"""Servers of the tests' own, which they start and end."""

import signal
import subprocess
import time

from lihsite.operations import server


class OwnServer:
    """A server on a free port, which has what it serves to itself."""

    start_time = 60
    """In seconds."""

    def __init__(self):
        self.port = server.free_port()
        self.process: subprocess.Popen | None = None

    def run(self) -> subprocess.Popen:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        """Raises TimeoutError if it does not answer in time."""
        self.process = self.run()
        deadline = time.monotonic() + self.start_time
        while not self.answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{type(self).__name__} did not answer.")
            time.sleep(0.05)

    def fall_silent(self) -> None:
        """From now on, take connections and answer none of them."""
        self.process.send_signal(signal.SIGSTOP)

    def speak_again(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
