"""Who has the form of an object open now, as far as their browser has told."""

from collections import defaultdict

from django.utils import timezone
from wagtail.admin.models import EditingSession

from lihsite.models import LoadedDraft
from lihsite.multilingual.permissions import own_languages

SEEN_WITHIN = timezone.timedelta(minutes=2)
"""An open form reports itself every few seconds while its tab is visible."""


def people_at_work(states) -> dict[int, list]:
    """The users at work on each of the translations, by the key of its state.

    The forms of pages know in which language their user works. Of other objects, somebody who
    writes some languages only is at work on those.
    """
    open_forms = EditingSession.objects.filter(
        content_type__in={state.content_type_id for state in states},
        object_id__in={str(state.object_id) for state in states},
        last_seen_at__gte=timezone.now() - SEEN_WITHIN,
    ).select_related("user")
    drafts = LoadedDraft.objects.filter(session__in=open_forms)
    language_of = dict(drafts.order_by("last_used_at").values_list("session", "language"))
    people = defaultdict(dict)
    for form in open_forms:
        known = language_of.get(form.pk)
        languages = [known] if known else own_languages(form.user)
        people[form.content_type_id, form.object_id].setdefault(form.user, set()).update(
            languages or ["*"]
        )
    return {
        state.pk: [
            user
            for user, languages in sorted(
                people[state.content_type_id, str(state.object_id)].items(),
                key=lambda item: item[0].pk,
            )
            if languages & {state.language, "*"}
        ]
        for state in states
    }
