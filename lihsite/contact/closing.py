"""Whether a form takes answers at the moment. Rooms above know why one does not."""

from collections.abc import Callable

reasons_to_close: list[Callable[[int], str]] = []
"""Each gets the id of a form's page, and answers with a sentence for visitors, "" for none."""


def why_closed(page_id: int) -> str:
    """The first reason, in the active language; "" while the form is open."""
    return next(filter(None, (find(page_id) for find in reasons_to_close)), "")
