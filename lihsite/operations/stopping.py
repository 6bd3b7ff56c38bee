"""Lets a worker of the server hear for certain that it should stop.

A worker of granian (2.8) that takes a new connection just as SIGTERM arrives goes on taking them,
until its parent kills it with whatever it has in hand. Told a second time, it hears; a third time
would keep it from ending, so a worker that others have told twice is left alone.
"""

import os
import select
import signal
import threading
from multiprocessing import current_process

WORKER = "granian-worker"
PAUSE = 0.3
"""Seconds after which it is told again."""


def hear_for_certain() -> None:
    """In a worker of the server, repeat SIGTERM once it has come; elsewhere do nothing."""
    if current_process().name != WORKER:
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=repeat, args=[heard], name="stopping", daemon=True).start()


def repeat(heard: int) -> None:
    """Python writes the number of each signal that arrives."""
    while os.read(heard, 1) != bytes([signal.SIGTERM]):
        pass
    told_again, _, _ = select.select([heard], [], [], PAUSE)
    if not told_again:
        os.kill(os.getpid(), signal.SIGTERM)
