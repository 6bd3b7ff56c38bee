"""The rows of the index: an object in a language, and the terms that it is found by."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lihsite.prepared import Now


class SearchEntryQuerySet(models.QuerySet):
    def visible(self):
        """Those that visitors may find now."""
        return self.filter(Q(hidden_until=None) | Q(hidden_until__lte=Now()))


class SearchEntry(models.Model):
    """What the list of results shows; one row an object and language.

    Its id says where it stands among equal hits (`lihsite.search.ids`).
    """

    id = models.BigIntegerField(primary_key=True)

    language = models.CharField(max_length=10)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    """The name of a source of results (`lihsite.search.sources`)."""
    title = models.TextField()
    summary = models.TextField(blank=True)
    date = models.DateField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    """When an event is over, in UTC; coming events are those where it lies ahead."""
    hidden_until = models.DateTimeField(null=True, blank=True)
    """The hour from which it is found, in UTC, where it has one."""
    topics = models.ManyToManyField(
        settings.WAGTAIL_PAGE_MODEL, related_name="+", db_table="search_topic"
    )

    class Meta:
        db_table = "search_entry"
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(
                fields=("content_type", "object_id", "language"), name="one_entry_a_language"
            )
        ]
        indexes = [
            models.Index(fields=("language", "date"), name="search_entry_date"),
            models.Index(
                fields=("hidden_until",),
                condition=Q(hidden_until__isnull=False),
                name="search_entry_hidden",
            ),
            models.Index(
                fields=("ends_at",), condition=Q(ends_at__isnull=False), name="search_entry_ends"
            ),
        ]

    objects = models.Manager.from_queryset(SearchEntryQuerySet)()

    def __str__(self):
        return f"{self.language}: {self.title}"


class SearchText(models.Model):
    """The text for excerpts, and its terms, parted by spaces, each preceded by its language.

    An engine keeps an index over the columns of terms (`lihsite.search.engines`). Each holds the
    terms of those before it too, and `everything` what results are filtered by (`filter_term`).
    """

    entry = models.OneToOneField(
        SearchEntry, on_delete=models.CASCADE, primary_key=True, related_name="text"
    )
    body = models.TextField(blank=True)
    title = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    often = models.TextField(blank=True)
    everything = models.TextField(blank=True)

    class Meta:
        db_table = "search_text"
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self):
        return str(self.entry_id)


class SearchWord(models.Model):
    """A word that occurs in a language, as it is written: what a typing error may have meant."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=40)

    class Meta:
        db_table = "search_word"
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [
            models.UniqueConstraint(fields=("language", "word"), name="one_word_a_language")
        ]

    def __str__(self):
        return f"{self.language}: {self.word}"


class DocumentText(models.Model):
    """What was read of a document's file, "" if nothing could be; another file is read anew."""

    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    file_name = models.CharField(max_length=255)
    text = models.TextField(blank=True)

    class Meta:
        db_table = "search_document_text"
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self):
        return self.file_name
