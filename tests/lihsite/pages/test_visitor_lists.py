"""What pages link to by their relations."""

import pytest

from lihsite.pages.visitor_lists import linked_ids, linked_objects
from news.models import NewsPage, NewsTopic
from tests import factories
from tests.lihsite.pages.test_private_pages import make_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    return [factories.topic(title_en=title) for title in ("Allergy", "Brain", "Cancer")]


def stored(page):
    return NewsPage.objects.get(pk=page.pk)


def test_the_order_is_the_editors(topics, django_assert_num_queries):
    people = [factories.person(name) for name in ("Zoe", "Ada")]
    page = stored(factories.news(topics=topics[::-1], authors=people))
    with django_assert_num_queries(2):
        assert linked_objects(page.topics, "topic") == topics[::-1]
        assert linked_objects(page.authors, "person") == people
    with django_assert_num_queries(1):
        assert linked_ids(page.topics, "topic") == [topic.pk for topic in topics[::-1]]


def test_nothing_stands_twice(topics):
    allergy, brain, _cancer = topics
    page = stored(factories.news(topics=[brain, allergy, brain]))
    assert linked_objects(page.topics, "topic") == [brain, allergy]
    page.topics = [NewsTopic(topic=topic) for topic in (allergy, brain, allergy)]
    assert linked_objects(page.topics, "topic") == [allergy, brain]


def test_pages_that_visitors_do_not_get_are_left_out(topics):
    allergy, brain, cancer = topics
    page = stored(factories.news(topics=topics))
    brain.live = False
    brain.save()
    make_private(cancer)
    assert linked_objects(page.topics, "topic") == [allergy]


def test_a_preview_shows_the_links_of_the_draft(topics):
    allergy, brain, cancer = topics
    page = stored(factories.news(topics=[allergy]))
    brain.live = False
    brain.save()
    page.topics = [NewsTopic(topic=topic) for topic in (cancer, brain)]
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    assert linked_objects(draft.topics, "topic") == [cancer]
    assert linked_ids(draft.topics, "topic") == [cancer.pk, brain.pk]
    assert linked_objects(stored(page).topics, "topic") == [allergy]
    assert linked_ids(stored(page).topics, "topic") == [allergy.pk]
