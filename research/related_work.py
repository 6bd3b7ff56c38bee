"""What other apps know of a person or of a topic: they register it here when they are ready.

Research stands below news and events and does not import them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


class Registry:
    """Named ways to find pages for an object; the names are those of the template context."""

    def __init__(self):
        self._finders: dict[str, Callable[[object], Iterable]] = {}

    def register(self, name: str, find: Callable[[object], Iterable]) -> None:
        """Let `find`, given the object, answer with the listed pages under the name."""
        self._finders[name] = find

    def find_all(self, subject) -> dict[str, list]:
        """The evaluated pages of each name."""
        return {name: list(find(subject)) for name, find in self._finders.items()}


work_of_person = Registry()
"""What a person wrote or speaks at."""

related_to_topic = Registry()
"""What is about a research topic."""


@dataclass(frozen=True)
class Reading:
    """What somebody reads in a language: a page by its id, about topics by theirs.

    `kind` is the type of a news item; it is "" for other pages.
    """

    page: int
    topics: tuple[int, ...]
    language: str
    kind: str = ""


worth_reading_next = Registry()
"""What is worth reading after a page, by the topics that they share; asked with a `Reading`."""
