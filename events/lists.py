"""The lists of events that stand on other pages, each by one query."""

from datetime import datetime

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from events.models import EventPage, EventSpeaker
from events.registration import why_no_registration
from events.states import not_over
from lihsite.prepared import prepared
from research.models import Person, ResearchTopicPage

ON_THE_HOME_PAGE = 4
BESIDE_A_TOPIC = 4
OF_A_PERSON = 12


def coming_events() -> list[EventPage]:
    """What is on now and what comes next."""
    return _coming(now=timezone.now())


def coming_events_about(topic: ResearchTopicPage) -> list[EventPage]:
    return _coming_about(topic=topic.pk, now=timezone.now())


def events_with(person: Person) -> list[EventPage]:
    """The events at which a person speaks: what is on, what comes next, then the last first."""
    return _with(person=person.pk, now=timezone.now())


def why_form_is_closed(form: int) -> str:
    """Why nobody can register with a form: none of the events that it belongs to takes people."""
    reasons = [why_no_registration(event) for event in _registering_with(form=form)]
    return reasons[0] if reasons and all(reasons) else ""


@prepared
def _registering_with(form: int) -> QuerySet:
    """The last event first: a form that served once may serve again."""
    return EventPage.objects.listed().filter(registration_form=form).order_by("-start", "-pk")


@prepared
def _coming(now: datetime) -> QuerySet:
    return EventPage.objects.listed().coming(now)[:ON_THE_HOME_PAGE]


@prepared
def _coming_about(topic: int, now: datetime) -> QuerySet:
    return EventPage.objects.listed().about(topic).coming(now)[:BESIDE_A_TOPIC]


@prepared
def _with(person: int, now: datetime) -> QuerySet:
    talks = EventSpeaker.objects.filter(person=person)
    coming = Case(When(not_over(now), then=F("start")))
    listed = EventPage.objects.listed().filter(pk__in=talks.values("page"))
    return listed.order_by(coming.asc(nulls_last=True), "-start", "-pk")[:OF_A_PERSON]
