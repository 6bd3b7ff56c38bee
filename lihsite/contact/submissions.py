"""What was sent with a form: kept for as many days as its page says, then deleted."""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import AbstractFormSubmission


class Submission(AbstractFormSubmission):
    """The answers by the ids of their questions; choices in the words of the source language.

    `labels` are the questions as they were then, in the source language, so that the answer to a
    question that was taken out of the form can still be read.
    """

    language = models.CharField(
        verbose_name=_("language"), max_length=10, choices=settings.LANGUAGES
    )
    labels = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    """Of the form as it was opened and what was sent with it: a second click sends nothing new."""

    class Meta:
        verbose_name = _("form submission")
        verbose_name_plural = _("form submissions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["page", "digest"], name="submission_sent_once")
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def get_data(self):
        return {**super().get_data(), "language": self.get_language_display()}

    def readable_answers(self) -> list[tuple[str, str]]:
        """Pairs of a question and its answer, as text."""
        return [
            (self.labels.get(name, name), as_text(value)) for name, value in self.form_data.items()
        ]


def as_text(value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


def digest_of(note: str, answers: dict) -> str:
    text = json.dumps([note, answers], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def expired_submissions(page, now: datetime) -> models.QuerySet:
    """What was sent with the form of the page longer ago than it is kept."""
    before = now - timedelta(days=page.days_kept)
    return Submission.objects.filter(page=page, submit_time__lt=before)


def ends_of_submissions(submissions: models.QuerySet) -> dict[int, datetime]:
    """Until when each is kept, by its key: also while its page is deleted, and may come back."""
    rows = submissions.values_list("pk", "submit_time", "page__formpage__days_kept")
    return {pk: sent + timedelta(days=days) for pk, sent, days in rows if days is not None}
