"""What tests in the browser share: the addresses of the demonstration, and browsers to visit it."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests import visitor_pages

# No test fails because the machine was busy.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def visitor_addresses(demo_database, django_db_blocker):
    """For each kind of page, its path in each language."""
    with django_db_blocker.unblock():
        return visitor_pages.all_addresses()


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


@pytest.fixture(scope="module")
def admin_sessions(edited_demo_server):
    """The cookies of the accounts that have signed in to the server already, by user name."""
    return {}


@pytest.fixture
def admin_as(browser, edited_demo_server, admin_sessions):
    """Give a browser page that is signed in to the admin as an account; one login each."""
    contexts = []

    def open_as(username):
        context = browser.new_context(
            base_url=edited_demo_server.url,
            storage_state=admin_sessions.get(username),
            viewport={"width": 1400, "height": 1000},
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        if username not in admin_sessions:
            page.goto(f"{settings.ADMIN_PATH}login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", settings.DEMONSTRATION_PASSWORD)
            page.click("[type=submit]")
            page.wait_for_url(f"**{settings.ADMIN_PATH}")
            admin_sessions[username] = context.storage_state()
        return page

    yield open_as
    for context in contexts:
        context.close()
