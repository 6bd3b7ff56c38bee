"""The token of the content's state, which all processes share and every change replaces.

Its second half is replaced only when something is withdrawn from visitors (`withdrawals.py`): an
answer may be older than the content, as the last good one, but never than a withdrawal.
"""

import logging
import mmap
import os
import time
from pathlib import Path
from uuid import uuid4

from redis import Redis, RedisError

logger = logging.getLogger(__name__)

HALF = 16
LENGTH = 2 * HALF
CONTENT, WITHDRAWAL = KEYS = "lihsite:content", "lihsite:withdrawal"
PAUSE = 1.0
"""Seconds for which a Redis that did not answer is not asked again."""


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

    While Redis is away, `current` raises Unknown; a change that could not be told is told before
    anything else once it is back.
    """

    def __init__(self, redis: Redis):
        self.redis = redis
        self.owes_change = False
        self.asked_again_at = 0.0

    def current(self) -> bytes:
        if time.monotonic() < self.asked_again_at:
            raise Unknown
        try:
            if self.owes_change:
                self.tell(withdraws=True)
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
        self.owes_change = True
        try:
            self.tell(withdraws)
        except RedisError as error:
            self.rest(error)

    def tell(self, withdraws: bool) -> None:
        self.redis.mset({key: new_half() for key in (KEYS if withdraws else (CONTENT,))})
        self.owes_change = False

    def rest(self, error: Exception) -> None:
        if not self.asked_again_at:
            logger.warning("Redis does not answer; pages are made for each visitor: %s", error)
        self.asked_again_at = time.monotonic() + PAUSE
