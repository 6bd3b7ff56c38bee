import pytest
from django.db import connection

from lihsite.delivery.page_cache.writes import Watcher
from lihsite.models import BasePage
from tests import factories
from tests.lihsite.pages.admin import accounts


@pytest.fixture
def told_of(django_capture_on_commit_callbacks):
    """What is told of a function's changes once they are committed: whether each withdraws."""

    def told(act) -> list[bool]:
        told = []
        with (
            connection.execute_wrapper(Watcher("default", told.append)),
            django_capture_on_commit_callbacks(execute=True),
        ):
            act()
        return told

    return told


@pytest.fixture
def home():
    home = factories.home()
    accounts(home)
    return home


@pytest.fixture
def article(home):
    page = factories.news(title_en="Microbes", title_fr="Microbes", title_de="Mikroben")
    page.save_revision().publish()
    return BasePage.objects.get(pk=page.pk).specific
