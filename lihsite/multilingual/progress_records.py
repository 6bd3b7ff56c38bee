"""What was translated and what was to do, day by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgressRecord(models.Model):
    """The sums of one language over the whole site, as they were when a day was first asked for."""

    day = models.DateField()
    language = models.CharField(max_length=10)
    words = models.PositiveIntegerField()
    words_to_do = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("record of progress")
        verbose_name_plural = _("records of progress")
        constraints = [
            models.UniqueConstraint(fields=["day", "language"], name="one_record_a_day"),
        ]

    def __str__(self):
        return f"{self.day} {self.language}"

    @property
    def share(self) -> float:
        """The part of the words that is translated and up to date, from 0 to 1."""
        return 1 - self.words_to_do / self.words if self.words else 1.0
