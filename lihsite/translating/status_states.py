"""The translations of a page, with who is to do them, in the status panel of its edit form."""

from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import states_of
from lihsite.pages.side_panels import StatusItem, status_items
from lihsite.translating.access import Addresses


def states_context(page, user) -> dict:
    """The states as they are stored after each save, autosaves included."""
    addresses, writable = Addresses(user), writable_languages(user)
    states = [state for state in states_of(page).values() if state.state != State.SOURCE]
    work = Assignment.objects.open().filter(state__in=states).select_related("assignee")
    assignments = {assignment.state_id: assignment for assignment in work}
    return {
        "translations_of_page": [
            {
                "state": State(state.state),
                "name": state.language_name,
                "words_to_do": state.words_to_do,
                "by_machine": state.by_machine,
                "outdated_since": state.outdated_since,
                "url": addresses.of(state) if state.language in writable else "",
                "assignment": assignments.get(state.pk),
            }
            for state in states
        ]
    }


status_items.append(StatusItem("lihsite/admin/desk/status_states.html", states_context))
