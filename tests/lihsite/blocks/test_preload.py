"""What a body costs in queries."""

import pytest
from django.utils import translation
from wagtail.models import Site

from lihsite.blocks.body import BodyBlock
from lihsite.blocks.preload import preload, preloaded
from lihsite.models import Document, Image
from tests import factories
from tests.lihsite.blocks.vocabulary import block, every_block, items
from tests.lihsite.media.library import document, image

pytestmark = pytest.mark.django_db

AT_MOST = 5
"""Pictures, their renditions, documents, pages and people: one query each."""


@pytest.fixture
def visit(rf):
    """A visitor's request, in which the frame of the page has found the site and the people."""
    request = rf.get("/")
    request.people_address = "/en/people/"
    Site.find_for_request(request)
    return request


def render(raw, visit):
    """Render a body as a page does; the first time makes the renditions."""
    stream = BodyBlock().to_python(raw)
    with preload(streams=[stream]):
        return stream.render_as_block({"request": visit})


def test_every_block_twice_costs_a_query_for_each_kind_of_object(
    django_assert_max_num_queries, visit
):
    factories.home()
    raw = every_block() + every_block()
    first = render(raw, visit)
    with django_assert_max_num_queries(AT_MOST):
        assert render(raw, visit) == first


def test_forty_pictures_cost_no_more(django_assert_max_num_queries, visit):
    factories.home()
    raw = every_block(pictures=40)
    render(raw, visit)
    with django_assert_max_num_queries(AT_MOST):
        html = render(raw, visit)
    assert html.count("<picture>") > 40


def test_a_body_of_text_costs_nothing(django_assert_num_queries, visit):
    with django_assert_num_queries(0):
        render([block("paragraph", "<p>Text</p>"), block("heading", {"text": "A"})], visit)


def test_versions_in_other_languages_cost_nothing_more(django_assert_num_queries, visit):
    french = document("rapport.pdf", language="fr", version_of=document(language="en"))
    raw = [block("documents", {"documents": items({"document": french.version_of_id})})]
    with translation.override("fr"), django_assert_num_queries(1):
        html = render(raw, visit)
    assert "rapport" in html


def test_pictures_of_objects_are_set_on_them_in_the_same_query(django_assert_num_queries):
    people = [factories.person(photo=image()) for _ in range(3)]
    without = factories.person()
    for one in [*people, without]:
        one.refresh_from_db()
    with (
        django_assert_num_queries(2),
        preload(pictures=[(one, "photo") for one in [*people, without]]),
    ):
        assert [one.photo.title for one in people] == ["Cells"] * 3
        assert without.photo is None
        assert people[0].photo.fetched_sizes == {}


def test_what_is_gone_is_left_out(visit):
    gone, lost = image(), document()
    raw = [
        block("image", {"image": gone.pk}),
        block("documents", {"documents": items({"document": lost.pk})}),
        block("paragraph", f'<p><a linktype="document" id="{lost.pk}">file</a></p>'),
        block("call_to_action", {"title": "Act", "label": "Go", "page": 4711}),
    ]
    gone.delete()
    lost.delete()
    html = render(raw, visit)
    assert "<img" not in html
    assert "href" not in html


def test_what_was_not_asked_for_is_fetched_as_ever():
    one, other = image(), image()
    stream = BodyBlock().to_python([block("image", {"image": other.pk})])
    with preload(pictures=[(factories.person(photo=one), "photo")]):
        assert stream[0].value["image"] == other


def test_contexts_can_be_nested_and_leave_nothing_behind(django_assert_num_queries):
    one, other = image(), image()
    people = factories.person(photo=one), factories.person(photo=other)
    with preload(pictures=[(people[0], "photo")]):
        with preload(pictures=[(people[1], "photo")]), django_assert_num_queries(0):
            assert preloaded(Image, [one.pk, other.pk]) == [one, other]
        assert preloaded(Image, [other.pk]) is None
    assert preloaded(Image, [one.pk]) is None
    assert preloaded(Document, []) is None
