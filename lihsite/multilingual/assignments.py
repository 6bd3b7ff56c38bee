"""Who translates what by when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .stored_states import TranslationState


class AssignmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at=None)

    def by_urgency(self):
        """The earliest due date first, those without one last."""
        due = models.F("due_on").asc(nulls_last=True)
        return self.order_by(due, "created_at", "pk")


class Assignment(models.Model):
    """A translation that a person was asked to bring up to date.

    It is done as soon as the translation is up to date, and nothing by a machine is unconfirmed.
    """

    state = models.ForeignKey(
        TranslationState, on_delete=models.CASCADE, related_name="assignments"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="translation_assignments"
    )
    due_on = models.DateField(verbose_name=_("due on"), null=True, blank=True)
    note = models.TextField(verbose_name=_("note"), blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(done_at=None), name="one_open_assignment"
            )
        ]

    def __str__(self):
        return f"{self.state}: {self.assignee}"

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()
