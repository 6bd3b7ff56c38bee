"""The admin's form of a page in a browser: its tabs, its fields, and how it saves."""

import re
from functools import partial

from playwright.sync_api import Page, expect

from lihsite.models import BasePage

UNSAVED = """window.wagtail?.app?.getControllerForElementAndIdentifier(
  document.querySelector('[data-edit-form]'), 'w-unsaved')"""
"""Wagtail's controller that counts what is not saved yet."""


class EditForm:
    """The form that `browser_page` shows."""

    def __init__(self, browser_page: Page):
        self.page = browser_page
        self.saved = partial(browser_page.expect_response, self.is_autosave)

    @classmethod
    def open(cls, browser_page: Page, slug: str, fragment: str = "") -> "EditForm":
        """Open the page of the demonstration that has the English slug."""
        number = BasePage.objects.get(slug_en=slug).pk
        browser_page.goto(f"/admin/pages/{number}/edit/{fragment}")
        return cls(browser_page).wait_until_watched()

    @staticmethod
    def is_form(request) -> bool:
        return bool(re.search(r"/pages/(\d+/edit|add/.*)/$", request.url))

    @classmethod
    def is_autosave(cls, response) -> bool:
        return response.request.method == "POST" and cls.is_form(response.request) and response.ok

    def wait_until_watched(self) -> "EditForm":
        """Wait until Wagtail has taken the beginning of the form, and counts changes."""
        self.page.wait_for_function(f"() => {UNSAVED}?.initialFormData")
        return self

    def has_unsaved_edits(self) -> bool:
        look = f"const unsaved = {UNSAVED}; unsaved.hasChanges(); return unsaved.hasEditsValue;"
        return self.page.evaluate(f"() => {{ {look} }}")

    def tab(self, name):
        return self.page.get_by_role("tab", name=name)

    def panel(self, language):
        return self.page.locator(f"#tab-language_{language}")

    def field(self, name):
        return self.page.locator(f"[name={name}]")

    def open_tab(self, language, name) -> "EditForm":
        self.tab(name).click()
        expect(self.field(f"title_{language}")).to_be_visible()
        return self

    def publish(self):
        self.page.locator("footer").get_by_role("button", expanded=False).click()
        self.page.locator("[name=action-publish]").click()
