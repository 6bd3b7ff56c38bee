"""Several people on one page, and what is typed in the last moment."""

import re

import pytest
from playwright.sync_api import expect

from lihsite.models import BasePage
from tests.browser.edit_form import EditForm

pytestmark = pytest.mark.usefixtures("demo")


def rich_text(form, language, number=0):
    return form.panel(language).locator("[contenteditable=true]").nth(number)


def write_at_the_end(form, language, text, number=0):
    rich_text(form, language, number).click()
    form.page.keyboard.press("Control+End")
    form.page.keyboard.type(text)


def test_rich_text_is_saved_by_the_keyboard_right_after_typing(admin_as):
    editor = admin_as("editor")
    form = EditForm.open(editor, "accessibility")
    for number in range(3):
        write_at_the_end(form, "en", f" Last words {number}.")
        editor.keyboard.press("Control+s")
        expect(editor.locator(".messages")).to_contain_text("updated")
        form.wait_until_watched()
        expect(form.panel("en")).to_contain_text(f"Last words {number}.")


def test_what_is_typed_while_an_autosave_is_under_way_is_saved_too(admin_as):
    editor = admin_as("editor")
    form = EditForm.open(editor, "contact")

    def type_meanwhile(route):
        response = route.fetch()
        form.field("summary_en").fill("Typed in the meantime.")
        editor.unroute("**/edit/")
        route.fulfill(response=response)

    editor.route("**/edit/", type_meanwhile)
    form.field("summary_en").fill("Typed first.")
    with editor.expect_response(
        lambda response: (
            form.is_autosave(response) and "in the meantime" in (response.request.post_data or "")
        )
    ):
        pass
    EditForm.open(editor, "contact")
    expect(form.field("summary_en")).to_have_value("Typed in the meantime.")


def test_what_is_typed_in_the_moment_an_autosave_succeeds_is_saved_by_itself(admin_as):
    editor = admin_as("editor")
    form = EditForm.open(editor, "contact")
    # After Wagtail last looked at the form, and before it takes it for saved.
    editor.evaluate(
        """() => document.addEventListener('w-autosave:success', ({ target }) => {
            target.elements.namedItem('summary_en').value = 'Typed in that moment.';
        }, { capture: true, once: true })"""
    )

    def has_it(response):
        return form.is_autosave(response) and "in that moment" in (response.request.post_data or "")

    with editor.expect_response(has_it):
        form.field("summary_en").fill("Typed before.")


def test_what_is_typed_between_wagtails_two_looks_at_a_new_form_is_saved_by_itself(admin_as):
    editor = admin_as("editor")
    editor.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { window.hasLooked = true; })"
    )
    number = BasePage.objects.get(slug_en="contact").pk
    editor.goto(f"/admin/pages/{number}/edit/")
    editor.locator("[name=summary_en]").press("End")
    editor.wait_for_function("() => window.hasLooked")

    def has_it(response):
        sent = response.request.post_data or ""
        return EditForm.is_autosave(response) and "Between two looks." in sent

    with editor.expect_response(has_it):
        editor.keyboard.insert_text(" Between two looks.")


def test_what_is_typed_after_the_session_has_ended_is_saved_in_the_next(admin_as):
    editor = admin_as("editor")
    form = EditForm.open(editor, "contact")
    session = [cookie for cookie in editor.context.cookies() if cookie["name"] == "sessionid"]
    editor.context.clear_cookies(name="sessionid")
    form.field("summary_en").fill("Typed too late.")
    expect(editor.locator("footer")).to_contain_text("You are signed out")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_role("button", name="Save draft")).to_be_enabled()
    expect(form.field("summary_en")).to_have_value("Typed too late.")

    # In another tab somebody has signed in: forms of the old session are worth nothing now.
    editor.context.clear_cookies(name="csrftoken")
    editor.context.add_cookies(session)
    editor.context.new_page().goto("/admin/account/")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text("has been updated")
    EditForm.open(editor, "contact")
    expect(form.field("summary_en")).to_have_value("Typed too late.")


