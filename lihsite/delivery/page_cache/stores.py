"""Where answers are kept: in the memory of a process, and behind it in Redis for several."""

import hashlib
import threading
from collections import OrderedDict
from contextlib import suppress

from django.contrib.staticfiles.storage import staticfiles_storage
from redis import Redis, RedisError

from .answers import Answer

OFTEN = 0.8
"""Of all bytes, what was asked for more than once may take."""

PAGE, CLAIM = "lihsite:page:", "lihsite:making:"
CLAIM_SECONDS = 10
"""After so long another process makes the answer, should the first have been killed."""


class MemoryStore:
    """Keeps up to so many bytes. What was asked for once makes room first, then what longest ago.

    So the searches of one visitor, or the walk of a robot through all addresses, do not drive out
    the pages that everybody reads (a segmented LRU: Karedla, Love and Wherry, 1994).
    """

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes = self.bytes_of_often = 0
        self.once: OrderedDict[str, Answer] = OrderedDict()
        self.often: OrderedDict[str, Answer] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: str) -> Answer | None:
        with self.lock:
            if key in self.often:
                self.often.move_to_end(key)
                return self.often[key]
            answer = self.take(key)
            if answer is not None:
                self.add(self.often, key, answer)
            return answer

    def put(self, key: str, answer: Answer) -> None:
        with self.lock:
            place = self.often if key in self.often else self.once
            self.take(key)
            self.add(place, key, answer)
            while self.bytes > self.most_bytes:
                self.take(next(iter(self.once or self.often)))

    def forget(self, key: str) -> None:
        """Give the answer to nobody any more."""
        with self.lock:
            self.take(key)

    def add(self, place: OrderedDict[str, Answer], key: str, answer: Answer) -> None:
        """Put the answer in; what then is too much of the often asked is as if asked for once."""
        place[key] = answer
        self.bytes += answer.size
        if place is self.often:
            self.bytes_of_often += answer.size
        while self.bytes_of_often > self.most_bytes * OFTEN:
            oldest = next(iter(self.often))
            self.add(self.once, oldest, self.take(oldest))

    def take(self, key: str) -> Answer | None:
        """Take the answer out, wherever it is."""
        for place in (self.once, self.often):
            if key in place:
                answer = place.pop(key)
                self.bytes -= answer.size
                if place is self.often:
                    self.bytes_of_often -= answer.size
                return answer
        return None

    def get_shared(self, key: str) -> Answer | None:
        """What another process has made; there is none."""

    def claim(self, key: str) -> bool:
        """Whether no other process is making the answer; from now on this one is."""
        return True

    def give_up(self, key: str) -> None:
        """The answer is not being made any more."""


class SharedStore(MemoryStore):
    """Memory, and behind it what other processes have put into Redis; without Redis, memory alone.

    What is in memory is not asked for in Redis: its token says whether it is still right. Processes
    of another release have theirs beside: a page names the static files of its own.
    """

    def __init__(self, most_bytes: int, redis: Redis, seconds: int):
        super().__init__(most_bytes)
        self.redis = redis
        self.seconds = seconds
        self.release = release()

    def place_of(self, kind: str, key: str) -> str:
        """The name in Redis."""
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{kind}{self.release}:{digest}"

    def get_shared(self, key: str) -> Answer | None:
        try:
            data = self.redis.get(self.place_of(PAGE, key))
            answer = Answer.from_bytes(data) if data else None
        except (RedisError, ValueError, KeyError, TypeError):
            return None
        if answer:
            super().put(key, answer)
        return answer

    def put(self, key: str, answer: Answer) -> None:
        super().put(key, answer)
        # Where Redis is away, the token says so; the answer stays in memory.
        with suppress(RedisError):
            self.redis.set(self.place_of(PAGE, key), answer.to_bytes(), ex=self.seconds)

    def claim(self, key: str) -> bool:
        try:
            return bool(self.redis.set(self.place_of(CLAIM, key), b"1", nx=True, ex=CLAIM_SECONDS))
        except RedisError:
            return True

    def give_up(self, key: str) -> None:
        with suppress(RedisError):
            self.redis.delete(self.place_of(CLAIM, key))


def release() -> str:
    """Tells releases with other static files apart, by the digest of the names of all of them."""
    return getattr(staticfiles_storage, "manifest_hash", "")
