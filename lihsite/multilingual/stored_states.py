"""The states of translations as rows, right after every save: for lists, filters and sums."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage

from .languages import language_codes, language_name
from .permissions import language_permissions
from .registration import source_language_of
from .sections import section_id_of
from .states import State, progress_of

states_stored = Signal()
"""Sent within the transaction of a save, with `instance` and `changes`: (before, now) by language.

`before` is the `TranslationState` that was stored, None for a new object; `now` the one stored.
"""


class TranslationState(models.Model):
    """The progress of one language on the draft of a page, or on a person, a picture, a setting.

    `title` is the object's name in its source language, so that lists need not fetch the object.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    content_object = GenericForeignKey()
    page = models.ForeignKey(
        "lihsite.BasePage",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="translation_states",
    )
    section = models.ForeignKey(
        "lihsite.BasePage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source_language = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=20, choices=State.choices)
    segments = models.PositiveIntegerField(default=0)
    translated = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    words_to_do = models.PositiveIntegerField(default=0)
    outdated_since = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=("content_type", "object_id", "language"), name="one_state_a_language"
            ),
        ]
        indexes = [models.Index(fields=("language", "state"), name="translation_state")]
        permissions = language_permissions()

    def __str__(self):
        return f"{self.title} ({self.language}): {self.state}"

    @property
    def label(self):
        return State(self.state).label

    @property
    def language_name(self):
        return language_name(self.language)


STORED_ANEW = (
    "source_language",
    "title",
    "state",
    "segments",
    "translated",
    "outdated",
    "words",
    "words_to_do",
    "outdated_since",
    "updated_at",
)


def states_of(instance) -> dict[str, TranslationState]:
    """The stored states of a page or another translated object, by language in settings' order."""
    rows = TranslationState.objects.filter(
        content_type=content_type_of(instance), object_id=instance.pk
    )
    by_language = {row.language: row for row in rows}
    return {code: by_language[code] for code in language_codes() if code in by_language}


def content_type_of(instance) -> ContentType:
    """The type that an object's states are stored under: a page's own, specific or not."""
    if isinstance(instance, AbstractPage):
        return instance.cached_content_type
    return ContentType.objects.get_for_model(instance)


def store_states(instance) -> None:
    """Bring the stored states of the object up to what it says, be it a draft or a row."""
    stored = states_of(instance)
    page, section = None, None
    if isinstance(instance, AbstractPage):
        page = instance.pk
        known = next(iter(stored.values()), None)
        section = (known and known.section_id) or section_id_of(instance)
    now = timezone.now()
    rows = []
    for language in language_codes():
        progress = progress_of(instance, language)
        since = stored[language].outdated_since if language in stored else None
        rows.append(
            TranslationState(
                content_type=content_type_of(instance),
                object_id=instance.pk,
                page_id=page,
                section_id=section,
                source_language=source_language_of(instance),
                language=language,
                title=name_of(instance),
                state=progress.state,
                segments=progress.segments,
                translated=progress.translated,
                outdated=progress.outdated,
                words=progress.words,
                words_to_do=progress.words_to_do,
                outdated_since=(since or now) if progress.state == State.OUTDATED else None,
                updated_at=now,
            )
        )
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=STORED_ANEW,
    )
    changes = {row.language: (stored.get(row.language), row) for row in rows}
    states_stored.send(sender=type(instance), instance=instance, changes=changes)


def name_of(instance) -> str:
    """The object's name in its source language, whatever language is active."""
    return str(getattr(instance, "name_in_lists", instance))[:255]
