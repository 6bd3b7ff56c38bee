"""What the workers of all machines know of each other, and the mails on their way."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When the worker of a running task was last heard of, by the clock of the database."""

    wagtail_reference_index_ignore = True

    task_id = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self):
        return str(self.task_id)


class RegularJob(models.Model):
    """The newest moment for which a command that runs by the clock was handed to the workers."""

    wagtail_reference_index_ignore = True

    command = models.CharField(max_length=100, primary_key=True)
    last_due = models.DateTimeField()

    class Meta:
        verbose_name = _("regular job")
        verbose_name_plural = _("regular jobs")

    def __str__(self):
        return self.command


class OutgoingMail(models.Model):
    """A mail that is to be delivered; once it is, nothing is kept but that it was."""

    wagtail_reference_index_ignore = True

    message_id = models.CharField(max_length=255, unique=True)
    """Of the message (RFC 5322, 3.6.4): what has the same is the same mail."""
    sender = models.CharField(max_length=320, blank=True)
    recipients = models.JSONField(default=list)
    content = models.BinaryField()
    """The whole message, as it is sent."""
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [models.Index(fields=["queued_at"], name="mails_by_age")]

    def __str__(self):
        return self.message_id
