"""A page is deleted, and comes back, as an account does it in the browser."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from lihsite.models import BasePage

pytestmark = pytest.mark.usefixtures("demo")


def test_a_deleted_page_is_restored_where_it_stood_with_its_addresses(admin_as):
    stored = BasePage.objects.get(slug="twelve-doctoral-positions")
    title, address = stored.title, stored.get_url()
    admin = admin_as("reviewer")
    assert admin.request.get(address).status == 200
    admin.goto(reverse("wagtailadmin_pages:delete", args=[stored.pk]))
    expect(admin.locator("main")).to_contain_text("it can be restored under Reports")
    admin.get_by_role("button", name="Yes, delete it").click()
    admin.locator(".messages").get_by_role("link", name="Deleted pages").click()
    row = admin.locator("tr", has_text=title)
    expect(row).to_contain_text(address)
    assert admin.request.get(address).status == 404
    row.get_by_role("link", name="Restore", exact=True).click()
    chosen = admin.locator("[data-chooser-title]")
    expect(chosen).to_have_text(stored.get_parent().title)
    admin.locator("main").get_by_role("button", name="Restore").click()
    expect(admin.locator(".messages")).to_contain_text("is restored")
    assert admin.request.get(address).status == 200
    admin.goto(f"{settings.ADMIN_PATH}reports/deleted-pages/")
    expect(admin.locator("main")).to_contain_text("There is no deleted page")


def test_the_list_stands_in_the_menu_of_reports(admin_as):
    admin = admin_as("reviewer")
    admin.goto(settings.ADMIN_PATH)
    admin.get_by_role("button", name="Reports").click()
    expect(admin.get_by_role("link", name="Deleted pages")).to_be_visible()
