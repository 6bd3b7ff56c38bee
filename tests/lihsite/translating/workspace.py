"""A small site for tests of the workspace, and the people who work on it."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from lihsite.multilingual.stored_states import states_of
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

ENGLISH_ONLY = ("en",)


def people():
    """The home page, with the demonstration's accounts and their rights below it."""
    home = factories.home()
    accounts(home)
    return home


def account(username: str):
    return get_user_model().objects.get(username=username)


def state(instance, language="fr"):
    return states_of(instance)[language]


def redraft(page, **changes):
    """Change texts in the newest draft of a page."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()


def desk(username: str, query: str = "all=1", admin_language: str | None = None):
    """The answer of the desk to an account."""
    return client_of(username, admin_language).get(f"{reverse('translating:desk')}?{query}")


def listed(username: str, query: str = "all=1") -> list[tuple[str, str]]:
    """The titles and languages that the desk lists."""
    answer = desk(username, query)
    assert answer.status_code == 200
    return [(row.title, row.language) for row in answer.context["table"].data]
