"""Ctrl-C and SIGTERM for processes that run until they are told to stop."""

import signal
import threading

LOOK = 0.5
"""Seconds after which it is seen at the latest that a signal came."""


def hear_stop() -> threading.Event:
    """What tells that Ctrl-C or SIGTERM came. It interrupts nothing, so that a second is harmless.

    To be waited for in steps of `LOOK`: Python does not wake from a wait that it is about to begin
    when a signal comes, and would stay in one without end.
    """
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    return told
