"""Which backups are kept: so many of the last days, weeks, months and years, or so many in all."""

import re
from collections.abc import Iterable
from datetime import datetime

from lihsite.operations.stops import Stop

PERIODS = {
    "d": lambda moment: moment.date(),
    "w": lambda moment: moment.isocalendar()[:2],
    "m": lambda moment: (moment.year, moment.month),
    "y": lambda moment: moment.year,
}


def parse_rule(text: str) -> dict[str, int]:
    """The rule of `7d,4w,12m`, or of `10` for the last ten. Raises Stop."""
    rule = {}
    for part in text.split(","):
        match = re.fullmatch(r"\s*(\d+)([dwmy]?)\s*", part)
        if not match or not int(match[1]) or match[2] in rule:
            raise Stop(f"“{text}” is no rule for --keep: give a number, or such as 7d,4w,12m.")
        rule[match[2]] = int(match[1])
    return rule


def kept(moments: Iterable[datetime], rule: dict[str, int]) -> set[datetime]:
    """The moments of the backups that stay: of each day (week, month, year) that has one the
    newest, for so many of them as the rule says; days are those of UTC. The newest always stays.
    """
    newest_first = sorted(set(moments), reverse=True)
    found = set(newest_first[:1])
    for unit, count in rule.items():
        if not unit:
            found.update(newest_first[:count])
            continue
        periods = {}
        for moment in newest_first:
            periods.setdefault(PERIODS[unit](moment), moment)
        found.update(list(periods.values())[:count])
    return found
