"""What an import would do, as it is shown before it is done."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum


class Conflict(StrEnum):
    """Why a text of the file does not meet what is here now."""

    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True)
class Change:
    """What the file would do to one segment; `after` equals `before` where it is only confirmed."""

    object_key: str
    object_title: str
    edit_url: str
    language: str
    name: str
    label: str
    before: str
    after: str
    source: str
    """The fingerprint of the source text that was translated."""
    conflicts: tuple[Conflict, ...] = ()
    source_then: str = ""
    source_now: str = ""
    is_rich: bool = False

    @property
    def key(self) -> str:
        return f"{self.object_key}:{self.language}:{self.name}"

    @property
    def is_of_page(self) -> bool:
        return ":" not in self.object_key

    @property
    def is_confirmation(self) -> bool:
        return self.before == self.after

    @property
    def source_moved_on(self) -> bool:
        return Conflict.SOURCE in self.conflicts

    @property
    def target_was_changed(self) -> bool:
        return Conflict.TARGET in self.conflicts


@dataclass(frozen=True)
class Problem:
    """What is malformed, or may not be done; the file is refused for it."""

    where: str
    message: str


@dataclass
class Plan:
    """All that a file would do."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    removed: list[Problem] = field(default_factory=list)
    """Texts that the source has no more: their translations are not needed and left out."""
    unchanged: int = 0
    untranslated: int = 0

    @property
    def conflicts(self) -> list[Change]:
        return [change for change in self.changes if change.conflicts]

    @property
    def plain_changes(self) -> list[Change]:
        return [change for change in self.changes if not change.conflicts]

    @property
    def pages(self) -> int:
        """How many pages get another draft."""
        return len({change.object_key for change in self.changes if change.is_of_page})

    @property
    def others(self) -> int:
        """How many objects change at once for visitors, because they have no drafts."""
        return len({change.object_key for change in self.changes if not change.is_of_page})

    @property
    def digest(self) -> str:
        """A mark of what was shown: what is done must be what a person has seen."""
        shown = [(one.key, one.before, one.after, *one.conflicts) for one in self.changes]
        shown += [(problem.where, problem.message) for problem in self.problems]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()
