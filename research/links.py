"""Rows that link a page to a person or to a research topic, in an order that editors choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from lihsite.pages.visitor_lists import linked_objects


class PersonLink(Orderable):
    person = models.ForeignKey(
        "research.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        abstract = True


class AboutTopicsMixin:
    """A page with `topics`, rows of `TopicLink`: its card has the colour of the first."""

    def get_topics(self) -> list:
        """The topics that visitors get, in the editor's order; fetched once for an object."""
        if not hasattr(self, "_topics"):
            self._topics = linked_objects(self.topics, "topic")
        return self._topics

    def get_social_colour(self):
        topics = self.get_topics()
        return topics[0].colour if topics else super().get_social_colour()


class TopicLink(Orderable):
    topic = models.ForeignKey(
        "research.ResearchTopicPage",
        verbose_name=_("research topic"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("research topic")
        verbose_name_plural = _("research topics")
