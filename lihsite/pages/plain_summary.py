"""A summary in plain language: for patients and their families, beside the text for everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlainSummaryMixin(models.Model):
    """A page type with the field; it registers `plain_summary` for translation."""

    plain_summary = models.TextField(
        verbose_name=_("summary in plain language"),
        blank=True,
        help_text=_(
            "For readers without previous knowledge: short sentences, no technical terms. It "
            "stands in a section of its own above the text."
        ),
    )

    class Meta:
        abstract = True
