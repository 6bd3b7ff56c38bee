"""Tells editors which translations the source that they have saved makes outdated."""

from django.contrib.contenttypes.models import ContentType
from django.dispatch import receiver
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from lihsite.multilingual.stored_states import states_of, states_stored
from lihsite.translating.access import Addresses


@receiver(states_stored)
def note_what_became_outdated(sender, instance, changes, **kwargs):
    """Leave a note of the languages with the object, for the hooks that run after its form."""
    instance.made_outdated = [
        language
        for language, (before, now) in changes.items()
        if before and now.outdated > before.outdated
    ]


def tell_what_became_outdated(request, instance) -> None:
    """Name the translations beside the message that the object was saved.

    An autosave shows no messages: what it made outdated is told at the next save by hand.
    """
    key = f"outdated_{ContentType.objects.get_for_model(instance).pk}_{instance.pk}"
    languages = getattr(instance, "made_outdated", [])
    if not request.accepts("text/html"):
        if languages:
            request.session[key] = sorted({*request.session.get(key, []), *languages})
        return
    languages = {*request.session.pop(key, []), *languages}
    outdated = [
        state
        for language, state in states_of(instance).items()
        if language in languages and state.outdated
    ]
    if outdated:
        addresses = Addresses(request.user)
        messages.warning(
            request,
            _("What you changed in the source makes translations outdated: %(languages)s.")
            % {"languages": get_text_list([named(state) for state in outdated], _("and"))},
            buttons=[
                messages.button(addresses.of(state), state.language_name) for state in outdated
            ],
        )


def named(state) -> str:
    texts = ngettext("%(count)d text", "%(count)d texts", state.outdated) % {
        "count": state.outdated
    }
    return f"{state.language_name} ({texts})"
