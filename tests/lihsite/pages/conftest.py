"""A home page whose accounts may sign in."""

import pytest

from home.models import HomePage
from tests import factories
from tests.lihsite.pages.admin import accounts


@pytest.fixture(scope="module")
def home_key(shared_rows) -> int:
    home = factories.home()
    accounts(home)
    return home.pk


@pytest.fixture
def home(home_key, db):
    return HomePage.objects.get(pk=home_key)
