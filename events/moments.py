"""When pages change by themselves because of an event."""

from datetime import datetime

from django.db.models import Min, Q

from events.models import EventPage

TIMES = ("start", "end", "registration_deadline")


def next_change_of_event(now: datetime) -> datetime | None:
    """When the next event begins or ends, or registration for one closes; None for never."""
    moments = (
        EventPage.objects.filter(live=True)
        .order_by()
        .aggregate(**{name: Min(name, filter=Q(**{f"{name}__gt": now})) for name in TIMES})
    )
    return min((moment for moment in moments.values() if moment), default=None)
