"""From a draft in two languages to one of them live, by way of the pre-flight."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.edit_form import EditForm

pytestmark = pytest.mark.usefixtures("demo")

WITHOUT_GERMAN = "what-a-shoe-tells-a-neurologist"


def test_french_goes_live_and_english_stays_as_visitors_see_it(admin_as):
    reviewer = admin_as("reviewer")
    form = EditForm.open(reviewer, WITHOUT_GERMAN).open_tab("en", "English")
    form.open_tab("fr", "Français")
    with form.saved():
        form.field("title_fr").fill("Ce que dit une chaussure")
    form.tab("English").click()
    with form.saved():
        form.field("title_en").fill("What shoes say")
    choose_languages(form)
    german = reviewer.get_by_role("row", name=re.compile("German"))
    expect(german).to_contain_text("Cannot go live without: Title")
    german.get_by_text("untranslated").click()
    expect(german.get_by_text("What shoes say")).to_be_visible()

    reviewer.get_by_role("checkbox", name="French").check()
    reviewer.get_by_role("button", name="Publish", exact=True).click()
    expect(reviewer.locator(".messages")).to_contain_text("French published")
    reviewer.locator(".messages").get_by_role("link", name="View live: Français").click()
    expect(reviewer.locator("h1")).to_have_text("Ce que dit une chaussure")
    reviewer.locator("a[hreflang=en]").first.click()
    expect(reviewer).to_have_url(re.compile("/en/"))
    expect(reviewer.locator("html")).to_have_attribute("lang", "en")
    expect(reviewer.locator("h1")).to_have_text("What a shoe can tell a neurologist")


def test_the_source_language_takes_the_shared_fields_along_unless_told_otherwise(admin_as):
    reviewer = admin_as("reviewer")
    choose_languages(EditForm.open(reviewer, WITHOUT_GERMAN))
    english = reviewer.get_by_role("checkbox", name="English")
    shared = reviewer.get_by_role("checkbox", name="Shared fields")
    english.check()
    expect(shared).to_be_checked()
    english.uncheck()
    expect(shared).not_to_be_checked()
    shared.check()
    english.check()
    english.uncheck()
    expect(shared).to_be_checked()


def choose_languages(form):
    form.page.locator("footer").get_by_role("button", expanded=False).click()
    form.page.get_by_role("button", name="Publish by language, schedule…").click()
    expect(form.page).to_have_url(re.compile("/translating/.*/publish/"))
