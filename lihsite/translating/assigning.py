"""Assigns translations to people, hands them over, and notes which are done."""

from collections import Counter

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.dispatch import receiver
from django.utils import timezone

from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import (
    CHANGE_SHARED_FIELDS,
    translate_codename,
    writable_languages,
)
from lihsite.multilingual.stored_states import TranslationState, states_stored
from lihsite.translating.assignment_mails import tell_assignee


def writers_of(languages) -> models.QuerySet:
    """The active users who may write at least one of the languages."""
    users = get_user_model().objects
    backend = "django.contrib.auth.backends.ModelBackend"
    codenames = [CHANGE_SHARED_FIELDS, *map(translate_codename, languages)]
    keys = set()
    for codename in codenames:
        found = users.with_perm(f"lihsite.{codename}", backend=backend)
        keys.update(found.values_list("pk", flat=True))
    return users.filter(pk__in=keys, is_active=True).order_by("first_name", "last_name", "pk")


@transaction.atomic
def assign(states, assignee, *, by=None, due_on=None, note="") -> list[Assignment]:
    """Ask the assignee for the translations, in the place of whoever was asked before.

    What is up to date already, and confirmed, is left alone. The assignee gets one e-mail about all
    of them, if it is somebody else who asks. Raises ValueError where the assignee may not write a
    language.
    """
    languages = set(writable_languages(assignee))
    if foreign := {state.language for state in states} - languages:
        raise ValueError(", ".join(sorted(foreign, key=language_codes().index)))
    states = [state for state in states if state.is_to_do]
    _lock(states)
    Assignment.objects.open().filter(state__in=states).delete()
    assignments = Assignment.objects.bulk_create(
        Assignment(state=state, assignee=assignee, assigned_by=by, due_on=due_on, note=note)
        for state in states
    )
    if assignments and assignee != by:
        tell_assignee(assignments)
    return assignments


def _lock(states) -> None:
    """Let others who assign them wait: of two at once the later one replaces the earlier.

    In the order of the keys, so that two never wait for each other.
    """
    rows = TranslationState.objects.filter(pk__in=[state.pk for state in states])
    list(rows.select_for_update().order_by("pk").values_list("pk"))


@transaction.atomic
def hand_over(person, successor, *, by=None) -> tuple[int, int]:
    """Give all open work of a person to another one; due dates and notes stay.

    Returns how many assignments went over, and how many stayed because the successor may not
    write their language.
    """
    work = Assignment.objects.open().filter(assignee=person).select_related("state")
    languages = writable_languages(successor)
    moved = [assignment for assignment in work if assignment.state.language in languages]
    for assignment in moved:
        assignment.assignee, assignment.assigned_by = successor, by
    Assignment.objects.bulk_update(moved, ["assignee", "assigned_by"])
    if moved and successor != by:
        tell_assignee(moved)
    return len(moved), len(work) - len(moved)


def open_work_by_person() -> dict:
    """The number of open assignments of each person who has some, by user."""
    counted = Assignment.objects.open().values_list("assignee").annotate(models.Count("pk"))
    counts = Counter(dict(counted))
    people = get_user_model().objects.filter(pk__in=counts).order_by("first_name", "last_name")
    return {person: counts[person.pk] for person in people}


@receiver(states_stored)
def close_what_is_done(sender, instance, changes, **kwargs):
    done = [
        before.pk
        for before, now in changes.values()
        if before and before.is_to_do and not now.is_to_do
    ]
    if done:
        Assignment.objects.open().filter(state__in=done).update(done_at=timezone.now())
