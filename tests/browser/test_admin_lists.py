"""Lists of the admin on screens that have no room for all their columns."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("width", [390, 800])
def test_the_last_columns_of_the_desk_are_scrolled_to(admin_as, width):
    page = admin_as("reviewer")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/translating/?state=missing")
    assign = page.get_by_role("link", name="Assign").first
    expect(assign).not_to_be_in_viewport(ratio=1)
    page.get_by_role("columnheader", name="State").hover()
    page.mouse.wheel(800, 0)
    expect(assign).to_be_in_viewport(ratio=1)
