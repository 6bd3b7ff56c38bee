"""A comparison shows what changed, in the words of the edit form."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory
from django.utils.translation import override

from lihsite.pages.comparing import differences
from tests import factories
from tests.lihsite.blocks.vocabulary import block, every_block, items

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "Participants",
    "table": {
        "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "Before"}],
        "rows": [{"values": ["Children", 24]}, {"values": ["Adults", 25]}],
        "caption": "Source: LIH",
    },
}
WHO = {"title": "Who?", "text": "<p>We</p>"}
WHY = {"title": "Why?", "text": "<p>So</p>"}


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def compared(before: list, after: list) -> BeautifulSoup:
    """The differences of two bodies."""
    one = factories.content_page(title_en="Linking", body_en=before)
    other = type(one).objects.get(pk=one.pk)
    other.body_en = after
    (found,) = differences(one, RequestFactory().get("/"), one, other)
    return BeautifulSoup(found.htmldiff(), "html.parser")


def shown(html) -> str:
    """What is seen without unfolding anything, the marks of what went and came in brackets."""
    for folded in html.select("details"):
        folded.replace_with(f"({folded.summary.text})")
    for mark in html.select("span.deletion"):
        mark.replace_with(f"[-{mark.text}]")
    for mark in html.select("span.addition"):
        mark.replace_with(f"[+{mark.text}]")
    return " ".join(html.get_text(" ").split())


def changed(one: dict, **value) -> dict:
    return {**one, "value": {**one["value"], **value}}


def test_blocks_without_a_difference_are_folded():
    paragraphs = [block("paragraph", f"<p>Text {number}</p>") for number in range(5)]
    after = [*paragraphs[:3], {**paragraphs[3], "value": "<p>Word 3</p>"}, paragraphs[4]]
    html = compared(paragraphs, after)
    assert [one.summary.text for one in html.select("details")] == [
        "3 blocks unchanged",
        "1 block unchanged",
    ]
    assert "Text 1" in html.text
    assert shown(html) == "(3 blocks unchanged) [-Text] [+Word] 3 (1 block unchanged)"


def test_choices_and_switches_are_named_as_in_the_form():
    heading = block("heading", {"text": "Cells", "level": "h2"})
    assert shown(compared([heading], [changed(heading, level="h3")])) == (
        "Heading Cells Level [-Section] [+Subsection]"
    )
    picture = next(one for one in every_block() if one["type"] == "image")
    html = compared([picture], [changed(picture, decorative=True)])
    assert "[-No] [+Yes]" in shown(html)


def test_a_table_is_shown_row_by_row():
    table = block("table", TABLE)
    rows = [{"values": ["Children", 24]}, {"values": ["Adults", 31]}]
    after = changed(table, table={**TABLE["table"], "rows": rows})
    html = compared([table], [after])
    assert html.select_one(".lih-compared-rows").text.splitlines() == [
        "Group | Before",
        "Children | 24",
        "Adults | 2531",
        "Source: LIH",
    ]
    assert "Adults | [-25] [+31]" in shown(html)


def test_items_of_lists_have_their_labels_in_blocks_that_came_or_went_too():
    questions = items(
        {"title": "Who?", "text": "<p>We</p>"}, {"title": "Why?", "text": "<p>So</p>"}
    )
    accordion = block("accordion", {"title": "Questions", "items": questions})
    expected = "Title Questions Items Title Who? Text We Title Why? Text So"
    came, went = compared([], [accordion]), compared([accordion], [])
    assert came.select_one(".addition").get_text(" ", strip=True) == expected
    assert went.select_one(".deletion").get_text(" ", strip=True) == expected


def test_items_of_a_list_without_a_difference_are_folded():
    questions = items(
        {"title": "Who?", "text": "<p>We</p>"}, {"title": "Why?", "text": "<p>So</p>"}
    )
    accordion = block("accordion", {"title": "Questions", "items": questions})
    after = changed(accordion, items=[questions[0], changed(questions[1], title="How?")])
    assert shown(compared([accordion], [after])) == (
        "Title Questions Items (1 block unchanged) Title [-Why] [+How] ? Text So"
    )


def test_another_order_of_the_same_blocks_is_told():
    blocks = [block("paragraph", f"<p>Text {number}</p>") for number in range(2)]
    assert shown(compared(blocks, blocks[::-1])) == "The order has changed. (2 blocks unchanged)"


def test_every_block_can_be_compared_with_another_version():
    before, after = every_block(), every_block()
    for old, new in zip(before, after, strict=True):
        new["id"] = old["id"]
    html = compared(before, after)
    assert "None" not in html.text
    assert html.select("img[src]")
    assert not html.select("img:not([src])")
    assert shown(compared(before, [])) != shown(compared([], after))


def test_a_switch_of_the_page_says_yes_or_no():
    one = factories.content_page(title_en="Linking")
    other = type(one).objects.get(pk=one.pk)
    other.show_in_menus = True
    (found,) = differences(one, RequestFactory().get("/"), one, other)
    assert shown(BeautifulSoup(found.htmldiff(), "html.parser")) == "[-No] [+Yes]"
