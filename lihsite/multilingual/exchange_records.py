"""What is kept between the export of texts and their return."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UPLOADS_ARE_KEPT = timedelta(days=1)


def new_token() -> str:
    return uuid.uuid4().hex


class Export(models.Model):
    """The texts as they went out: what has changed here since, and what an agency changed."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=10)
    texts = models.JSONField(default=dict)
    """For each page's number, by segment, the text of the source and the one of the translation."""

    class Meta:
        verbose_name = _("export for translation")
        verbose_name_plural = _("exports for translation")

    def __str__(self):
        return f"{self.token} {self.language}"


class ImportedFile(models.Model):
    """A file between its preview and the decision about it."""

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    data = models.BinaryField()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, user, name: str, data: bytes) -> "ImportedFile":
        """Keep a file for its preview; what was left undecided is deleted after a day."""
        cls.objects.filter(created_at__lt=timezone.now() - UPLOADS_ARE_KEPT).delete()
        return cls.objects.create(user=user, name=name[:255], data=data)
