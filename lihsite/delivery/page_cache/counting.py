"""How often the cache gave each answer: counted at each request, so without lock or label."""

from itertools import count

ANSWERS = ("hit", "stale", "collapsed", "stale_if_error", "miss", "never_kept", "unknown")
"""`stale` is the last good copy while another makes the new one; `collapsed` waited for that one;
`never_kept` went to the site, as it always does; `unknown` too, as Redis was away."""


class Answers:
    """`given["hit"]()` counts one more: a step of the interpreter, which no thread parts."""

    def __init__(self):
        self.counters = {answer: count() for answer in ANSWERS}
        self.given = {answer: counter.__next__ for answer, counter in self.counters.items()}
        self.told = dict.fromkeys(ANSWERS, 0)

    def take(self) -> dict[str, int]:
        """How often each was given since this was last asked; by one thread."""
        taken = {}
        for answer, counter in self.counters.items():
            # Looking counts as well.
            value = next(counter)
            taken[answer] = value - self.told[answer]
            self.told[answer] = value + 1
        return taken
