"""A home page whose accounts may sign in."""

import pytest

from tests import factories
from tests.lihsite.pages.admin import accounts


@pytest.fixture
def home():
    home = factories.home()
    accounts(home)
    return home
