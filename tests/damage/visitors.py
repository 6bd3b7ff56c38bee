"""Visitors who read all the while, and note what they were refused."""

import itertools
import threading
from collections.abc import Sequence

import requests


class Visitors:
    """Threads that ask for pages, one after another, on connections that they keep.

    Every third page is one that nobody has asked for, so that the site has to make it.
    """

    def __init__(self, url: str, paths: Sequence[str], number: int = 6, verify: str | bool = True):
        self.url, self.paths, self.verify = url, paths, verify
        self.answered = 0
        self.failures: list[str] = []
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.read, args=[place]) for place in range(number)]

    def __enter__(self) -> "Visitors":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def read(self, place: int) -> None:
        session = requests.Session()
        # Else it would look for the rules of proxies before each request.
        session.trust_env = False
        session.verify = self.verify
        for number in itertools.count(place):
            if self.ended.is_set():
                return
            try:
                failure = self.failure(session, place, number)
            except requests.RequestException as error:
                failure = str(error)
            with self.lock:
                self.answered += 1
                if failure:
                    self.failures.append(failure)

    def failure(self, session: requests.Session, place: int, number: int) -> str | None:
        """What was wrong with an answer, if anything; raises RequestException if there is none."""
        path = self.paths[number % len(self.paths)]
        if number % 3 == 0:
            path = f"/en/search/?q=cells+{place}+{number}"
        answer = session.get(self.url + path, timeout=60)
        return None if answer.status_code == 200 else f"{path}: {answer.status_code}"


class Senders(Visitors):
    """They send what pages do not take, which is refused quickly. A proxy cannot know that nothing
    was done, and is not to send it once more.
    """

    def failure(self, session, place, number):
        path = self.paths[number % len(self.paths)]
        answer = session.post(self.url + path, {"number": number}, timeout=60)
        return None if answer.status_code == 405 else f"{path}: {answer.status_code}"
