"""What visitors do with forms beside sending them."""

import re

import pytest
from playwright.sync_api import expect

FORM = "form"


@pytest.fixture
def visitor(browser, live_demo_server):
    context = browser.new_context(base_url=live_demo_server.url, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def switch(page, language):
    page.locator(f"header a[hreflang={language}]").click()
    page.wait_for_url(re.compile(f"/{language}/"))


def test_what_was_typed_comes_along_into_another_language(visitor, visitor_addresses):
    visitor.goto(visitor_addresses[FORM]["en"])
    visitor.get_by_label("Taking part in a study").check()
    visitor.get_by_label("Name").fill("Ada")
    visitor.get_by_label("Your message").fill("Bonjour,\nwie geht es?")
    consent = visitor.locator("input[name=consent]")
    consent.check()
    switch(visitor, "de")
    expect(visitor.get_by_label("Die Teilnahme an einer Studie")).to_be_checked()
    expect(visitor.get_by_label("Name")).to_have_value("Ada")
    expect(visitor.get_by_label("Ihre Nachricht")).to_have_value("Bonjour,\nwie geht es?")
    # To what is read now, nobody has agreed yet.
    expect(consent).not_to_be_checked()
    assert visitor.evaluate("sessionStorage.length") == 0
    visitor.reload()
    assert visitor.evaluate("sessionStorage.length") == 0


def test_an_address_for_the_newsletter_comes_along(visitor, visitor_addresses):
    visitor.goto(visitor_addresses["newsletter"]["fr"])
    visitor.locator("main input[type=email]").fill("ada@example.org")
    switch(visitor, "en")
    expect(visitor.locator("main input[type=email]")).to_have_value("ada@example.org")


def test_without_javascript_the_switcher_leads_to_the_empty_form(
    browser, live_demo_server, visitor_addresses
):
    context = browser.new_context(base_url=live_demo_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(visitor_addresses[FORM]["en"])
    page.get_by_label("Name").fill("Ada")
    switch(page, "fr")
    expect(page.get_by_label("Nom", exact=True)).to_have_value("")
    context.close()
