"""The translate view in a browser: segments beside their source, and what a translator does."""

import re

from playwright.sync_api import Locator, Page

from lihsite.models import BasePage
from tests.browser.edit_form import EditForm


class TranslateView:
    """The view that `browser_page` shows."""

    def __init__(self, browser_page: Page):
        self.page = browser_page

    def open(self, slug: str, language: str, query: str = "") -> "TranslateView":
        """Open the page of the demonstration that has the English slug."""
        return self.open_number(BasePage.objects.get(slug_en=slug).pk, language, query)

    def open_number(self, number: int, language: str, query: str = "") -> "TranslateView":
        self.page.goto(f"/admin/translating/{number}/{language}/{query}")
        return self.wait_until_ready()

    def wait_until_ready(self) -> "TranslateView":
        EditForm(self.page).wait_until_watched()
        return self

    @property
    def form(self) -> Locator:
        return self.page.locator("[data-translation]")

    @property
    def progress(self) -> Locator:
        return self.page.locator("[data-progress-text]")

    def numbers(self, translated: int, total: int) -> re.Pattern:
        """The progress with these numbers of segments, in whatever language the admin is."""
        return re.compile(rf"^{translated}\D+{total}\D")

    def pairs(self, state: str = "") -> Locator:
        """The segments with their sources, in the state if one is named; tables count as one."""
        return self.form.locator(f".lih-pair[data-state={state}]" if state else ".lih-pair")

    def filter(self, name: str):
        self.page.locator(f"[data-show-segments={name}]").click()

    def press(self, key: str):
        self.page.keyboard.press(key)

    def type(self, text: str):
        """Type into what has the focus."""
        self.page.keyboard.insert_text(text)

    def saved(self):
        return self.page.expect_response(
            lambda response: (
                response.request.method == "POST"
                and bool(re.search(r"/translating/\d+/\w+/(\?|$)", response.url))
                and response.ok
            )
        )

    def focused(self) -> str:
        """The source of the segment in which the cursor is."""
        return self.page.evaluate(
            """() => document.activeElement.closest('.lih-pair')
                ?.querySelector('[data-source-text]').innerText ?? ''"""
        )
