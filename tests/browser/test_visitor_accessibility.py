"""What axe and WCAG 2.2 AA ask of each kind of page, in each language and colour scheme."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from lihsite.multilingual.languages import language_codes
from tests.visitor_pages import FRAMED_KINDS, PLAIN_KINDS

pytestmark = pytest.mark.parametrize("kind", [*FRAMED_KINDS, *PLAIN_KINDS])

RULES = {"resultTypes": ["violations"]}
COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}


def violations(page, options):
    return [
        f"{found['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for found in Axe().run(page, options=options).response["violations"]
        for node in found["nodes"]
    ]


OUTLINE = """() => ({
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(h => +h.tagName[1]),
    landmarks: ["header.site-header", "main", "footer.site-footer"].map(
        name => document.querySelectorAll(name).length),
    unnamed: [...document.querySelectorAll("nav")].filter(
        nav => !nav.hasAttribute("aria-label") && !nav.hasAttribute("aria-labelledby")).length,
    title: document.title,
    lang: document.documentElement.lang,
})"""


@pytest.mark.parametrize("language", language_codes())
def test_the_outline_is_whole_and_axe_finds_nothing(
    light, live_demo_server, visitor_addresses, kind, language
):
    """One visit for both: most of the time goes into loading a page."""
    light.goto(live_demo_server.url + visitor_addresses[kind][language])
    check_outline(light.evaluate(OUTLINE), language)
    assert violations(light, RULES) == []
    light.emulate_media(color_scheme="dark")
    try:
        # Only the colours differ.
        assert violations(light, COLOURS) == []
    finally:
        light.emulate_media(color_scheme="light")


def check_outline(outline, language):
    headings = outline["headings"]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert outline["landmarks"] == [1, 1, 1]
    assert outline["unnamed"] == 0
    assert outline["lang"] == language
    assert "Luxembourg Institute of Health" in outline["title"]
