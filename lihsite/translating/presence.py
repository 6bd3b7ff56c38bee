"""Who has the form of an object open now, as far as their browser has told."""

from collections import defaultdict

from django.utils import timezone
from wagtail.admin.models import EditingSession

from lihsite.translating.access import own_languages

SEEN_WITHIN = timezone.timedelta(minutes=2)
"""An open form reports itself every few seconds while its tab is visible."""


def people_at_work(states) -> dict[int, list]:
    """The users at work on each of the translations, by the key of its state.

    Somebody who writes some languages only is at work on those.
    """
    sessions = EditingSession.objects.filter(
        content_type__in={state.content_type_id for state in states},
        object_id__in={str(state.object_id) for state in states},
        last_seen_at__gte=timezone.now() - SEEN_WITHIN,
    )
    people, languages = defaultdict(set), {}
    for session in sessions.select_related("user"):
        people[session.content_type_id, session.object_id].add(session.user)
        if session.user not in languages:
            languages[session.user] = own_languages(session.user)
    return {
        state.pk: sorted(
            (
                user
                for user in people[state.content_type_id, str(state.object_id)]
                if not languages[user] or state.language in languages[user]
            ),
            key=lambda user: user.pk,
        )
        for state in states
    }
