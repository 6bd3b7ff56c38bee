"""The translation memory: pairs of texts that have been published, or were brought along."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationUnit(models.Model):
    """A text and its translation; rich text with its markup.

    The hashes are those of the words alone. `page` and `segment` say where the unit was published,
    so that a correction there takes the place of what it corrects; an imported one has neither.
    """

    source_language = models.CharField(verbose_name=_("source language"), max_length=10)
    target_language = models.CharField(verbose_name=_("language"), max_length=10)
    source = models.TextField(verbose_name=_("source"))
    target = models.TextField(verbose_name=_("translation"))
    is_rich = models.BooleanField(default=False)
    source_hash = models.CharField(max_length=32, editable=False)
    target_hash = models.CharField(max_length=32, editable=False)
    page = models.ForeignKey(
        "lihsite.BasePage", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    segment = models.CharField(max_length=255, blank=True)
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("translation unit")
        verbose_name_plural = _("translation units")
        constraints = [
            models.UniqueConstraint(
                fields=("source_hash", "target_hash", "source_language", "target_language"),
                name="one_unit_a_pair",
            )
        ]
        indexes = [
            models.Index(fields=("target_hash",), name="unit_by_target"),
            models.Index(fields=("source_language", "target_language"), name="unit_by_languages"),
        ]

    def __str__(self):
        return f"{self.source_language} → {self.target_language}: {self.source[:60]}"
