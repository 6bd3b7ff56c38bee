"""What the translators' desk shows: who is to do what, and the progress of the last months."""

from datetime import date, timedelta

from django.db.models import Sum

from home.demonstration.accounts import TRANSLATORS
from lihsite.models import Assignment, ProgressRecord, TranslationState
from lihsite.multilingual.states import State

WEEKS = 26
TEXT_AT_FIRST = 0.7
"""So much of today's text was there at first; the rest came evenly."""
DONE_AT_FIRST = {0: 0.55, 1: 0.25}
"""So much of it was translated at first, by the place of the language among the translations."""


DUE_IN = timedelta(days=9)


def assign_outdated(users: dict, today: date) -> int:
    """Ask each translator for what is outdated in their language; returns for how much."""
    outdated = TranslationState.objects.filter(state=State.OUTDATED, language__in=TRANSLATORS)
    return len(
        Assignment.objects.bulk_create(
            Assignment(
                state=state,
                assignee=users[TRANSLATORS[state.language]],
                assigned_by=users["editor"],
                due_on=today + DUE_IN,
            )
            for state in outdated
        )
    )


def record_progress(today: date) -> None:
    """A record a week until last week: each language has caught up, some from further behind."""
    translations = TranslationState.objects.exclude(state=State.SOURCE)
    sums = translations.values("language").annotate(all=Sum("words"), to_do=Sum("words_to_do"))
    records = []
    for place, found in enumerate(sums.order_by("-all", "-language")):
        share_now = 1 - found["to_do"] / found["all"]
        share_first = DONE_AT_FIRST.get(place, share_now)
        for week in range(WEEKS):
            past = week / WEEKS
            words = round(found["all"] * (TEXT_AT_FIRST + (1 - TEXT_AT_FIRST) * past))
            share = share_first + (share_now - share_first) * past ** (1 + place)
            records.append(
                ProgressRecord(
                    day=today - timedelta(weeks=WEEKS - week),
                    language=found["language"],
                    words=words,
                    words_to_do=round(words * (1 - share)),
                )
            )
    ProgressRecord.objects.bulk_create(records)
