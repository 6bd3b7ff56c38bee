"""What can be found: each app registers its objects here when it is ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from lihsite.pages.findable import Findable

from .ids import kind_number


@dataclass(frozen=True)
class Source:
    """Objects of one kind, and what each of them offers in each language that visitors get.

    `label` is the lazy plural that the filter shows. `shown` takes ids and answers with those
    objects that a list of results may show, by id; `address` takes one of them and a language.
    An object that not everybody may see has no findables.
    """

    kind: str
    label: str
    model: type[models.Model]
    findables: Callable[[models.Model], Iterable[Findable]]
    shown: Callable[[list[int]], dict[int, models.Model]]
    address: Callable[[models.Model, str], str | None]
    subject: Callable[[models.Model], models.Model] = lambda obj: obj
    """The object under which another is found: the original of a version, for example."""
    shown_below: type[models.Model] | None = None
    """The type of the page that has to be live for them to be found, where they are no pages."""
    fallback: Callable[[models.Model, str], str | None] = lambda obj, language: None
    """The language that stands in at the address of one in which the object is not live, if any."""

    def address_of_hit(self, obj: models.Model, language: str, visitor_language: str) -> str | None:
        """Where a visitor reads what was found in a language: among their own language's addresses,
        if that text stands in there.
        """
        stands_in = self.fallback(obj, visitor_language) == language
        return self.address(obj, visitor_language if stands_in else language)


_sources: dict[type[models.Model], Source] = {}

topic_models: list[type[models.Model]] = []
"""The page types that others can be about; `Findable.topics` are ids of theirs.

Apps above append theirs.
"""


def register_source(source: Source) -> None:
    """Raises ValueError for a kind whose entries could have the ids of another's."""
    for other in _sources.values():
        if other.kind != source.kind and kind_number(other.kind) == kind_number(source.kind):
            raise ValueError(f"{source.kind} has the number of {other.kind}: give it another name.")
    _sources[source.model] = source


def sources() -> list[Source]:
    return list(_sources.values())


def source_of(model: type[models.Model]) -> Source | None:
    """The source of a model; None if its objects are not searched."""
    return _sources.get(model)


def kinds() -> dict[str, str]:
    """The label of each kind of results, in the order in which sources were registered."""
    return {source.kind: source.label for source in _sources.values()}
