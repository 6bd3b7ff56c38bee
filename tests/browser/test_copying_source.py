"""The source copied into its translation: nothing is lost by it, however fast somebody goes on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import job_pages
from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def view(admin_as):
    """A page that has nothing in German."""
    return TranslateView(admin_as("german")).open("twelve-doctoral-positions", "de")


@pytest.fixture
def translated(admin_as, edited_demo_server):
    """A page whose German is up to date."""
    title = "How blood is drawn"
    number = job_pages.make(edited_demo_server, translated={"title": title})["translated"]
    return TranslateView(admin_as("german")).open_number(number, "de")


class Answer:
    """Holds back what the server says of the source until it is to arrive."""

    def __init__(self, view):
        self.view, self.held = view, []
        view.page.route(re.compile("/source/"), lambda route: self.held.append(route))

    def arrives(self):
        while not self.held:
            self.view.page.wait_for_timeout(20)
        with self.view.page.expect_response(re.compile("/source/")) as answered:
            self.held.pop().continue_()
        answered.value.finished()


def test_whoever_goes_on_before_the_source_arrives_writes_where_they_are(view):
    answer = Answer(view)
    title, summary = view.page.locator("[name=title_de]"), view.page.locator("[name=summary_de]")
    title.focus()
    view.press("F2")
    view.press("Control+Enter")
    expect(summary).to_be_focused()
    view.type("Ein Netz")
    answer.arrives()
    expect(title).to_have_value("Twelve doctoral positions in translational immunology")
    expect(summary).to_be_focused()
    view.type("werk bildet aus.")
    expect(summary).to_have_value("Ein Netzwerk bildet aus.")


def test_the_cursor_stays_where_it_is_in_rich_text(view):
    answer = Answer(view)
    summary = view.page.locator("[name=summary_de]")
    summary.focus()
    view.press("F2")
    paragraph = view.form.locator("[data-streamfield-child] [contenteditable=true]").first
    paragraph.click()
    view.page.keyboard.type("Ein Wort")
    for _letter in "Wort":
        view.press("ArrowLeft")
    answer.arrives()
    expect(summary).not_to_have_value("")
    view.page.keyboard.type("kurzes ")
    expect(paragraph).to_have_text("Ein kurzes Wort")


def test_what_was_typed_before_the_source_arrives_is_kept(view):
    answer = Answer(view)
    title = view.page.locator("[name=title_de]")
    title.focus()
    view.press("F2")
    view.type("Zwölf Stellen")
    answer.arrives()
    view.type(" im Doktorat")
    expect(title).to_have_value("Zwölf Stellen im Doktorat")


@pytest.mark.parametrize("name", ["title_de", "summary_de"])
def test_a_translation_that_the_source_replaced_is_brought_back_by_undoing(view, name):
    field = view.page.locator(f"[name={name}]")
    longest = field.get_attribute("maxlength")
    with view.saved():
        field.fill("Meine Übersetzung")
    with view.saved():
        view.press("F2")
    expect(field).not_to_have_value("Meine Übersetzung")
    with view.saved():
        view.press("Control+z")
    expect(field).to_have_value("Meine Übersetzung")
    card = view.form.locator(".lih-pair").filter(has=field)
    card.locator("[data-copy-source]").click()
    expect(field).not_to_have_value("Meine Übersetzung")
    expect(field).to_be_focused()
    view.press("Control+z")
    expect(field).to_have_value("Meine Übersetzung")
    assert field.get_attribute("maxlength") == longest


def test_what_was_typed_in_rich_text_before_copying_is_brought_back_by_undoing(view):
    paragraph = view.form.locator("[data-streamfield-child] [contenteditable=true]").first
    paragraph.click()
    view.page.keyboard.type("Ein Wort")
    with view.page.expect_response(re.compile("/source/")):
        view.press("F2")
    expect(paragraph).not_to_have_text("Ein Wort")
    view.press("Control+z")
    expect(paragraph).to_have_text("Ein Wort")


def test_a_source_that_is_empty_or_too_long_is_copied_as_it_is(translated):
    field = translated.page.locator("[name=title_de]")
    before, long = field.input_value(), "x" * 300
    values = ["", long]
    translated.page.route(
        re.compile("/source/"), lambda route: route.fulfill(json={"value": values.pop(0)})
    )
    field.focus()
    translated.press("F2")
    expect(field).to_have_value("")
    expect(translated.pairs("untranslated")).to_have_count(1)
    translated.press("F2")
    expect(field).to_have_value(long)
    translated.press("Control+z")
    translated.press("Control+z")
    expect(field).to_have_value(before)
