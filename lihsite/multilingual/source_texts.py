"""Earlier source texts that translations still refer to, to show what changed since.

With each segment of a translation only the fingerprint of its source is kept. The text itself is
the source's own until that changes; then it is stored here, once, whichever pages share it.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from .segments import fingerprint


class SourceText(models.Model):
    fingerprint = models.CharField(max_length=16, unique=True)
    text = models.TextField()

    class Meta:
        verbose_name = _("earlier source text")
        verbose_name_plural = _("earlier source texts")

    def __str__(self):
        return self.text[:80]


def remember(texts: Iterable[str]) -> None:
    """Store the texts that are not stored yet: no query for none, one where all are known."""
    by_fingerprint = {fingerprint(text): text for text in texts}
    for known in remembered(by_fingerprint):
        del by_fingerprint[known]
    if by_fingerprint:
        SourceText.objects.bulk_create(
            [SourceText(fingerprint=key, text=text) for key, text in by_fingerprint.items()],
            ignore_conflicts=True,
        )


def remembered(fingerprints: Iterable[str]) -> dict[str, str]:
    """The texts that are known of the fingerprints, in one query; none for no fingerprint."""
    wanted = set(fingerprints) - {""}
    if not wanted:
        return {}
    rows = SourceText.objects.filter(fingerprint__in=wanted)
    return dict(rows.values_list("fingerprint", "text"))
