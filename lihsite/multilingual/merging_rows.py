"""Joins the rows of a relation, which have keys once they are published and none before."""

import json

from .merging_order import merge_order
from .merging_values import MISSING, Place, merge_value

UNCOUNTED = frozenset({"pk", "sort_order"})
"""What follows from storing a row and from its place, and is not compared."""


def merge_rows(model, base: list, theirs: list, mine: list, place: Place) -> list:
    """The rows of both sides: by key, and by what they say where they have none yet."""
    if contents_of(mine) in (contents_of(base), contents_of(theirs)):
        return theirs
    if contents_of(theirs) == contents_of(base):
        return mine
    named = _named(base, theirs, mine)
    merged = {}
    for name in dict.fromkeys((*named[1], *named[2])):
        row = _merge_row(model, *(side.get(name, MISSING) for side in named), place.below(name))
        if row is not MISSING:
            merged[name] = row
    order = merge_order(*(list(side) for side in named), merged)
    return [
        {**merged[name], "sort_order": index} if "sort_order" in merged[name] else merged[name]
        for index, name in enumerate(order)
    ]


def contents_of(rows: list) -> list:
    """What the rows say, in their order."""
    return [_content(row) for row in rows]


def _content(row: dict) -> str:
    counted = {name: value for name, value in row.items() if name not in UNCOUNTED}
    return json.dumps(counted, sort_keys=True)


def _named(*sides: list) -> list[dict]:
    """The rows of each side by a name that the same row has on every side."""
    known: list[tuple[str, dict]] = []
    named = []
    for side in sides:
        taken, names = set(), [None] * len(side)
        for is_same in (_has_key_of, _says_what):
            for index, row in enumerate(side):
                if names[index] is not None:
                    continue
                for name, other in known:
                    if name not in taken and is_same(row, other):
                        names[index] = name
                        taken.add(name)
                        break
        for index, row in enumerate(side):
            if names[index] is None:
                names[index] = str(len(known))
                known.append((names[index], row))
        known = [*known, *zip(names, side, strict=True)]
        named.append(dict(zip(names, side, strict=True)))
    return named


def _has_key_of(row: dict, other: dict) -> bool:
    return row.get("pk") is not None and row["pk"] == other.get("pk")


def _says_what(row: dict, other: dict) -> bool:
    keys = {row.get("pk"), other.get("pk")}
    return (len(keys) == 1 or None in keys) and _content(row) == _content(other)


def _merge_row(model, base, theirs, mine, place):
    if mine is MISSING or theirs is MISSING:
        left = theirs if mine is MISSING else mine
        if base is MISSING:
            return left
        return MISSING if _content(left) == _content(base) else place.settle(base, theirs, mine)
    merged = {**theirs, "pk": theirs.get("pk") or mine.get("pk")}
    for name, value in mine.items():
        if name not in UNCOUNTED:
            field = model._meta.get_field(name)
            ancestor = base.get(name, MISSING) if base else MISSING
            below = place.below(name, field.verbose_name, field)
            merged[name] = merge_value(None, ancestor, theirs.get(name, MISSING), value, below)
    return merged
