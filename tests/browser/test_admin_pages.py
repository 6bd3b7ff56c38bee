"""What becomes of a page as a whole in the admin: its schedule, its place in the tree."""

import pytest
from playwright.sync_api import expect

from tests.browser.edit_form import EditForm

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def reviewer(admin_as):
    return admin_as("reviewer")


def test_a_page_is_scheduled_and_unscheduled(reviewer):
    form = EditForm.open(reviewer, "records-that-agree")
    reviewer.get_by_role("button", name="Toggle status").click()
    reviewer.get_by_role("button", name="Set schedule").click()
    form.field("go_live_at").fill("2099-12-24 10:00")
    # By keyboard: the calendar of the field covers what is below it.
    reviewer.get_by_role("button", name="Save schedule").press("Enter")
    expect(reviewer.locator(".messages")).to_contain_text("updated")
    form.wait_until_watched().publish()
    expect(reviewer.locator(".messages")).to_contain_text("scheduled for publishing")
    row = reviewer.get_by_role("row", name="Records that agree")
    expect(row).to_contain_text("live + scheduled")
    row.get_by_role("link", name="Records that agree", exact=False).first.click()
    expect(reviewer.get_by_text("24 December 2099").first).to_be_visible()
    reviewer.get_by_role("button", name="Cancel scheduled publish").click()
    expect(reviewer.locator(".messages")).to_contain_text("unscheduled")


def test_a_moved_page_is_found_at_its_old_addresses_in_each_language(reviewer):
    form = EditForm.open(reviewer, "working-with-us")
    number = form.page.url.split("/")[-3]
    reviewer.goto(f"/admin/pages/{number}/move/")
    reviewer.get_by_role("button", name="Actions").click()
    reviewer.get_by_role("button", name="Choose another page").click()
    chooser = reviewer.locator(".modal")
    chooser.get_by_role("textbox").fill("About")
    expect(chooser).to_contain_text("There is 1 match")
    chooser.get_by_role("link", name="About us").click()
    expect(reviewer.locator("#id_new_parent_page-title")).to_have_text("About us")
    reviewer.get_by_role("button", name="Confirm").click()
    reviewer.get_by_role("button", name="Yes, move this page").click()
    expect(reviewer.locator(".messages")).to_contain_text("moved")
    for old, new in (
        ("/en/working-with-us/", "/en/about/working-with-us/"),
        ("/fr/travailler-avec-nous/", "/fr/a-propos/travailler-avec-nous/"),
        ("/de/arbeiten-bei-uns/", "/de/ueber-uns/arbeiten-bei-uns/"),
    ):
        reviewer.goto(old)
        assert reviewer.url.endswith(new)
