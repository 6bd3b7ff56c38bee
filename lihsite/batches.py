"""Many things, so many at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice


def batches(items: Iterable, size: int) -> Iterator[list]:
    """As `itertools.batched`, which Python has from 3.12 on; in lists."""
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch
