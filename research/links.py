"""Rows that link a page to a person or to a research topic, in an order that editors choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class PersonLink(Orderable):
    person = models.ForeignKey(
        "research.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        abstract = True


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
