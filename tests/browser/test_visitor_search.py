"""Suggestions while a query is typed, by keyboard and with a screen reader."""

import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

TYPED = {"en": "immun", "fr": "immun", "de": "Immun"}
TITLES = "[role=option] > span:first-child"


@pytest.fixture(params=["en", "fr", "de"])
def typing(request, browser, live_demo_server, visitor_addresses):
    """A phone in each language, with suggestions to be seen."""
    context = browser.new_context(
        base_url=live_demo_server.url,
        viewport={"width": 360, "height": 740},
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(visitor_addresses["search"][request.param])
    expect(page.locator("#search-query")).to_be_focused()
    # At once: a key that comes late would have another list take the place of the first.
    page.keyboard.insert_text(TYPED[request.param])
    expect(page.locator("[role=option]").first).to_be_visible()
    yield page
    context.close()


def test_suggestions_follow_the_keys(typing):
    query = typing.get_by_role("combobox")
    query.clear()
    with typing.expect_response(lambda answer: answer.url.endswith("?q=lux")) as answered:
        query.press_sequentially("lux", delay=300)
    titles = [one["title"] for one in answered.value.json()["suggestions"]]
    assert titles
    plain = [unescape(re.sub("<.*?>", "", title)) for title in titles]
    expect(typing.locator(TITLES)).to_have_text(plain)
    expect(typing.get_by_role("listbox")).to_be_visible()


def test_a_list_that_comes_late_does_not_take_the_place_of_one_in_which_something_is_chosen(typing):
    query, chosen = typing.get_by_role("combobox"), typing.locator("[aria-selected=true]")
    asked = []
    typing.on("request", lambda request: asked.append(request.url))
    typing.clock.install()
    query.press("o")
    query.press("ArrowDown")
    title = chosen.locator("span").first.inner_text()
    typing.clock.run_for(1000)
    typing.wait_for_load_state("networkidle")
    assert asked == []
    expect(chosen.locator("span").first).to_have_text(title)


def test_arrows_choose_a_suggestion_and_enter_opens_it(typing):
    query, options = typing.get_by_role("combobox"), typing.locator("[role=option]")
    expect(query).to_have_attribute("aria-expanded", "true")
    typing.keyboard.press("ArrowDown")
    chosen = options.first
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(query).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    expect(query).to_be_focused()
    title = chosen.locator("span").first.inner_text()
    typing.keyboard.press("Enter")
    typing.wait_for_url(lambda url: "?" not in url and "such" not in url and "earch" not in url)
    expect(typing.locator("h1")).to_have_text(title)


def test_escape_closes_the_suggestions_and_keeps_the_query(typing):
    query = typing.get_by_role("combobox")
    typed = query.input_value()
    typing.keyboard.press("ArrowUp")
    typing.keyboard.press("Escape")
    expect(typing.get_by_role("listbox")).to_be_hidden()
    expect(query).to_have_value(typed)
    expect(query).to_have_attribute("aria-expanded", "false")
    typing.keyboard.press("Enter")
    typing.wait_for_url("**q=**")
    expect(typing.locator(".hit").first).to_be_visible()


def test_a_title_stays_together_and_axe_finds_nothing(typing):
    for title in typing.locator(TITLES).all():
        text = title.evaluate("span => getComputedStyle(span).display + '|' + span.textContent")
        assert "flex" not in text.partition("|")[0]
        assert len(text.partition("|")[2].split()) > 1
    results = Axe().run(typing)
    assert [one["id"] for one in results.response["violations"]] == []
