"""What an object offers to search in one language, beside what its fields say."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Findable:
    """An object's text in a language, and what results are filtered and sorted by.

    `headings` count as much as the summary; `names` are those of people and places that the object
    is found by. Times are aware of their zone; `topics` are ids of topic pages. Before
    `hidden_until` nobody finds it.
    """

    language: str
    title: str
    summary: str = ""
    headings: tuple[str, ...] = ()
    body: str = ""
    names: tuple[str, ...] = ()
    date: datetime.date | None = None
    ends_at: datetime.datetime | None = None
    topics: tuple[int, ...] = field(default=())
    hidden_until: datetime.datetime | None = None
