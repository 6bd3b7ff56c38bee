"""What tests in the browser share: the addresses of the demonstration, and browsers to visit it."""

import pytest

from tests import visitor_pages


@pytest.fixture(scope="session")
def visitor_addresses(demo_database, django_db_blocker):
    """For each kind of page, its path in each language."""
    with django_db_blocker.unblock():
        return visitor_pages.addresses()


@pytest.fixture(scope="session")
def light(browser):
    """A browser page in the light colour scheme, shared by the tests that only look."""
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def dark(browser):
    """The same in the dark colour scheme."""
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    yield context.new_page()
    context.close()
