"""When pages change by themselves: an event begins, an embargo ends, a day is over."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db.models import Min
from django.utils import timezone

from lihsite.models import BasePage

next_changes: list[Callable[[datetime], datetime | None]] = []
"""Each gets an instant and returns the first after it at which something changes, None for never.

Rooms above register theirs.
"""


def next_change(now: datetime) -> datetime:
    """The first instant after `now` at which some page shows something else, unless it is edited.

    At the latest the end of the day, by the site's clocks. Takes a query for each that is
    registered.
    """
    moments = [find(now) for find in next_changes]
    return min([end_of_day(now), *(moment for moment in moments if moment)])


def end_of_day(now: datetime) -> datetime:
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))


def next_embargo(now: datetime) -> datetime | None:
    coming = BasePage.objects.filter(live=True, embargo__gt=now)
    return coming.order_by().aggregate(moment=Min("embargo"))["moment"]


next_changes.append(next_embargo)
