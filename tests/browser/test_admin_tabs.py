"""The tabs of the languages in the edit form: fetched late, saved like everything else."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.edit_form import EditForm

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def editor(admin_as):
    return admin_as("editor")


def test_a_tab_is_fetched_when_it_is_opened_by_mouse_keyboard_or_address(editor):
    form = EditForm.open(editor, "privacy")
    expect(form.field("title_en")).to_be_visible()
    expect(form.field("title_fr")).to_have_count(0)
    form.open_tab("fr", "Français")
    expect(form.field("title_fr")).to_have_value(re.compile("."))
    form.tab("Français").press("ArrowRight")
    expect(form.field("title_de")).to_be_visible()
    expect(form.field("title_fr")).to_be_hidden()
    form = EditForm.open(editor, "legal-notice", "#tab-language_de")
    expect(form.field("title_de")).to_be_visible()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("start", ["", "tab-language_de"])
def test_an_address_of_a_block_opens_its_tab_and_shows_it(editor, start, language):
    block = "b256ccdf-4cdc-4594-b6f4-f9a894daa793"
    place = f"#{start}:w:contentpath=body_{language}.{block}"
    form = EditForm.open(editor, "privacy", place)
    shown = form.panel(language).locator(f'[data-contentpath="{block}"]')
    expect(shown).to_be_in_viewport()
    assert not form.has_unsaved_edits()


def test_an_address_of_a_block_that_has_gone_shows_its_field(editor):
    form = EditForm.open(editor, "privacy", "#:w:contentpath=body_fr.00000000")
    expect(form.panel("fr").locator('[data-contentpath="body_fr"]')).to_be_in_viewport()


def test_opening_a_tab_is_no_change(editor):
    form = EditForm.open(editor, "privacy")
    form.open_tab("fr", "Français")
    expect(form.panel("fr").locator("[contenteditable=true]").first).to_be_visible()
    assert not form.has_unsaved_edits()
    form.field("summary_fr").click()
    editor.keyboard.press("Tab")
    assert not form.has_unsaved_edits()


def test_only_what_was_touched_is_posted(editor):
    form = EditForm.open(editor, "privacy").open_tab("fr", "Français").open_tab("de", "Deutsch")
    with form.saved() as saved:
        form.field("summary_de").fill("Was wir mit Ihren Daten tun.")
    posted = saved.value.request.post_data
    assert 'name="summary_de"' in posted
    assert 'name="summary_fr"' not in posted


def test_text_in_a_late_tab_is_saved_and_the_tab_is_open_again(editor):
    form = EditForm.open(editor, "about").open_tab("de", "Deutsch")
    form.field("summary_de").fill("Wer wir sind, in einem Satz.")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".messages")).to_contain_text("updated")
    expect(form.field("summary_de")).to_be_visible()
    expect(form.field("summary_de")).to_have_value("Wer wir sind, in einem Satz.")


def test_rich_text_blocks_and_choosers_work_in_a_late_tab(editor):
    form = EditForm.open(editor, "accessibility").open_tab("fr", "Français")
    panel = form.panel("fr")
    with form.saved():
        panel.locator("[contenteditable=true]").first.click()
        editor.keyboard.press("Control+End")
        editor.keyboard.type(" Une phrase de plus.")
    panel.locator(".c-sf-add-button").last.click()
    editor.get_by_role("option", name="Image", exact=True).first.click()
    panel.get_by_role("button", name="Choose an image").last.click()

    def has_the_image(response):
        sent = response.request.post_data or ""
        return form.is_autosave(response) and re.search(r'-value-image"\s+\d+\s', sent)

    with editor.expect_response(has_the_image):
        editor.locator(".modal [data-chooser-modal-choice]").first.click()
    editor.reload()
    expect(panel).to_contain_text("Une phrase de plus.")
    expect(panel.locator("[name^=body_fr][name$='-value-image']").last).to_have_value(
        re.compile(r"\d+")
    )


def test_panels_in_a_late_tab_fold(editor):
    form = EditForm.open(editor, "contact").open_tab("fr", "Français")
    expect(form.field("slug_fr")).to_be_hidden()
    form.panel("fr").locator("[id$=address_and_search_engines-heading]").click()
    expect(form.field("slug_fr")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "name", "typed", "spelled"),
    [
        ("fr", "Français", "Données de santé", "donnees-de-sante"),
        ("de", "Deutsch", "Für Ärztinnen", "fuer-aerztinnen"),
        ("en", "English", "Naïve cells", "naive-cells"),
    ],
)
def test_a_typed_slug_is_spelled_and_loses_no_letter(editor, language, name, typed, spelled):
    form = EditForm.open(editor, "contact").open_tab(language, name)
    form.panel(language).locator("[id$=address_and_search_engines-heading]").click()
    slug = form.field(f"slug_{language}")
    slug.fill(typed)
    slug.press("Tab")
    expect(slug).to_have_value(spelled)
    assert slug.get_attribute("lang") == language


def test_what_is_typed_in_is_marked_with_its_language(editor):
    form = EditForm.open(editor, "about").open_tab("fr", "Français")
    for language in ("en", "fr"):
        expect(form.field(f"title_{language}")).to_have_attribute("lang", language)
        rich_text = form.panel(language).locator("[contenteditable=true]").first
        expect(rich_text).to_have_attribute("lang", language)
        block = form.panel(language).locator("[name^=body_][name$='-value-text'][type=text]").first
        expect(block).to_have_attribute("lang", language)
    editor.goto("/admin/snippets/research/person/")
    editor.locator("main table a[href*='/edit/']").first.click()
    editor.get_by_role("tab", name="Deutsch").click()
    expect(editor.locator("#tab-language_de [contenteditable=true]")).to_have_attribute(
        "lang", "de"
    )


def test_a_page_is_created_while_its_first_words_are_typed(editor):
    form = EditForm.open(editor, "news")
    number = re.search(r"/pages/(\d+)/", editor.url).group(1)
    editor.goto(f"/admin/pages/add/news/newspage/{number}/")
    form.wait_until_watched()
    expect(form.field("live_in_en")).to_be_checked()
    expect(form.field("live_in_fr")).not_to_be_checked()
    with form.saved():
        form.field("title_en").fill("A new prize")
    expect(editor).to_have_url(re.compile(r"/pages/\d+/edit/"))
    form.open_tab("fr", "Français")
    expect(form.field("slug_fr")).to_have_value("a-new-prize")
    with form.saved():
        form.field("title_fr").fill("Un nouveau prix")
    expect(form.field("slug_fr")).to_have_value("un-nouveau-prix")
    editor.reload()
    expect(form.field("title_fr")).to_have_value("Un nouveau prix")
    form.tab("English").click()
    expect(form.field("title_en")).to_have_value("A new prize")


def test_a_page_is_first_written_in_french(editor):
    form = EditForm.open(editor, "news")
    number = re.search(r"/pages/(\d+)/", editor.url).group(1)
    editor.goto(f"/admin/pages/add/news/newspage/{number}/")
    form.wait_until_watched().open_tab("fr", "Français")
    with form.saved():
        form.field("title_fr").fill("Un prix pour la recherche")
    expect(form.field("live_in_fr")).to_be_checked()
    expect(form.field("live_in_en")).not_to_be_checked()
    expect(editor.locator("[data-live-language=fr]")).to_contain_text("source")
    expect(editor.locator("[data-live-language=en]")).not_to_contain_text("source")
    form.tab("English").click()
    with form.saved():
        form.field("title_en").fill("A prize for research")
    editor.goto(editor.url.partition("#")[0] + "?again")
    expect(form.tab("Français")).to_have_attribute("aria-selected", "true")
    expect(form.field("source_language")).to_have_value("fr")
    expect(form.field("live_in_fr")).to_be_checked()


def test_a_source_language_that_was_chosen_stays(editor):
    form = EditForm.open(editor, "news")
    number = re.search(r"/pages/(\d+)/", editor.url).group(1)
    editor.goto(f"/admin/pages/add/news/newspage/{number}/")
    form.wait_until_watched().tab("Settings").click()
    form.field("source_language").select_option("de")
    expect(form.field("live_in_de")).to_be_checked()
    form.open_tab("fr", "Français")
    form.field("title_fr").fill("Un prix")
    expect(form.field("source_language")).to_have_value("de")
    expect(form.field("live_in_en")).not_to_be_checked()


def test_a_field_in_a_late_tab_is_commented_on(editor):
    form = EditForm.open(editor, "working-with-us").open_tab("fr", "Français")
    editor.get_by_role("button", name="Toggle comments").click()
    summary = form.panel("fr").locator("[data-contentpath=summary_fr]")
    summary.hover()
    summary.get_by_role("button", name="Add comment").click()
    comments = editor.locator("#comments")
    comments.locator("textarea").fill("Is this the right word?")

    def has_the_comment(response):
        sent = response.request.post_data_buffer or b""
        return form.is_autosave(response) and b"Is this the right word?" in sent

    with editor.expect_response(has_the_comment):
        comments.get_by_role("button", name="Comment", exact=True).click()
    EditForm.open(editor, "working-with-us").open_tab("fr", "Français")
    expect(comments).to_contain_text("Is this the right word?")
    newest = "JSON.parse(document.getElementById('comments-data').textContent).comments.at(-1).pk"
    number = editor.evaluate(newest)
    editor.goto("about:blank")
    EditForm.open(editor, "working-with-us", f"?comment={number}")
    expect(form.tab("Français")).to_have_attribute("aria-selected", "true")
    expect(comments.locator(".comment--focused")).to_contain_text("Is this the right word?")


def test_a_comment_written_while_another_save_is_under_way_is_kept(editor):
    form = EditForm.open(editor, "accessibility")
    editor.get_by_role("button", name="Toggle comments").click()
    summary = form.panel("en").locator("[data-contentpath=summary_en]")
    summary.hover()
    summary.get_by_role("button", name="Add comment").click()
    comments = editor.locator("#comments")
    held = []

    def hold_the_first(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    editor.route(re.compile(r"/edit/$"), hold_the_first)
    with editor.expect_request(lambda request: request.method == "POST" and form.is_form(request)):
        form.field("summary_en").fill("What we promise, and where we fall short of it.")
    comments.locator("textarea").fill("Is that all?")
    comments.get_by_role("button", name="Comment", exact=True).click()

    def has_the_comment(response):
        sent = response.request.post_data_buffer or b""
        return form.is_autosave(response) and b"Is that all?" in sent

    with editor.expect_response(has_the_comment):
        held[0].continue_()
    form = EditForm.open(editor, "accessibility")
    expect(form.field("summary_en")).to_have_value(
        "What we promise, and where we fall short of it."
    )
    editor.get_by_role("button", name="Toggle comments").click()
    expect(comments.locator(".comment__text")).to_have_text("Is that all?")


def test_a_link_to_a_field_in_a_late_tab_opens_the_tab_at_the_field(editor):
    form = EditForm.open(editor, "working-with-us", "#:w:contentpath=slug_de")
    expect(form.tab("Deutsch")).to_have_attribute("aria-selected", "true")
    expect(form.field("slug_de")).to_be_focused()
    expect(form.field("slug_de")).to_be_in_viewport()


def test_the_preview_follows_the_tab(editor):
    form = EditForm.open(editor, "contact")
    editor.get_by_role("button", name="Toggle preview").click()
    preview = editor.frame_locator("#w-preview-iframe").locator("html")
    expect(preview).to_have_attribute("lang", "en")
    form.open_tab("de", "Deutsch")
    expect(preview).to_have_attribute("lang", "de")
    expect(editor.locator("#id_preview_mode")).to_have_value("de")
