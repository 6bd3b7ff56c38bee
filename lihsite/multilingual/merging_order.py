"""Joins two orders of the same things: what each side moved or added stands where it put it."""

from bisect import bisect_left


def merge_order(base: list, theirs: list, mine: list, kept) -> list:
    """The order of the names in `kept`, from the orders of both sides and of their ancestor.

    What mine moved or added stands behind the same name as there; the rest is in their order. Where
    both moved the same thing it stands where mine put it.
    """
    moved = set(mine) - _unmoved(base, mine)
    order = [name for name in theirs if name in kept and name not in moved]
    before = None
    for name in mine:
        if name not in kept:
            continue
        if name in moved:
            order.insert(order.index(before) + 1 if before is not None else 0, name)
        if name in moved or name in order:
            before = name
    return order


def _unmoved(base: list, other: list) -> set:
    """As many names as possible that stand in both in the same order."""
    place = {name: index for index, name in enumerate(base)}
    names = [name for name in other if name in place]
    # The longest increasing run of places: `ends` holds the smallest last place of each length.
    ends, ends_at, previous = [], [], []
    for index, name in enumerate(names):
        length = bisect_left(ends, place[name])
        previous.append(ends_at[length - 1] if length else None)
        if length == len(ends):
            ends.append(place[name])
            ends_at.append(index)
        else:
            ends[length] = place[name]
            ends_at[length] = index
    unmoved, index = set(), ends_at[-1] if ends_at else None
    while index is not None:
        unmoved.add(names[index])
        index = previous[index]
    return unmoved
