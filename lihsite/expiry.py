"""What is deleted once it was kept for its time: each room names what it keeps so."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

_deletions: dict[str, Callable[[datetime], int]] = {}


def register_deletion(name: str, delete: Callable[[datetime], int]) -> None:
    """Let `delete` be called with the moment (UTC) of the deletion; it says how much was due."""
    _deletions[name] = delete


def delete_expired(now: datetime | None = None) -> dict[str, int]:
    """Delete what is due everywhere, and say how much by the names that it was registered by."""
    now = now or timezone.now()
    return {name: delete(now) for name, delete in _deletions.items()}
