"""Whether an event is upcoming, on now or past: the same rule for one event and for queries.

An event is upcoming before its start, on from its start until its end, past from its end on.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    UPCOMING = "upcoming", _("Upcoming")
    NOW = "now", _("Now")
    PAST = "past", _("Past")


def state_at(start: datetime, end: datetime, moment: datetime) -> EventState:
    if moment < start:
        return EventState.UPCOMING
    return EventState.NOW if moment < end else EventState.PAST


def in_state(state: EventState, moment: datetime) -> Q:
    match state:
        case EventState.UPCOMING:
            return Q(start__gt=moment)
        case EventState.NOW:
            return Q(start__lte=moment, end__gt=moment)
        case EventState.PAST:
            return Q(end__lte=moment)


def not_over(moment: datetime) -> Q:
    """Upcoming and now in one condition, which the index by end can answer."""
    return Q(end__gt=moment)
