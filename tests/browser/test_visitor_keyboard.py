"""The site by keyboard alone, without JavaScript, and without motion."""

import pytest
from playwright.sync_api import expect

from lihsite.multilingual.languages import language_codes, language_name_local

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}

FOCUS_RING = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
}"""


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request, browser):
    """A page on a phone, with and without JavaScript."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def tab_stops(page, count):
    """What is focused after each press of Tab: its text and the width of its focus ring."""
    stops = []
    for _ in range(count):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.textContent").strip()
        stops.append((" ".join(text.split()), page.evaluate(FOCUS_RING)))
    return stops


@pytest.mark.parametrize("language", language_codes())
def test_the_skip_link_comes_first_and_leads_to_the_content(light, live_demo_server, language):
    light.set_viewport_size(WIDE)
    light.goto(f"{live_demo_server.url}/{language}/")
    skip_link = light.locator(".skip-link")
    expect(skip_link).not_to_be_in_viewport()
    light.keyboard.press("Tab")
    expect(skip_link).to_be_focused()
    expect(skip_link).to_be_in_viewport()
    light.keyboard.press("Enter")
    expect(light.locator("main")).to_be_focused()


def test_tab_reaches_languages_and_menu_in_order_with_a_visible_ring(light, dark, live_demo_server):
    for page in (light, dark):
        page.set_viewport_size(WIDE)
        page.goto(f"{live_demo_server.url}/fr/")
        menu = page.locator(".site-nav a").all_inner_texts()
        languages = [language_name_local(code) for code in language_codes()]
        stops = tab_stops(page, 2 + len(languages) + len(menu))
        assert [text for text, _ring in stops[2:]] == [*languages, *menu]
        assert all(ring >= 3 for _text, ring in stops)


def test_every_focus_is_visible(light, live_demo_server, visitor_addresses):
    light.set_viewport_size(WIDE)
    for kind in ("home", "story", "event in person", "news"):
        light.goto(live_demo_server.url + visitor_addresses[kind]["de"])
        count = light.locator("a:visible, button:visible, select:visible, summary:visible").count()
        assert [text for text, ring in tab_stops(light, min(count, 40)) if ring < 3] == []


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(phone, live_demo_server):
    phone.goto(f"{live_demo_server.url}/de/")
    menu = phone.locator("#menu")
    expect(menu).to_be_hidden()
    phone.locator(".menu-button").first.focus()
    phone.keyboard.press("Enter")
    expect(menu).to_be_visible()
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(phone.locator(".menu-button").first).to_be_focused()


def test_the_menu_of_a_phone_leads_to_the_sections(phone, live_demo_server):
    phone.goto(f"{live_demo_server.url}/de/")
    phone.locator(".menu-button").first.click()
    phone.locator("#menu a").first.click()
    phone.wait_for_url(f"{live_demo_server.url}/de/forschung/")
    expect(phone.locator("#menu")).to_be_hidden()


def test_filters_are_chosen_by_keyboard(phone, live_demo_server, visitor_addresses):
    phone.goto(live_demo_server.url + visitor_addresses["news"]["fr"])
    phone.locator("#filter-type").focus()
    # The first letters of a choice select it.
    phone.keyboard.type("Pub")
    phone.locator(".filters button").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_url("**type=publication**")
    assert phone.locator("#filter-type").input_value() == "publication"


def test_an_accordion_opens_by_keyboard(phone, live_demo_server, visitor_addresses):
    phone.goto(live_demo_server.url + visitor_addresses["content"]["en"])
    item = phone.locator("details").first
    item.locator("summary").focus()
    phone.keyboard.press("Enter")
    expect(item.locator(".accordion__text")).to_be_visible()


def test_the_switcher_is_remembered_until_another_choice(phone, live_demo_server):
    phone.goto(f"{live_demo_server.url}/en/news/?type=publication")
    phone.locator("header [hreflang=fr]").click()
    phone.wait_for_url(f"{live_demo_server.url}/fr/actualites/?type=publication")
    phone.goto(f"{live_demo_server.url}/")
    assert phone.url == f"{live_demo_server.url}/fr/"
    phone.goto(f"{live_demo_server.url}/de/")
    phone.goto(f"{live_demo_server.url}/")
    assert phone.url == f"{live_demo_server.url}/fr/"


def test_a_film_is_a_link_to_its_host_without_javascript(
    browser, live_demo_server, visitor_addresses
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_demo_server.url + visitor_addresses["press release with a film"]["en"])
    link = page.locator("a[data-player]")
    assert link.get_attribute("href").startswith("https://")
    assert not page.locator("iframe").count()
    context.close()


def test_a_film_asks_its_host_after_a_click_and_not_before(
    browser, live_demo_server, visitor_addresses
):
    context = browser.new_context()
    page = context.new_page()
    elsewhere = []

    def refuse(route):
        elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith(live_demo_server.url), refuse)
    page.goto(live_demo_server.url + visitor_addresses["press release with a film"]["en"])
    page.wait_for_load_state("networkidle")
    assert elsewhere == []
    link = page.locator("a[data-player]")
    player, title = link.get_attribute("data-player"), link.get_attribute("data-title")
    link.focus()
    with page.expect_request(player):
        page.keyboard.press("Enter")
    frame = page.locator("iframe")
    assert (frame.get_attribute("src"), frame.get_attribute("title")) == (player, title)
    expect(frame).to_be_focused()
    context.close()


MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
    const style = getComputedStyle(element);
    const seconds = [...style.transitionDuration.split(","), ...style.animationDuration.split(",")];
    return seconds.some(duration => parseFloat(duration) > 0.01);
}).map(element => element.outerHTML.slice(0, 120))"""


def test_nothing_moves_where_less_motion_is_asked_for(light, live_demo_server, visitor_addresses):
    for kind in ("home", "events", "story"):
        light.goto(live_demo_server.url + visitor_addresses[kind]["en"])
        assert light.evaluate(MOVING) == []


def test_nothing_moves_by_itself(page, live_demo_server):
    page.goto(f"{live_demo_server.url}/en/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.getAnimations().length") == 0
