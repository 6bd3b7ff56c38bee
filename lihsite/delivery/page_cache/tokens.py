"""The token of the content's state, which all processes share and every change replaces.

Its second half is replaced only when something is withdrawn from visitors (`withdrawals.py`): an
answer may be older than the content, as the last good one, but never than a withdrawal.
"""

import atexit
import logging
import mmap
import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from redis import Redis, RedisError

logger = logging.getLogger(__name__)

HALF = 16
LENGTH = 2 * HALF
CONTENT, WITHDRAWAL = KEYS = "lihsite:content", "lihsite:withdrawal"
PAUSE = 1.0
"""Seconds for which a Redis that did not answer is not asked again."""

LAST_WAIT = 3.0
"""Seconds for which a process that ends waits for a Redis that it owes a change."""


class Unknown(Exception):
    """Nobody can say just now what state the content is in; no kept answer may be given."""


def new_half() -> bytes:
    return uuid4().bytes


def withdrawal_of(token: bytes) -> bytes:
    """The half that tells what is withdrawn already."""
    return token[HALF:]


class FileToken:
    """For the processes of one machine: a file that each has mapped into its memory.

    Reading costs nothing. Who reads while another writes may get parts of two tokens; that is the
    token of no answer, so nothing worse happens than that a page is made anew.
    """

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < LENGTH:
                os.ftruncate(descriptor, LENGTH)
            self.map = mmap.mmap(descriptor, LENGTH)
        finally:
            os.close(descriptor)

    def current(self) -> bytes:
        return self.map[:LENGTH]

    def change(self, *, withdraws: bool) -> None:
        if withdraws:
            self.map[:LENGTH] = new_half() + new_half()
        else:
            self.map[:HALF] = new_half()


class RedisToken:
    """For several machines: two values in Redis, read at once.

    While Redis is away, `current` raises Unknown. Whoever then has a change to tell owes it, and so
    does who only asked: another may have had a change to tell, and have ended since. What is owed
    is told, as a withdrawal, before the next token is read and otherwise by a thread: workers and
    commands read none. So no visit has to ask the database too, as a counter there would demand.

    What a command could not tell before it ended is unknown to others only if none of them asked
    Redis while it was away, and it came back with what it held; answers are then out of date until
    their own end.
    """

    def __init__(self, redis: Redis):
        self.redis = redis
        self.owed = self.told = 0
        self.teller: threading.Thread | None = None
        self.lock = threading.Lock()
        self.asked_again_at = 0.0
        atexit.register(self.wait_for_teller)

    def current(self) -> bytes:
        if time.monotonic() < self.asked_again_at:
            raise Unknown
        try:
            self.tell_owed()
            halves = self.redis.mget(KEYS)
            if None in halves:
                for key in KEYS:
                    self.redis.set(key, new_half(), nx=True)
                halves = self.redis.mget(KEYS)
        except RedisError as error:
            self.rest(error)
            raise Unknown from error
        if None in halves:
            raise Unknown
        self.asked_again_at = 0.0
        return b"".join(halves)

    def change(self, *, withdraws: bool) -> None:
        try:
            self.tell(withdraws)
        except RedisError as error:
            self.rest(error)

    def tell(self, withdraws: bool) -> None:
        self.redis.mset({key: new_half() for key in (KEYS if withdraws else (CONTENT,))})

    def tell_owed(self) -> None:
        # What comes to be owed meanwhile may have been committed after this was told.
        owed = self.owed
        if owed != self.told:
            self.tell(withdraws=True)
            self.told = owed
            self.asked_again_at = 0.0

    def rest(self, error: Exception) -> None:
        """Let Redis be for a while; all that it may have missed is owed."""
        with self.lock:
            self.owed += 1
            if not self.asked_again_at:
                logger.warning("Redis does not answer; pages are made for each visitor: %s", error)
            self.asked_again_at = time.monotonic() + PAUSE
            if not self.teller:
                self.teller = threading.Thread(
                    target=self.tell_once_back, name="page cache", daemon=True
                )
                self.teller.start()

    def tell_once_back(self) -> None:
        while True:
            time.sleep(PAUSE)
            with suppress(RedisError):
                self.tell_owed()
            with self.lock:
                if self.told == self.owed:
                    self.teller = None
                    return

    def wait_for_teller(self) -> None:
        teller = self.teller
        if teller:
            teller.join(LAST_WAIT)
            if self.teller:
                logger.error("Redis has not been told that pages may have changed")
