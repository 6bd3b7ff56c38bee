"""Whoever begins too often to sign in by passkey reads at the login how long to wait."""

import pytest
from playwright.sync_api import expect

from tests.lihsite.accounts.conftest import LOGIN

TRY = """async () => {
  const form = document.querySelector("form[data-passkey]");
  const headers = {
    "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, Accept: "application/json"
  };
  for (let tries = 1; tries < 200; tries++) {
    const answer = await fetch(form.dataset.options, { method: "POST", headers });
    if (answer.status === 429) return tries;
  }
}"""
"""Begins until it is refused; says at which try."""


@pytest.fixture
def page(browser, edited_demo_server):
    """At localhost: browsers have no passkeys for an address of numbers."""
    context = browser.new_context(
        base_url=edited_demo_server.url.replace("127.0.0.1", "localhost"), locale="fr-FR"
    )
    yield context.new_page()
    context.close()


def test_the_login_says_how_long_to_wait(page):
    page.goto(LOGIN)
    assert page.evaluate(TRY) > 60
    form = page.locator("form[data-passkey]")
    form.locator("[type=submit]").click()
    expect(form.locator("[data-passkey-status]")).to_contain_text("Trop de tentatives")
    assert page.url.endswith(LOGIN)
