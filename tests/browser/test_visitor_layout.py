"""Every kind of page on every screen, and what it asks of the network."""

import re

import pytest

from lihsite.multilingual.languages import language_codes
from tests.visitor_pages import FRAMED_KINDS, PLAIN_KINDS, WITHOUT_CONTENT

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 pixels at 400% (WCAG 2.2, 1.4.10)."""
PHONE = {"width": 360, "height": 740}
SCREENS = [ZOOMED, PHONE, {"width": 768, "height": 1024}, {"width": 1440, "height": 900}]

OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > width + 1)
        .map(element => element.outerHTML.slice(0, 120)).slice(0, 5);
}"""

# Our own 44 pixels, more than WCAG 2.2 asks for (2.5.8): how far above and below the middle of a
# target a finger still hits it, be it by its padding or as the whole item of a list. A box to tick
# is hit by the label around it. A link within a sentence is exempt.
SMALL_TARGETS = """() => {
    const isHit = (element, x, y) => {
        const found = document.elementFromPoint(x, y);
        return Boolean(found) && element.contains(found);
    };
    const isInSentence = element => {
        const block = element.closest("p, li, dd, td, figcaption");
        return block !== null && getComputedStyle(element).display === "inline" &&
            block.textContent.trim() !== element.textContent.trim();
    };
    return [...document.querySelectorAll("a:not(.skip-link), button, select, input, summary")]
        .filter(element => element.checkVisibility({visibilityProperty: true}))
        .filter(element => !isInSentence(element) || element.closest("h1, h2, h3"))
        .filter(element => {
            element.scrollIntoView({block: "center", behavior: "instant"});
            const target = element.closest("label") ?? element;
            const box = target.getClientRects()[0];
            const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + box.height / 2];
            let [above, below] = [0, 0];
            while (above < 44 && isHit(target, x, y - above - 1)) above += 1;
            while (below < 44 && isHit(target, x, y + below + 1)) below += 1;
            return 1 + above + below < 43 || box.width < 24;
        })
        .map(element => element.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("kind", [*FRAMED_KINDS, *PLAIN_KINDS])
def test_nothing_overflows_and_all_targets_can_be_hit(
    light, live_demo_server, visitor_addresses, kind
):
    for language in language_codes():
        light.goto(live_demo_server.url + visitor_addresses[kind][language])
        for screen in SCREENS:
            light.set_viewport_size(screen)
            assert (language, screen, light.evaluate(OVERFLOWING)) == (language, screen, [])
            if screen == PHONE:
                assert (language, light.evaluate(SMALL_TARGETS)) == (language, [])


@pytest.mark.parametrize("language", language_codes())
def test_no_page_overflows_at_400_percent(light, live_demo_server, language):
    """Every page of the sitemap, for its longest words."""
    light.set_viewport_size(ZOOMED)
    answer = light.request.get(f"{live_demo_server.url}/sitemap-1.xml").text()
    paths = re.findall(rf"<loc>https?://[^/]+(/{language}/[^<]*)</loc>", answer)
    assert len(paths) > 40
    found = {}
    for path in paths:
        light.goto(live_demo_server.url + path)
        if overflowing := light.evaluate(OVERFLOWING):
            found[path] = overflowing
    assert found == {}


@pytest.mark.parametrize("query", ["W" * 60, "https://www.example.org/a/long/address/pasted.html"])
def test_no_word_of_a_query_widens_the_search_page(light, live_demo_server, query):
    light.set_viewport_size(PHONE)
    for language, path in (("en", "search"), ("fr", "rechercher"), ("de", "suche")):
        light.goto(f"{live_demo_server.url}/{language}/{path}/?q={query}")
        assert light.evaluate(OVERFLOWING) == []


def test_what_is_printed_is_the_text_and_where_its_links_lead(
    light, live_demo_server, visitor_addresses
):
    for language in language_codes():
        light.goto(live_demo_server.url + visitor_addresses["press release"][language])
        light.emulate_media(media="print", color_scheme="dark")
        for use in (".site-nav", ".languages", ".share", ".skip-link", ".site-footer__newsletter"):
            assert light.locator(use).count() >= 1
            assert not light.locator(use).first.is_visible()
        assert light.locator("h1").is_visible()
        assert light.locator(".site-footer__legal").is_visible()
        ink, paper = light.evaluate(
            "[getComputedStyle(document.body).color,"
            " getComputedStyle(document.documentElement).backgroundColor]"
        )
        assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
        light.emulate_media(media="screen")


def test_what_is_folded_is_printed(light, live_demo_server, visitor_addresses):
    light.set_viewport_size(SCREENS[-1])
    for kind in ("content", "press release with a film"):
        light.goto(live_demo_server.url + visitor_addresses[kind]["en"])
        folded = light.locator("main details:not([open]) > :not(summary)").first
        assert not folded.is_visible()
        light.emulate_media(media="print")
        assert folded.bounding_box()["height"] > 20
        light.emulate_media(media="screen")


@pytest.fixture(scope="module")
def large_letters(browser_type, browser_type_launch_args):
    """A page on a phone whose owner has set letters of twice the usual size (WCAG 2.2, 1.4.4)."""
    options = {**browser_type_launch_args}
    options["args"] = [*options["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**options)
    yield browser.new_page(viewport=PHONE)
    browser.close()


CUT_OFF = """() => [...document.querySelectorAll("main .meta > *")]
    .filter(fact => {
        const list = fact.parentElement.getBoundingClientRect();
        return fact.getBoundingClientRect().right > list.right + 1;
    })
    .map(fact => fact.textContent)"""


@pytest.mark.parametrize("kind", FRAMED_KINDS)
def test_letters_of_twice_their_size_fit_a_phone(
    large_letters, live_demo_server, visitor_addresses, kind
):
    large_letters.goto(live_demo_server.url + visitor_addresses[kind]["de"])
    assert large_letters.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert large_letters.evaluate(OVERFLOWING) == []
    assert large_letters.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("kind", FRAMED_KINDS)
def test_a_visit_asks_no_other_host_and_leaves_no_cookie(
    browser, live_demo_server, visitor_addresses, kind
):
    context = browser.new_context()
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for language in language_codes():
        page.goto(live_demo_server.url + visitor_addresses[kind][language])
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((live_demo_server.url, "data:"))] == []
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    if kind not in WITHOUT_CONTENT:
        assert complaints == []
    context.close()


FIXED_ICONS = """() => [...document.querySelectorAll("svg")]
    .filter(icon => getComputedStyle(icon).color !== getComputedStyle(icon.parentElement).color)
    .map(icon => icon.parentElement.outerHTML.slice(0, 120))"""


def test_icons_take_the_colours_that_a_reader_forces(browser, live_demo_server, visitor_addresses):
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    for kind in ("home", "event in person", "month with events", "search with hits"):
        page.goto(live_demo_server.url + visitor_addresses[kind]["de"])
        assert page.locator("svg").count()
        assert page.evaluate(FIXED_ICONS) == []
    context.close()


SIZES = """() => [...document.querySelectorAll("main img")].map(image => {
    const {width, height} = image.getBoundingClientRect();
    return [image.getAttribute("src"), Math.round(width), Math.round(height)];
})"""
LOADED = """async () => {
    for (const image of document.querySelectorAll("main img")) image.loading = "eager";
    await Promise.all([...document.images].map(image => image.decode()));
}"""


@pytest.mark.parametrize("screen", [PHONE, SCREENS[-1]])
def test_pictures_take_their_place_before_they_are_loaded(
    browser, live_demo_server, visitor_addresses, screen
):
    context = browser.new_context(viewport=screen)
    loading, loaded = context.new_page(), context.new_page()
    loading.route("**/media/**", lambda route: None)
    for kind in ("home", "topic", "people", "person", "story", "press release"):
        address = live_demo_server.url + visitor_addresses[kind]["de"]
        loading.goto(address, wait_until="domcontentloaded")
        loaded.goto(address)
        loaded.evaluate(LOADED)
        sizes = loaded.evaluate(SIZES)
        assert sizes, kind
        assert loading.evaluate(SIZES) == sizes
    context.close()
