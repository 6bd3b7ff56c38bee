"""The states of translations as rows, right after every save: for lists, filters and sums."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.dispatch import Signal, receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage
from wagtail.signals import page_published, page_unpublished

from .languages import language_codes, language_name
from .permissions import language_permissions
from .registration import source_language_of
from .sections import section_id_of
from .states import Progress, State, progress_of, progress_on_published

states_stored = Signal()
"""Sent within the transaction of a save, with `instance` and `changes`: (before, now) by language.

`before` is the `TranslationState` that was stored, None for a new object; `now` the one stored.
"""


COUNTED = (
    "state",
    "segments",
    "translated",
    "outdated",
    "words",
    "words_to_do",
    "outdated_since",
)
"""What is stored of a translation twice: compared with the draft's source, and the published."""


class Basis(models.TextChoices):
    """The source that a translation is compared with."""

    DRAFT = "draft", _("Newest draft")
    PUBLISHED = "published", _("Published source")

    def column(self, name: str) -> str:
        """Where `TranslationState` keeps what `name` says, as compared with this source."""
        return f"published_{name}" if self == self.PUBLISHED and name in COUNTED else name


class TranslationState(models.Model):
    """The progress of one language on the draft of a page, or on a person, a picture, a setting.

    The `published_` columns compare the same translation with the source that visitors get: they
    count no segments where visitors get none, and are as the others where there are no drafts.
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
    by_machine = models.PositiveIntegerField(default=0)
    outdated_since = models.DateTimeField(null=True, blank=True)
    published_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    published_segments = models.PositiveIntegerField(default=0)
    published_translated = models.PositiveIntegerField(default=0)
    published_outdated = models.PositiveIntegerField(default=0)
    published_words = models.PositiveIntegerField(default=0)
    published_words_to_do = models.PositiveIntegerField(default=0)
    published_outdated_since = models.DateTimeField(null=True, blank=True)
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
        indexes = [
            models.Index(fields=("language", "state"), name="translation_state"),
            models.Index(
                fields=("language", "published_state"), name="published_translation_state"
            ),
        ]
        permissions = language_permissions()

    def __str__(self):
        return f"{self.title} ({self.language}): {self.state}"

    @property
    def label(self):
        return State(self.state).label

    @property
    def is_to_do(self) -> bool:
        """Whether it waits for a person: to translate it, or to confirm what a machine wrote."""
        return self.state != State.UP_TO_DATE or self.by_machine > 0

    @property
    def language_name(self):
        return language_name(self.language)

    def known_since(self, basis: Basis):
        """Since when it is outdated; as compared with the draft where no other is stored yet."""
        known = basis if self.published_state else Basis.DRAFT
        return getattr(self, known.column("outdated_since"))

    def compare_with(self, basis: Basis) -> None:
        """Let the plain names say how the translation stands to that source; not to be saved."""
        for name in COUNTED:
            setattr(self, name, getattr(self, basis.column(name)))


STORED_ANEW = (
    "source_language",
    "title",
    "by_machine",
    "updated_at",
    *(basis.column(name) for basis in Basis for name in COUNTED),
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


def store_states(instance, row=None) -> None:
    """Bring the stored states of the object up to what it says, be it a draft or a row.

    `row` is the object as it is stored, where the caller has it at hand.
    """
    stored = states_of(instance)
    page, section = None, None
    if isinstance(instance, AbstractPage):
        page = instance.pk
        known = next(iter(stored.values()), None)
        section = (known and known.section_id) or section_id_of(instance)
    published = published_version(instance, row)
    now = timezone.now()
    rows = []
    for language in language_codes():
        state = TranslationState(
            content_type=content_type_of(instance),
            object_id=instance.pk,
            page_id=page,
            section_id=section,
            source_language=source_language_of(instance),
            language=language,
            title=name_of(instance),
            updated_at=now,
        )
        before = stored.get(language)
        progress = progress_of(instance, language)
        state.by_machine = progress.by_machine
        note(state, before, Basis.DRAFT, progress, now)
        note_published(state, before, instance, published, now)
        rows.append(state)
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=STORED_ANEW,
    )
    changes = {row.language: (stored.get(row.language), row) for row in rows}
    states_stored.send(sender=type(instance), instance=instance, changes=changes)


def published_version(instance, row=None):
    """The object with the source that visitors get; None if they do not get the source."""
    if not isinstance(instance, AbstractPage):
        return instance
    if not instance.live:
        return None
    row = row or type(instance)._base_manager.get(pk=instance.pk)
    return row if row.source_language in row.live_languages else None


def note(state, before, basis: Basis, progress: Progress, now) -> None:
    """Write the progress into the row; what was outdated before has been so since then."""
    since = None
    if progress.state == State.OUTDATED:
        since = (before and before.known_since(basis)) or now
    for name in COUNTED:
        value = since if name == "outdated_since" else getattr(progress, name)
        setattr(state, basis.column(name), value)


def note_published(state, before, draft, published, now) -> None:
    if published is None:
        progress = NOT_PUBLISHED
    elif published is draft:
        progress = progress_of(draft, state.language)
    else:
        progress = progress_on_published(draft, published, state.language)
    note(state, before, Basis.PUBLISHED, progress, now)


NOT_PUBLISHED = Progress(State.MISSING, 0, 0, 0, 0, 0)


@receiver([page_published, page_unpublished])
def store_published_states(sender, instance, **kwargs):
    """Compare the draft's translations with what visitors get from now on."""
    published = published_version(instance, row=instance)
    draft = instance
    if published and instance.has_unpublished_changes:
        draft = instance.get_latest_revision_as_object()
    now = timezone.now()
    rows = list(states_of(instance).values())
    for state in rows:
        note_published(state, state, draft, published, now)
    columns = [Basis.PUBLISHED.column(name) for name in COUNTED]
    TranslationState.objects.bulk_update(rows, columns)


def name_of(instance) -> str:
    """The object's name in its source language, whatever language is active."""
    return str(getattr(instance, "name_in_lists", instance))[:255]
