"""The filter by research topic, for lists of what belongs to topics."""

from django.utils.translation import gettext

from lihsite.pages.visitor_lists import Choice, Filter, read_filter
from research.models import topics_by_number


def read_topic_filter(request) -> Filter:
    """The topic that the address asks for, by its id, which no translation and no slug changes.

    Raises Http404 for a topic that there is none of.
    """
    topics = topics_by_number()
    choices = [
        Choice("", gettext("All topics")),
        *(Choice(str(topic.pk), topic.shown.title, lang=topic.shown.lang) for topic in topics),
    ]
    return read_filter(request, "topic", gettext("Topic"), choices)


def visible_topic_titles() -> dict[int, str]:
    """The titles of the topics that visitors get, by their ids, as they are shown to them."""
    return {topic.pk: topic.shown.title for topic in topics_by_number()}
