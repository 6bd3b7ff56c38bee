"""Several people in the translate view at once: nobody's words are lost, and a choice is theirs."""

import pytest
from playwright.sync_api import expect

from tests.browser import job_pages
from tests.browser.edit_form import EditForm
from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def number(edited_demo_server):
    """A page in all languages, each up to date."""
    title = "How samples are shared"
    return job_pages.make(edited_demo_server, translated={"title": title})["translated"]


def paragraph(view: TranslateView, place: int):
    return view.form.locator("[data-streamfield-child] .lih-pair").nth(place)


def write_at_the_end(view: TranslateView, place: int, text: str) -> None:
    paragraph(view, place).locator("[contenteditable=true]").click()
    view.press("Control+End")
    view.type(text)


def test_a_source_republished_while_its_translation_is_written_loses_nothing(admin_as, number):
    view = TranslateView(admin_as("german")).open_number(number, "de")
    editor = admin_as("reviewer")
    editor.goto(f"/admin/pages/{number}/edit/")
    form = EditForm(editor).wait_until_watched()
    with view.saved():
        write_at_the_end(view, 1, " Vorher.")
    source = form.panel("en").locator("[contenteditable=true]").first
    source.click()
    editor.keyboard.press("Control+End")
    with form.saved():
        editor.keyboard.insert_text(" For ever.")
    form.publish()
    expect(editor.locator(".messages")).to_contain_text("published")
    with view.saved():
        view.type(" Nachher.")
    outdated = view.pairs("outdated")
    expect(outdated).to_have_count(1)
    expect(outdated.locator("ins")).to_contain_text("For ever.")
    expect(paragraph(view, 1)).to_contain_text("Vorher. Nachher.")
    with view.saved():
        view.type(" Für immer.")
    expect(outdated).to_have_count(0)
    view.page.reload()
    view.wait_until_ready()
    expect(paragraph(view, 1)).to_contain_text("Vorher. Nachher. Für immer.")
    expect(paragraph(view, 1).locator("[data-source-text]")).to_contain_text("For ever.")


def test_two_translators_at_once_both_keep_all_they_write(admin_as, number):
    french = TranslateView(admin_as("french")).open_number(number, "fr")
    german = TranslateView(admin_as("german")).open_number(number, "de")
    for turn in range(3):
        with french.saved():
            write_at_the_end(french, 1 + turn, f" Fin {turn}.")
        with german.saved():
            write_at_the_end(german, 1 + turn, f" Ende {turn}.")
    for view in (french, german):
        expect(view.page.locator(".lih-conflicts")).to_have_count(0)
        view.page.reload()
        view.wait_until_ready()
    for turn in range(3):
        expect(paragraph(french, 1 + turn)).to_contain_text(f"Fin {turn}.")
        expect(paragraph(german, 1 + turn)).to_contain_text(f"Ende {turn}.")


def test_the_same_segment_written_by_two_is_chosen_from(admin_as, number):
    one = TranslateView(admin_as("german")).open_number(number, "de")
    other = TranslateView(admin_as("reviewer")).open_number(number, "de")
    with one.saved():
        write_at_the_end(one, 1, " Sagt die eine.")
    write_at_the_end(other, 1, " Sagt der andere.")
    panel = other.page.locator(".lih-conflicts")
    expect(panel).to_be_in_viewport()
    expect(panel).to_contain_text("Sagt die eine.")
    expect(panel).to_contain_text("Sagt der andere.")
    panel.get_by_label("Theirs").check()
    panel.get_by_role("button", name="Save what I have chosen").click()
    expect(other.page.locator(".messages")).to_contain_text("updated")
    expect(panel).to_have_count(0)
    expect(paragraph(other, 1)).to_contain_text("Sagt die eine.")
    expect(paragraph(other, 1)).not_to_contain_text("Sagt der andere.")
    with one.saved():
        write_at_the_end(one, 1, " Und weiter.")
    expect(one.page.locator(".lih-conflicts")).to_have_count(0)
