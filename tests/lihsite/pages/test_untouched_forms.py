"""Saving a form in which nothing was changed is no change, however its content was written."""

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from lihsite.multilingual.joining import are_equal, changed_languages
from lihsite.multilingual.publishing import preflight, shared_fields_differ
from lihsite.pages.comparing import differences
from news.models import NewsPage
from tests import factories
from tests.lihsite.multilingual.test_publishing import draft_of, stored
from tests.lihsite.pages.admin import accounts
from tests.lihsite.pages.untouched_form import save_untouched

pytestmark = pytest.mark.django_db

TABLE = {
    "columns": [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "Cells"}],
    "rows": [{"values": ["Treated", 29]}, {"values": ["Not treated", None]}],
    "caption": "",
}


def block(kind, value):
    return {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-{len(kind):012}"}


def body(link="https://example.org/", text="<p>One <b>two</b></p>", table=TABLE):
    action = {"title": "Join", "text": "", "label": "Register", "page": None, "url": link}
    return [
        block("paragraph", text),
        block("table", {"caption": "Cells", "table": table}),
        block("call_to_action", action),
    ]


@pytest.fixture
def article():
    """A page as a script may write it: rows without numbers, and none of a form's spellings."""
    home = factories.home()
    accounts(home)
    page = factories.news(home, title_en="News", body_en=body(), body_fr=body())
    other = factories.content_page(home, title_en="Elsewhere")
    page.body_en = [
        *body(),
        {
            "type": "call_to_action",
            "value": {
                "title": "Elsewhere",
                "text": None,
                "label": "Read",
                "page": other.pk,
                "url": None,
            },
            "id": "00000000-0000-4000-8000-000000000099",
        },
    ]
    people = [factories.person("Dr Ada Example"), factories.person("Dr Bo Example")]
    author = page.authors.model
    page.authors.set([author(person=person, sort_order=None) for person in people])
    page.save_revision().publish()
    return stored(page)


def compared(one, other):
    return differences(one, RequestFactory().get("/"), one, other)


def test_an_untouched_save_leaves_nothing_to_publish_and_nothing_to_compare(article):
    before = article.get_latest_revision()
    states = dict(article.translation_states.values_list("language", "state"))
    assert save_untouched(article, "editor").status_code == 302
    page = stored(article)
    after = page.get_latest_revision()
    assert before.content["body_en"] != after.content["body_en"]
    assert [one.language for one in preflight(page) if one.differs] == []
    assert not shared_fields_differ(page)
    assert compared(before.as_object(), after.as_object()) == []
    assert changed_languages(NewsPage, before.content, after.content) == ([], False)
    assert dict(page.translation_states.values_list("language", "state")) == states


def test_a_comparison_marks_what_changed_alone(article):
    before = article.get_latest_revision().as_object()
    save_untouched(article, "editor")
    draft = draft_of(article)
    raw = draft.body_en.get_prep_value()
    raw[0]["value"] = raw[0]["value"].replace("One", "Three")
    draft.body_en = raw
    (found,) = compared(before, draft)
    html = BeautifulSoup(found.htmldiff(), "html.parser")
    assert [marked.text for marked in html.select(".deletion")] == ["One"]
    assert [marked.text for marked in html.select(".addition")] == ["Three"]


def table(**changes):
    return {**TABLE, **changes}


@pytest.mark.parametrize(
    "changed",
    [
        body(text="<p>One <i>two</i></p>"),
        body(text="<p>One <b>two</b></p><p></p>"),
        body(text='<p id="x">One <b>two</b></p>'),
        body(text='<p>One <b>two</b> data-block-key="x"</p>'),
        body(link=""),
        body(link="https://example.org"),
        body(table=table(caption="Note")),
        body(table=table(rows=[{"values": ["Treated", 28]}, {"values": ["Not treated", None]}])),
        body(table=table(rows=[{"values": ["Treated", "29.0"]}, {"values": ["Not treated", ""]}])),
        body(table=table(rows=[{"values": ["Treated", 29]}, {"values": ["Not treated", 0]}])),
        body()[:2],
        [*body()[1:], body()[0]],
    ],
)
def test_what_readers_would_see_is_a_change(article, changed):
    article.body_fr = changed
    article.save_revision()
    page = stored(article)
    assert [one.language for one in preflight(page) if one.differs] == ["fr"]


def test_the_order_of_rows_is_a_change_and_their_numbers_are_none(article):
    content = article.get_latest_revision().content
    first, second = content["authors"]

    def with_rows(*rows):
        return {**content, "authors": [{**row, "sort_order": n} for n, row in rows]}

    assert are_equal(NewsPage, content, with_rows((0, first), (1, second)))
    assert are_equal(NewsPage, content, with_rows((7, second), (3, first)))
    assert not are_equal(NewsPage, content, with_rows((0, second), (1, first)))
    assert not are_equal(NewsPage, content, with_rows((0, first)))
    assert not are_equal(NewsPage, content, with_rows((None, first), (0, second)))


def test_a_fraction_that_visitors_see_in_other_digits_is_a_change(article):
    for number, is_equal in ((29.5, True), (29.1, False)):
        contents = [
            {
                "body_en": body(
                    table=table(rows=[{"values": ["Treated", value]}]),
                )
            }
            for value in (number, str(number))
        ]
        assert are_equal(NewsPage, *contents) == is_equal


def test_a_field_that_a_block_has_got_since_is_what_it_shows(article):
    content = {"body_en": body()}
    older = {"body_en": [*body()[:2], block("call_to_action", {"title": "Join"})]}
    newer = {
        "body_en": [
            *body()[:2],
            block(
                "call_to_action",
                {"title": "Join", "text": "", "label": "", "page": None, "url": ""},
            ),
        ]
    }
    assert are_equal(NewsPage, older, newer)
    assert not are_equal(NewsPage, older, content)
