"""What is kept of visits: a number a page, language and day, and nothing about the visitor."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PageVisits(models.Model):
    """How often a page was answered on a day at its address in a language.

    The language is the visitor's, also where the page stood in for it in another one.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, on_delete=models.CASCADE, related_name="visits"
    )
    language = models.CharField(verbose_name=_("language"), max_length=10)
    day = models.DateField(verbose_name=_("day"))
    count = models.PositiveIntegerField(verbose_name=_("visits"), default=0)

    class Meta:
        verbose_name = _("visits of a page")
        verbose_name_plural = _("visits of pages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "day"], name="one_count_a_page_language_and_day"
            )
        ]
        indexes = [models.Index(fields=["day"], name="visits_by_day")]

    def __str__(self):
        return f"{self.page_id} {self.language} {self.day}: {self.count}"
