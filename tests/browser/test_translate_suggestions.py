"""What was published is offered beside the segment that is worked on, and taken by a key."""

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
