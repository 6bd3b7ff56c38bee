"""What is kept of a deleted page: its rows, and those that went with it, as they were stored.

They are out of the tables of pages, so nothing has to leave them out: no list, search, report,
chooser or address knows of them. Keys are never given twice, so what led to the page by its key
(links in texts, the log) leads to it again once it is back. Rows are kept as drafts are, by the
names of their columns: a column that was added since gets its default, one that is gone is left.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lihsite.multilingual.languages import active_language

DELETE_FOR_GOOD = "delete_for_good"


class DeletedPageQuerySet(models.QuerySet):
    def over(self, now=None):
        """Those that can no longer be restored."""
        return self.filter(kept_until__lte=now or timezone.now())


class DeletedPage(models.Model):
    """A page that was deleted with all pages below it, until it is restored or gone for good."""

    wagtail_reference_index_ignore = True

    page_key = models.PositiveBigIntegerField(unique=True)
    """What its primary key was, and will be."""
    page_type = models.CharField(max_length=100)
    """The label of its model."""
    parent = models.ForeignKey(
        "lihsite.BasePage",
        verbose_name=_("parent page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    """None while the parent is deleted too; it is known again once that one is restored."""
    source_language = models.CharField(max_length=10)
    titles = models.JSONField(default=dict)
    """By language, as far as there are any."""
    addresses = models.JSONField(default=dict)
    """By language, as visitors knew them."""
    path = models.CharField(max_length=255)
    """The place in the tree."""
    url_paths = models.JSONField(default=dict)
    slugs = models.JSONField(default=dict)
    """Both by language."""
    pages = models.PositiveIntegerField(verbose_name=_("pages"))
    """How many were deleted together."""
    was_live = models.BooleanField()
    """Whether visitors got any of them."""
    referring = models.JSONField(default=list)
    """Pairs of a model's label and a key: what leads to the pages from elsewhere."""
    deleted_at = models.DateTimeField(verbose_name=_("deleted"), default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("deleted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kept_until = models.DateTimeField(verbose_name=_("kept until"), db_index=True)

    objects = DeletedPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        default_permissions = ()
        permissions = [(DELETE_FOR_GOOD, "Can delete pages for good")]

    def __str__(self):
        return self.titles.get(self.source_language) or str(self.page_key)

    @property
    def title(self) -> str:
        """In the reader's language, else in the source language."""
        return self.titles.get(active_language()) or str(self)

    @property
    def address(self) -> str:
        """In the reader's language; empty if the page was on no site."""
        return self.addresses.get(active_language()) or self.addresses.get(self.source_language, "")


class DeletedRow(models.Model):
    """A row that was deleted with a page; or a reference elsewhere that the deletion emptied."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        ROW = "row", _("row")
        LINK = "link", _("reference")

    page = models.ForeignKey(DeletedPage, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    model = models.CharField(max_length=100)
    """The label of the model whose own table it was in."""
    key = models.CharField(max_length=255)
    values = models.JSONField()
    """By column, as `lihsite.plain_rows` tells them."""
    ends_at = models.DateTimeField(null=True, db_index=True)
    """When it would have been deleted anyway."""

    class Meta:
        verbose_name = _("deleted row")
        verbose_name_plural = _("deleted rows")
        default_permissions = ()
        indexes = [models.Index(fields=["page", "kind", "model"], name="deleted_row_by_model")]

    def __str__(self):
        return f"{self.model} {self.key}"
