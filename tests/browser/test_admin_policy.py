"""The admin at work in a browser: its security policy refuses nothing that it does."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from lihsite.models import BasePage, Document, Image
from news.models import NewsPage
from tests.browser.edit_form import EditForm
from tests.browser.mistakes import MISTAKES, wait_until
from tests.lihsite.media.library import image_file

pytestmark = pytest.mark.usefixtures("demo")

LISTEN = """addEventListener('securitypolicyviolation', event => refused([
  event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample, location.href]))"""

PROBE = ("script-src-attr", "/jquery.Jcrop.min.")
"""Jcrop sets a handler of its own to find out whether the browser knows events of touch. Refused,
it takes them for unknown, which is right where its question before was answered by no."""

PICTURE = {"name": "cells.png", "mimeType": "image/png", "buffer": image_file().read()}
REPORT = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 report"}


def is_probe(refusal: list[str]) -> bool:
    directive, _blocked, source, _sample, _where = refusal
    return directive == PROBE[0] and PROBE[1] in source


@pytest.fixture
def refusals() -> list[list[str]]:
    """What the policy refuses in the administrator's page."""
    return []


@pytest.fixture
def errors() -> list[str]:
    """What scripts fail at there."""
    return []


@pytest.fixture
def admin(admin_as, refusals, errors) -> Page:
    """An administrator's page; what a policy refuses, or a script fails at, fails the test."""
    page = admin_as("admin")
    page.context.expose_binding("refused", lambda _source, said: refusals.append(said))
    page.context.add_init_script(LISTEN)
    page.context.on("weberror", lambda found: errors.append(f"{found.error} at {page.url}"))
    yield page
    assert [refusal for refusal in refusals if not is_probe(refusal)] == []
    assert errors == []


def number(slug: str) -> int:
    return BasePage.objects.get(slug_en=slug).pk


def looked_at(page: Page, address: str) -> Page:
    """The screen of the address, once Wagtail's scripts have begun with it."""
    assert page.goto(f"/admin/{address}").ok, address
    page.wait_for_selector("body.ready")
    return page


def chosen_from(page: Page, chooser: Locator) -> None:
    """Open a chooser and take the first that it offers."""
    chooser.locator("[data-chooser-action-choose]:visible").last.click()
    page.locator(".modal .listing a").first.click()
    expect(page.locator(".modal")).to_be_hidden()


def test_what_is_refused_and_what_fails_is_noticed(admin, refusals, errors):
    looked_at(admin, "").evaluate(MISTAKES)
    wait_until(admin, lambda: refusals and errors)
    assert [(refusal[0], is_probe(refusal)) for refusal in refusals] == [("script-src-attr", False)]
    assert len(errors) == 1
    assert "A script that fails" in errors[0]
    refusals.clear()
    errors.clear()


def test_screens_that_are_looked_at(admin):
    about = number("about")
    for address in (
        "",
        f"pages/{BasePage.objects.get(depth=2).pk}/",
        f"pages/{about}/history/",
        f"pages/{about}/revisions/compare/earliest...latest/",
        f"pages/{about}/usage/",
        f"pages/{about}/copy/",
        f"pages/{about}/delete/",
        f"pages/{about}/unpublish/",
        "pages/search/?q=cells",
        "workflows/tasks/edit/1/",
        "reports/workflow/",
        "reports/site-history/",
        "reports/visits/",
        "reports/broken-links/",
        "reports/missing-addresses/",
        "redirects/import/",
        "images/",
        f"documents/edit/{Document.objects.first().pk}/",
        "snippets/research/person/",
        "newsletter/",
        "sites/new/",
        "users/",
        "users/new/",
        "forms/",
        "settings/lihsite/institutesettings/",
        "collections/add/",
        "guide/en/",
        "translating/",
        "translating/progress/",
        "translating/memory/",
        f"translating/{about}/publish/",
        f"translating/{about}/compare_languages/live/",
        f"reviewer-links/{about}/",
    ):
        looked_at(admin, address)