@pytest.mark.parametrize("wait", [0, 600, 1000])
def test_saving_a_new_page_as_it_saves_itself_creates_one(admin_as, wait):
    """The moments are before Wagtail looks, before it sends what it has seen, and while it does."""
    editor = admin_as("editor")
    title = f"Saved after {wait} ms"
    home = BasePage.objects.get(slug_en="about").get_parent()
    editor.goto(f"/admin/pages/add/home/contentpage/{home.pk}/")
    form = EditForm(editor).wait_until_watched()

    def take_time(route):
        editor.wait_for_timeout(1000)
        route.continue_()

    editor.route("**/add/**", take_time)
    form.field("title_en").fill(title)
    editor.wait_for_timeout(wait)
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text(title)
    assert re.search(r"/pages/\d+/edit/$", editor.url)
    editor.goto(f"/admin/pages/{home.pk}/")
    expect(editor.locator("tbody tr", has_text=title)).to_have_count(1)


def test_two_people_in_different_languages_both_keep_their_work(admin_as):
    french = EditForm.open(admin_as("french"), "about")
    german = EditForm.open(admin_as("german"), "about")
    for turn in range(2):
        with french.saved():
            french.field("summary_fr").fill(f"Qui nous sommes, {turn}.")
        with german.saved():
            german.field("summary_de").fill(f"Wer wir sind, {turn}.")
    write_at_the_end(french, "fr", " Fin.")
    french.page.keyboard.press("Control+s")
    expect(french.page.locator(".messages")).to_contain_text("mise à jour")
    with german.saved():
        write_at_the_end(german, "de", " Ende.")
    reader = EditForm.open(admin_as("editor"), "about").open_tab("fr", "Français")
    expect(reader.field("summary_fr")).to_have_value("Qui nous sommes, 1.")
    expect(reader.panel("fr")).to_contain_text("Fin.")
    reader.open_tab("de", "Deutsch")
    expect(reader.field("summary_de")).to_have_value("Wer wir sind, 1.")
    expect(reader.panel("de")).to_contain_text("Ende.")


def test_a_form_that_has_just_created_its_page_tells_of_others_changes_too(admin_as):
    editor, complaints = admin_as("editor"), []
    editor.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    home = BasePage.objects.get(slug_en="about").get_parent()
    editor.goto(f"/admin/pages/add/home/contentpage/{home.pk}/")
    form = EditForm(editor).wait_until_watched()
    with form.saved():
        form.field("title_en").fill("Brand new")
    editor.wait_for_url("**/edit/")
    reviewer = admin_as("reviewer")
    reviewer.goto(editor.url)
    other = EditForm(reviewer).wait_until_watched()
    with other.saved():
        other.field("summary_en").fill("Written by the reviewer.")
    with form.saved():
        form.field("title_en").fill("Brand new page")
    expect(editor.locator("[data-others-changes]")).to_contain_text("Written by the reviewer.")
    assert complaints == []


def test_others_are_told_of_the_language_whose_tab_is_open_and_of_no_other(admin_as):
    editor, told = admin_as("editor"), []

    def is_telling(request):
        return "/presence/" in request.url

    def language_in(request):
        found = re.search(r'name="language"\s+(\w*)', request.post_data)
        return found and found[1]

    editor.on("request", lambda request: is_telling(request) and told.append(language_in(request)))
    with editor.expect_request(lambda one: is_telling(one) and language_in(one) == "de"):
        form = EditForm.open(editor, "about", "#tab-language_de")
    assert set(told) <= {"de", None}
    with editor.expect_request(is_telling) as request:
        form.open_tab("fr", "Français")
    assert language_in(request.value) == "fr"
    with editor.expect_request(is_telling) as request:
        form.tab("Promotion").click()
    assert language_in(request.value) == ""


def test_the_same_text_changed_by_two_is_chosen_from(admin_as):
    one = EditForm.open(admin_as("editor"), "legal-notice")
    other = EditForm.open(admin_as("reviewer"), "legal-notice")
    with one.saved():
        one.field("summary_en").fill("Who runs this site, says one.")
    other.field("summary_en").fill("Who runs this site, says the other.")
    panel = other.page.locator(".lih-conflicts")
    expect(panel).to_be_in_viewport()
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("says one.")
    expect(panel).to_contain_text("says the other.")
    other.field("title_en").fill("Legal notes")
    other.page.keyboard.press("Control+s")
    panel.get_by_label("Theirs").wait_for()
    panel.get_by_label("Both brought together").last.fill("Who runs this site, say both.")
    panel.get_by_role("button", name="Save what I have chosen").click()
    expect(other.page.locator(".messages")).to_contain_text("updated")
    expect(other.field("summary_en")).to_have_value("Who runs this site, say both.")
    expect(other.field("title_en")).to_have_value("Legal notes")
    expect(panel).to_have_count(0)
