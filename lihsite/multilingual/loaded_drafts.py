"""What each open form has loaded: the common ancestor of what it saves and what others saved."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession

from .contents import as_stored
from .languages import column, language_codes
from .registration import translated_fields


class LoadedDraftQuerySet(models.QuerySet):
    def outdated(self):
        """Those of forms that nobody has saved or had open for long."""
        age = timedelta(days=settings.LOADED_DRAFT_DAYS)
        return self.filter(last_used_at__lt=timezone.now() - age)

    def present(self):
        """Those of forms that are open now, as far as their browsers have told."""
        return self.filter(
            session__last_seen_at__gte=timezone.now() - EditingSession.AVAILABLE_TIMEOUT
        )


class LoadedDraft(models.Model):
    """One open form of a page: the same person in two tabs has two.

    `content` is what the form shows, as the content of a revision: what it had loaded, and after
    each save what it posted. The next save is merged by it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "lihsite.BasePage", on_delete=models.CASCADE, related_name="loaded_drafts"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """The revision that this form keeps saving into, once it has saved by itself."""
    saves = models.PositiveBigIntegerField(default=0)
    """The number of the form's last save, as its browser counts them."""
    language = models.CharField(max_length=10, blank=True)
    """The language in which its user works; empty for the fields that all languages share."""
    session = models.ForeignKey(
        EditingSession, on_delete=models.SET_NULL, null=True, related_name="loaded_drafts"
    )
    saved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LoadedDraftQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("loaded draft")
        verbose_name_plural = _("loaded drafts")

    def __str__(self):
        return f"{self.page_id} {self.user_id}: {self.created_at}"

    def reload_language(self, language: str, content: dict) -> None:
        """Take over the texts of a language: the form shows them as they are in `content`."""
        content = as_stored(content)
        for name in translated_fields(self.page.specific_class):
            name = column(name, language)
            if name in content:
                self.content[name] = content[name]
        self.touch("content")

    def touch(self, *changed: str) -> None:
        self.last_used_at = timezone.now()
        self.save(update_fields=[*changed, "last_used_at"])


def load_draft(page, user, content: dict, language: str | None, **fields) -> LoadedDraft:
    """Remember what a form shows from now on; what nobody uses any more is forgotten."""
    LoadedDraft.objects.outdated().delete()
    known = language if language in language_codes() else ""
    return LoadedDraft.objects.create(
        page_id=page.pk, user=user, content=as_stored(content), language=known, **fields
    )


def hold_page(page_id: int) -> None:
    """Wait for whoever is saving the page, and let others wait until the transaction is over.

    SQLite has one writer at a time; its transactions begin with the lock (`IMMEDIATE`).
    """
    rows = LoadedDraft._meta.get_field("page").related_model.objects.select_for_update()
    list(rows.filter(pk=page_id).order_by().values_list("pk"))
