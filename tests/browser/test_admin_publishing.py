"""What the edit form says when a page cannot be published, and what each account may do in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.edit_form import EditForm

pytestmark = pytest.mark.usefixtures("demo")

ENGLISH_ALONE = "twelve-doctoral-positions"


def test_what_is_missing_is_named_on_top_on_the_tab_and_at_the_field(admin_as):
    reviewer = admin_as("reviewer")
    form = EditForm.open(reviewer, ENGLISH_ALONE)
    with form.saved():
        form.field("live_in_de").check()
    form.publish()
    expect(reviewer.locator(".messages")).to_contain_text("German: “title” is missing.")
    expect(form.tab("Deutsch")).to_contain_text("1")
    form.tab("Deutsch").click()
    field = form.panel("de").locator("[data-contentpath=title_de]")
    expect(field.locator(".error-message")).to_be_visible()
    form.field("title_de").fill("Zwölf Promotionsstellen")
    form.field("live_in_de").uncheck()
    reviewer.keyboard.press("Control+s")
    expect(reviewer.locator(".messages")).to_contain_text("updated")
    expect(form.field("title_de")).to_have_value("Zwölf Promotionsstellen")


def test_at_least_one_language_is_published(admin_as):
    reviewer = admin_as("reviewer")
    form = EditForm.open(reviewer, "birch-pollen-volunteers").open_tab("en", "English")
    for language in ("en", "fr"):
        form.field(f"live_in_{language}").uncheck()
    form.publish()
    expect(reviewer.locator(".messages")).to_be_in_viewport()
    expect(reviewer.locator(".lih-live-languages")).to_contain_text("Choose at least one language")


def test_a_translator_works_in_one_language_beside_the_text_to_translate(admin_as):
    translator = admin_as("german")
    form = EditForm.open(translator, "birch-pollen-volunteers")
    expect(translator.get_by_role("tab")).to_have_count(1)
    expect(form.field("title_de")).to_be_visible()
    expect(translator.locator("[name^=live_in_], [name=action-publish]")).to_have_count(0)
    with form.saved():
        form.field("title_de").fill("Birkenpollen: Freiwillige gesucht")
    source = translator.locator(".lih-language-tab__source a[target=_blank]").get_attribute("href")
    translator.goto(source)
    expect(translator.locator("html")).to_have_attribute("lang", "fr")
