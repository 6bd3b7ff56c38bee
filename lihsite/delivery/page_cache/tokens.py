"""The token of the content's state, which all processes share and every change replaces."""

import logging
import mmap
import os
import time
from pathlib import Path
from uuid import uuid4

from redis import Redis, RedisError

logger = logging.getLogger(__name__)

LENGTH = 16
KEY = "lihsite:content"
PAUSE = 1.0
"""Seconds for which a Redis that did not answer is not asked again."""


class Unknown(Exception):
    """Nobody can say just now what state the content is in; no kept answer may be given."""


def new_token() -> bytes:
    return uuid4().bytes


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

    def change(self) -> None:
        self.map[:LENGTH] = new_token()


class RedisToken:
    """For several machines: a value in Redis.

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
                self.tell_change()
            token = self.redis.get(KEY)
            if token is None:
                self.redis.set(KEY, new_token(), nx=True)
                token = self.redis.get(KEY)
        except RedisError as error:
            self.rest(error)
            raise Unknown from error
        if token is None:
            raise Unknown
        self.asked_again_at = 0.0
        return token

    def change(self) -> None:
        self.owes_change = True
        try:
            self.tell_change()
        except RedisError as error:
            self.rest(error)

    def tell_change(self) -> None:
        self.redis.set(KEY, new_token())
        self.owes_change = False

    def rest(self, error: Exception) -> None:
        if not self.asked_again_at:
            logger.warning("Redis does not answer; pages are made for each visitor: %s", error)
        self.asked_again_at = time.monotonic() + PAUSE
