"""The document model."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from lihsite.multilingual.shown import shown_text
from lihsite.multilingual.tracking import TrackedTexts

from .querysets import DocumentQuerySet
from .translated_fields import translated_form_fields, translated_search_fields
from .versions import LanguageVersions


class Document(TrackedTexts, LanguageVersions, AbstractDocument):
    """A file to download, with a title in each language and a version in each that has one."""

    # Declared again for names of their own: Wagtail's default model has the same class name.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_documents",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True
    tags = TaggableManager(
        verbose_name=_("tags"), help_text=None, blank=True, related_name="tagged_documents"
    )

    objects = DocumentQuerySet.as_manager()

    search_fields = AbstractDocument.search_fields + translated_search_fields("title")

    admin_form_fields = (
        "file",
        *translated_form_fields("title"),
        "language",
        "version_of",
        "collection",
        "tags",
    )

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]
        constraints = [
            models.UniqueConstraint(
                fields=["version_of", "language"], name="one_document_version_a_language"
            )
        ]

    @property
    def named(self):
        """The title for a visitor, with its `lang`; read `.title`."""
        return shown_text(self, "title")
