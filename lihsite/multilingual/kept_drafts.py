"""Drafts that are kept to go live later: what they say of the shared fields, joined with what is.

A review and a schedule keep the draft as it was; shared fields may be published in other ways
before they come to it, such as an event that is moved, or an embargo. So each keeps its base too:
of the shared fields that the draft changes, the values that were live. All others stay as they are
when the draft goes live.

Where a page is not live, its row is no base: Wagtail stores the newest draft there. All that was
kept goes live with the page then, and is in conflict with any other value that is live by then.

Pure functions on contents of revisions.
"""

from django.utils.dateparse import parse_datetime

from .joining import is_same, shared_fields

EMBARGO = "embargo"


def shared_base(model, live: dict | None, draft: dict) -> dict:
    """By name, what is live of the shared fields that the draft changes.

    Where nothing is live, it is what the draft itself says, an embargo only if it sets one.
    """
    if live is None:
        names = shared_fields(model, draft)
        return {name: draft[name] for name in names if name != EMBARGO or draft[name]}
    return {
        name: live.get(name)
        for name in shared_fields(model, draft)
        if not is_same(model, name, live.get(name), draft[name])
    }


def shared_conflicts(model, live: dict, draft: dict, base: dict) -> list[str]:
    """The names of the shared fields that both draft and live changed since the base."""
    return [
        name
        for name, before in base.items()
        if name in draft
        and not is_same(model, name, live.get(name), before)
        and not is_same(model, name, live.get(name), draft[name])
    ]


def with_shared_of(model, live: dict, draft: dict, base: dict | None) -> dict:
    """The draft with what is live in each shared field that it did not change.

    Without a base, as where nobody knows what it changed or nothing is live, it is taken as it is,
    but lifts no embargo.
    """
    if base is None:
        return {**draft, EMBARGO: later(live.get(EMBARGO), draft.get(EMBARGO))}
    kept = {
        name: live[name]
        for name in shared_fields(model, draft)
        if name in live and name not in base
    }
    return {**draft, **kept}


def says_other(model, draft: dict, newest: dict, base: dict | None) -> bool:
    """Whether the newest draft differs in a shared field that the kept one changes.

    Without a base, in any.
    """
    names = shared_fields(model, draft) if base is None else base
    return any(not is_same(model, name, draft.get(name), newest.get(name)) for name in names)


def embargo_of_waiting(waiting: dict, before: dict, after: dict) -> str | None:
    """The embargo of a revision that waits to go live, once another one has been published.

    It takes over the new one; where it says another than was live, the later of both holds.
    """
    old, new, own = (content.get(EMBARGO) for content in (before, after, waiting))
    if moment(old) == moment(new):
        return own
    return new if moment(own) == moment(old) else later(new, own)


def later(one: str | None, other: str | None) -> str | None:
    """The later of two hours as contents hold them; None is no hour."""
    return max((hour for hour in (one, other) if hour), key=moment, default=None)


def moment(hour: str | None):
    return parse_datetime(hour) if hour else None
