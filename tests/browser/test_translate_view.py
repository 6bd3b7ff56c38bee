"""The translate view as its translators use it, by mouse and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import job_pages
from tests.browser.edit_form import EditForm
from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")

DONE = re.compile("^(Tous les segments sont traduits|Alle Segmente sind übersetzt)$")


@pytest.fixture
def german(admin_as):
    return TranslateView(admin_as("german"))


@pytest.fixture
def french(admin_as):
    return TranslateView(admin_as("french"))


def test_an_article_is_translated_from_an_empty_language(german):
    view = german.open("twelve-doctoral-positions", "de")
    expect(view.progress).to_have_text(view.numbers(0, 24))
    sources = view.pairs("untranslated").locator("[data-source-text]")
    expect(sources.first).to_have_text("Twelve doctoral positions in translational immunology")
    title, summary = view.page.locator("[name=title_de]"), view.page.locator("[name=summary_de]")
    title.fill("Zwölf Promotionsstellen in translationaler Immunologie")
    summary.fill("Ein europäisches Netzwerk bildet aus.")
    paragraph = view.form.locator("[data-streamfield-child] .lih-pair").first
    paragraph.locator("[contenteditable=true]").click()
    with view.saved():
        view.type("Wer noch nie mit einer Familie gewartet hat.")
    expect(view.progress).to_have_text(view.numbers(3, 24))
    view.page.keyboard.press("Control+s")
    expect(view.page.locator(".messages .success")).to_be_visible()
    expect(title).to_have_value(re.compile("Zwölf"))
    expect(view.form).to_contain_text("Wer noch nie mit einer Familie gewartet hat.")
    expect(view.progress).to_have_text(view.numbers(3, 24))
    view.filter("untranslated")
    expect(title).to_be_hidden()
    expect(view.page.locator("[name$='-value-title']").first).to_be_visible()
    assert "show=untranslated" in view.page.url


def test_the_keyboard_alone_is_enough(german):
    view = german.open("birch-pollen-volunteers", "de")
    number = int(view.page.locator("[data-count=all]").text_content())
    seen = []
    for place in range(number):
        view.press("Control+Enter")
        expect(view.pairs("untranslated").first).to_be_visible()
        seen.append(view.focused())
        if place == 1:
            with view.page.expect_response(re.compile("/source/")):
                view.press("F2")
        else:
            view.type(f"Übersetzung {place}")
        expect(view.progress).not_to_have_text(view.numbers(place, number))
    assert len(set(seen)) == number
    expect(view.progress).to_have_text(DONE)
    view.press("Control+Enter")
    expect(view.page.locator("[name=action-submit-translation]")).to_be_focused()
    view.press("Enter")
    expect(view.page.locator(".messages .success").first).to_be_visible()
    expect(view.progress).to_have_text(DONE)
    expect(view.page.locator("[name=title_de]")).to_have_value("Übersetzung 0")
    expect(view.page.locator("[name=summary_de]")).to_have_value(re.compile("immunothérapie"))


@pytest.mark.parametrize("width", [390, 800])
def test_every_action_fits_a_phone_and_a_tablet(german, edited_demo_server, width):
    reviewed = "mondays-clinic-tuesdays-bench"
    job_pages.make(edited_demo_server, in_review={"slug": reviewed, "language": "de"})
    view = german.open(reviewed, "de")
    view.page.set_viewport_size({"width": width, "height": 900})
    buttons = view.page.locator("footer.footer button")
    expect(buttons).to_have_text([re.compile("Entwurf speichern"), re.compile("erneut")])
    for button in buttons.all():
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport(ratio=1)
        label = button.locator("em")
        assert button.evaluate("it => it.scrollHeight <= it.clientHeight"), label.text_content()
        assert button.evaluate("it => it.scrollWidth <= it.clientWidth"), label.text_content()


def test_the_source_of_rich_text_is_copied_with_its_markup(french):
    view = french.open("twelve-doctoral-positions", "fr")
    paragraph = view.form.locator("[data-streamfield-child] .lih-pair").first
    text = paragraph.locator("[data-source-text]").inner_text()
    with view.saved():
        paragraph.locator("[data-copy-source]").click()
    expect(paragraph).to_have_attribute("data-state", "done")
    written = paragraph.locator("[contenteditable=true]").inner_text()
    assert written.split() == text.split()
    view.page.reload()
    expect(paragraph.locator("[contenteditable=true]")).to_contain_text(text.split("\n")[0])


def test_an_outdated_segment_is_shown_with_what_changed_and_confirmed(admin_as, french):
    editor = EditForm.open(admin_as("editor"), "first-hour-of-a-sample")
    summary = editor.field("summary_en")
    with editor.saved():
        summary.fill("In truth, " + summary.input_value())
    view = french.open("first-hour-of-a-sample", "fr", "?show=outdated")
    outdated = view.pairs("outdated")
    expect(outdated).to_have_count(1)
    expect(outdated.locator("ins")).to_have_text("In truth, ")
    expect(view.page.locator("[name=title_fr]")).to_be_hidden()
    total = int(view.page.locator("[data-count=all]").text_content())
    expect(view.progress).to_have_text(view.numbers(total - 1, total))
    translated = view.page.locator("[name=summary_fr]").input_value()
    view.press("Control+Enter")
    with view.saved():
        view.press("F4")
    expect(view.progress).to_have_text(DONE)
    view.page.reload()
    view.wait_until_ready()
    expect(view.progress).to_have_text(DONE)
    expect(outdated).to_have_count(0)
    expect(view.page.locator("[name=summary_fr]")).to_have_value(translated)


def test_a_filter_that_finds_nothing_says_so(german):
    view = german.open("twelve-doctoral-positions", "de", "?show=outdated")
    nothing = view.page.locator("[data-nothing-shown]")
    title = view.page.locator("[name=title_de]")
    expect(nothing.locator("p")).not_to_be_empty()
    expect(title).to_be_hidden()
    view.filter("all")
    expect(nothing).to_be_hidden()
    expect(title).to_be_visible()
    # What has no text is untranslated, whatever others have translated before.
    title.fill("")
    view.filter("untranslated")
    expect(nothing).to_be_hidden()
    expect(title).to_be_visible()
    view.filter("outdated")
    expect(nothing).to_be_visible()
    nothing.get_by_role("button").click()
    expect(nothing).to_be_hidden()
    expect(title).to_be_visible()
    expect(view.page.locator("[data-show-segments=all]")).to_be_focused()
    assert "show=" not in view.page.url


def test_a_source_that_changes_while_somebody_translates_is_shown_at_once(admin_as, french):
    view = french.open("tumours-keep-t-cells-at-the-door", "fr")
    editor = EditForm.open(admin_as("editor"), "tumours-keep-t-cells-at-the-door")
    with editor.saved():
        editor.field("summary_en").fill("Some tumours keep immune cells out.")
    with view.saved():
        view.page.locator("[name=title_fr]").fill("Pourquoi certaines tumeurs ferment la porte")
    outdated = view.pairs("outdated")
    expect(outdated).to_have_count(1)
    expect(outdated.locator("ins").first).to_be_visible()
    view.page.locator("[name=summary_fr]").fill("Certaines tumeurs tiennent les cellules dehors.")
    expect(outdated).to_have_count(0)


def test_the_preview_and_comments_are_beside_it(french):
    view = french.open("joint-programme-inflammation", "fr")
    view.page.locator("[data-side-panel-toggle=preview]").click()
    preview = view.page.frame_locator("#w-preview-iframe").locator("html")
    expect(preview).to_have_attribute("lang", "fr")
    view.page.locator("[name=summary_fr]").fill("Un résumé tout neuf.")
    expect(preview).to_contain_text("Un résumé tout neuf.")
    view.page.locator("[data-side-panel-toggle=comments]").click()
    summary = view.form.locator("[data-contentpath=summary_fr]")
    summary.hover()
    expect(summary.locator("[data-comment-add]")).to_be_visible()


@pytest.fixture
def extended(edited_demo_server):
    """A page in all languages whose source has got a paragraph more."""
    title = "How people are asked"
    return job_pages.make(edited_demo_server, extended={"title": title})["extended"]


def test_the_panel_of_checks_counts_what_it_lists(admin_as, extended):
    page = admin_as("editor")
    page.goto(f"/admin/pages/{extended}/edit/")
    page.locator("[data-side-panel-toggle=checks]").click()
    panel = page.locator("[data-side-panel=checks]")
    expect(panel.locator("#lih-checks summary")).to_have_count(2)
    issues = panel.locator("[data-content-checker-row]")
    for language in ("French", "German"):
        of_language = issues.filter(has_text=f"Some texts are not translated: {language}")
        expect(of_language).to_have_count(1)
    expect(issues.filter(has_text="listed above")).to_have_count(2)
    expect(panel.locator("[data-content-checker-count]")).to_have_text(str(issues.count()))


def test_a_change_of_structure_is_seen_in_the_preview_and_then_applied(french, extended):
    view = french.open_number(extended, "fr")
    preview = view.page.frame_locator("#w-preview-iframe").locator("main")
    show = view.page.locator("[data-preview-structure]")
    show.click()
    expect(preview).to_contain_text("Before anything else, people are asked.")
    show.click()
    expect(preview).to_contain_text("Paragraph 1 (Français)")
    expect(preview).not_to_contain_text("Before anything else")
    expect(view.pairs("untranslated")).to_have_count(0)
    view.page.locator("[name=action-follow]").click()
    expect(view.pairs("untranslated")).to_have_count(1)
    expect(show).to_have_count(0)
