"""Prepared queries answer as the query sets that they are written as would."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import ExtractYear

from events.models import EventPage
from lihsite.prepared import prepared, prepared_rows
from news.models import NewsPage
from research.models import Person, TopicLead
from tests import factories

pytestmark = pytest.mark.django_db


@prepared
def news_of(kind: str, since: date):
    return NewsPage.objects.filter(kind=kind, date__gte=since).order_by("date")


@prepared
def named(ids: list[int]):
    return Person.objects.filter(id__in=ids).order_by("name")


@prepared
def named_or(ids: list[int], name: str):
    return Person.objects.filter(Q(id__in=ids) | Q(name=name)).order_by("name")


@prepared
def ordered(*, by: str):
    return Person.objects.order_by(by)


@prepared
def leads():
    led = TopicLead.objects.filter(person=OuterRef("pk"))
    return Person.objects.annotate(leads=Exists(led)).order_by("name")


@prepared
def starting_after(moment: datetime):
    return EventPage.objects.filter(start__gt=moment)


@prepared_rows
def years():
    return NewsPage.objects.order_by("date").values_list("kind", "date", ExtractYear("date"))


@pytest.fixture
def people():
    return [factories.person(name) for name in ("Ada", "Bea", "Cleo")]


def test_values_are_those_of_each_run():
    old = factories.news(kind="story", date=date(2024, 5, 1))
    new = factories.news(kind="story", date=date(2026, 5, 1))
    grant = factories.news(kind="grant_award", date=date(2026, 5, 1))
    assert news_of(kind="story", since=date(2025, 1, 1)) == [new]
    assert news_of(kind="story", since=date(2024, 1, 1)) == [old, new]
    assert news_of(kind="grant_award", since=date(2024, 1, 1)) == [grant]


def test_no_answer_is_kept(people):
    before = ordered(by="name")
    added = factories.person("Dora")
    assert ordered(by="name") == [*before, added]


def test_a_list_can_have_any_length(people):
    ada, bea, cleo = people
    assert named(ids=[cleo.pk, ada.pk]) == [ada, cleo]
    assert named(ids=[bea.pk]) == [bea]
    assert named(ids=[]) == []
    assert named_or(ids=[], name="Bea") == [bea]
    assert named_or(ids=[cleo.pk], name="Bea") == [bea, cleo]


def test_keyword_only_arguments_decide_what_the_query_is(people):
    assert ordered(by="name") == people
    assert ordered(by="-name") == people[::-1]


def test_objects_are_as_a_query_set_would_give_them():
    event = factories.event(
        start=datetime(2026, 6, 3, 8, tzinfo=UTC), languages_spoken=["fr", "lb"], all_day=True
    )
    (found,) = starting_after(moment=datetime(2026, 6, 3, 7, 59, tzinfo=UTC))
    assert isinstance(found, EventPage)
    assert (found.start, found.all_day, found.languages_spoken) == (event.start, True, ["fr", "lb"])
    assert found.translation_key == event.translation_key
    found.save()
    assert starting_after(moment=datetime(2026, 6, 3, 8, tzinfo=UTC)) == []


def test_annotations_have_their_types(people):
    factories.topic(leads=people[1:2])
    assert [(person.name, person.leads) for person in leads()] == [
        ("Ada", False),
        ("Bea", True),
        ("Cleo", False),
    ]


def test_what_was_left_out_is_fetched_when_it_is_asked_for(people, django_assert_num_queries):
    @prepared
    def names():
        return Person.objects.only("name").order_by("name")

    first = names()[0]
    assert "email" in first.get_deferred_fields()
    with django_assert_num_queries(1):
        assert first.email == ""


def test_rows_have_plain_values():
    factories.news(kind="story", date=date(2025, 12, 31))
    assert years() == [["story", date(2025, 12, 31), 2025]]


def test_a_paginator_counts_and_gets_one_page(people, django_assert_num_queries):
    pages = named.sliceable(ids=[person.pk for person in people])
    with django_assert_num_queries(2):
        assert pages.count() == 3
        assert pages[1:2] == people[1:2]
    assert pages[2:4] == people[2:]
    nobody = named.sliceable(ids=[])
    assert (nobody.count(), nobody[0:2]) == (0, [])


def test_the_sql_is_built_once(people):
    calls = []

    @prepared
    def counted(name: str, *, by: str):
        calls.append(by)
        return Person.objects.filter(name=name).annotate(number=Count("pk")).order_by(by)

    for name in ("Ada", "Bea", "Nobody"):
        assert [one.name for one in counted(name=name, by="name")] == [name] * (name != "Nobody")
    counted(name="Ada", by="slug")
    assert calls == ["name", "slug"]