def test_a_page_is_written_with_every_block(admin):
    looked_at(admin, f"pages/add/news/newspage/{number('news')}/")
    EditForm(admin).wait_until_watched().field("title_en").fill("All that a page can show")
    adder = admin.locator(".c-sf-add-button:visible")
    option = admin.locator(".w-combobox__option:visible")
    adder.last.click()
    option.first.wait_for()
    kinds = option.count()
    assert kinds >= 16
    for kind in range(kinds):
        if kind:
            adder.last.click()
        option.nth(kind).click()
        expect(option).to_have_count(0)
    chosen_from(admin, admin.locator(".image-chooser"))
    chosen_from(admin, admin.locator(".document-chooser"))
    admin.locator(".image-chooser [data-chooser-action-choose]:visible").first.click()
    dialog = admin.locator(".modal")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]:visible").set_input_files(PICTURE)
    expect(dialog.locator("[name=image-chooser-upload-title]")).to_have_value("cells")
    dialog.get_by_role("button", name="Upload").click()
    expect(dialog).to_be_hidden()
    text = admin.locator(".Draftail-Editor [contenteditable=true]:visible").last
    text.click()
    admin.keyboard.type("Cells of the immune system")
    expect(text).to_contain_text("Cells of the immune system")


def test_a_page_is_scheduled_commented_checked_and_previewed(admin):
    form = EditForm.open(admin, NewsPage.objects.live().first().slug_en)
    admin.locator("[data-comment-add]:visible").first.click(force=True)
    # Wagtail takes the focus there a quarter of a second later, whatever else is open by then.
    expect(admin.locator(".comment textarea").first).to_be_focused()
    admin.get_by_role("button", name="Toggle status").click()
    admin.get_by_role("button", name="Set schedule").click()
    form.field("go_live_at").click()
    expect(admin.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    # The calendar, then the dialog.
    admin.keyboard.press("Escape")
    admin.keyboard.press("Escape")
    admin.get_by_role("button", name="Toggle preview").click()
    expect(admin.frame_locator("#w-preview-iframe").locator("main")).to_be_visible()
    admin.get_by_role("button", name="Toggle checks").click()
    expect(admin.locator("[data-side-panel=checks]")).to_contain_text(re.compile(r"\d"))


def test_a_page_is_translated(admin):
    looked_at(admin, f"translating/{number('about')}/fr/")
    EditForm(admin).wait_until_watched()
    admin.get_by_role("button", name="Toggle preview").click()
    expect(admin.frame_locator("#w-preview-iframe").locator("main")).to_be_visible()


def test_files_are_put_into_the_library(admin):
    for what, file in (("images", PICTURE), ("documents", REPORT)):
        looked_at(admin, f"{what}/multiple/add/")
        admin.locator("input[type=file]").set_input_files(file)
        expect(admin.locator("#upload-list form").first).to_be_visible()
    looked_at(admin, f"images/{Image.objects.first().pk}/")
    expect(admin.locator(".jcrop-holder")).to_be_visible()
    admin.locator(".tagit-new input").fill("cells")
    looked_at(admin, "account/")
    admin.get_by_role("tab").last.click()
    admin.locator("[name$=avatar]").set_input_files(PICTURE)


def test_administrators_choose_in_forms_that_grow(admin):
    pages = admin.locator(".page-chooser")
    looked_at(admin, "workflows/edit/1/").get_by_role("button", name="Add task").click()
    admin.locator(".task-chooser [data-chooser-action-choose]:visible").click()
    expect(admin.locator(".modal")).to_contain_text("Choose a task")
    admin.locator(".modal").get_by_role("button", name="Close").click()
    expect(admin.locator(".modal")).to_be_hidden()
    admin.get_by_role("button", name="Assign to another page").click()
    chosen_from(admin, pages)
    looked_at(admin, "groups/new/").get_by_role("button", name="Add a page permission").click()
    chosen_from(admin, pages)
    looked_at(admin, "redirects/add/")
    chosen_from(admin, pages)
    looked_at(admin, f"pages/{number('about')}/move/")
    expect(pages).not_to_have_count(0)


def test_lists_are_filtered_and_worked_on(admin):
    looked_at(admin, f"pages/{number('news')}/")
    admin.locator("[data-bulk-action-checkbox]").nth(1).check(force=True)
    expect(admin.locator(".bulk-action-btn:visible").first).to_be_visible()
    admin.get_by_role("button", name="Pages", exact=True).click()
    looked_at(admin, "images/").locator("#id_q").fill("cells")
    admin.wait_for_url("**q=cells**")
    looked_at(admin, f"pages/{number('about')}/edit/").get_by_role(
        "button", name="Toggle status"
    ).click()
    admin.get_by_role("button", name="Change privacy").click()
    expect(admin.locator("[name=restriction_type]:visible").first).to_be_visible()
