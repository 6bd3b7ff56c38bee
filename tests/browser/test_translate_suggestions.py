"""What was published is offered beside the segment that is worked on, and taken by a key."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")


def test_a_suggestion_of_the_memory_is_taken_by_a_key(admin_as):
    view = TranslateView(admin_as("german")).open("twelve-doctoral-positions", "de")
    title = view.page.locator("[name=title_de]")
    title.focus()
    suggestion = view.page.locator("[data-use-suggestion]").first
    expect(suggestion).to_be_visible()
    suggested = suggestion.locator("[data-target-text]").text_content()
    view.press("F9")
    expect(title).to_have_value(suggested)
    expect(view.progress).to_have_text(view.numbers(1, 24))


def test_a_service_that_fails_says_so_beside_the_segment_and_is_asked_again(admin_as):
    view = TranslateView(admin_as("german"))
    answers = [
        {"suggestions": [], "terms": [], "error": "The service is busy."},
        {"suggestions": [SUGGESTION], "terms": []},
    ]

    def answer(route):
        asked_of_the_machine = "machine=1" in route.request.url
        json = answers.pop(0) if asked_of_the_machine else {"suggestions": [], "terms": []}
        route.fulfill(json=json)

    view.page.route(re.compile("/suggestions/"), answer)
    view.open("twelve-doctoral-positions", "de")
    view.page.locator("[data-translate-bar]").evaluate("(bar) => { bar.dataset.machine = '' }")
    title, summary = view.page.locator("[name=title_de]"), view.page.locator("[name=summary_de]")
    title.focus()
    error = view.page.locator("[data-suggestions-error]")
    expect(error).to_have_text("The service is busy.")
    expect(title).to_have_value("")
    answers.insert(0, {"suggestions": [], "terms": []})
    summary.focus()
    title.focus()
    expect(view.page.locator("[data-use-suggestion]")).to_contain_text("Zwölf Stellen")
    expect(error).to_be_hidden()


SUGGESTION = {
    "source": "Twelve positions",
    "target": "Zwölf Stellen",
    "value": "Zwölf Stellen",
    "match": None,
    "origin": "machine",
}
