"""The state of each translation, derived from its segments and what they were translated from."""

from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .languages import column, language_codes, language_name
from .permissions import language_permissions
from .segments import count_words, fingerprint, instance_values, segments_of


class State(models.TextChoices):
    """The words of the model; `SOURCE` stands for the language that the others translate."""

    SOURCE = "source", _("source")
    MISSING = "missing", _("missing")
    IN_PROGRESS = "in_progress", _("in progress")
    OUTDATED = "outdated", _("outdated")
    UP_TO_DATE = "up_to_date", _("up to date")


@dataclass(frozen=True)
class Progress:
    """What is done and to do in one language; words are counted in the source."""

    state: State
    segments: int
    translated: int
    outdated: int
    words_to_do: int

    @property
    def label(self):
        return self.state.label


def progress_of(page, language: str) -> Progress:
    """The progress of a language on the object as it is in memory: a draft, or what is live."""
    source = page.source_language
    values = instance_values(page, {source, language})
    source_segments = segments_of(type(page), values, source)
    total = len(source_segments)
    if language == source:
        return Progress(State.SOURCE, total, total, 0, 0)
    target_segments = segments_of(type(page), values, language)
    recorded = page.translation_sources.get(language, {})
    translated = outdated = words = 0
    for name, text in source_segments.items():
        if name not in target_segments:
            words += count_words(text)
            continue
        translated += 1
        if recorded.get(name, fingerprint(text)) != fingerprint(text):
            outdated += 1
            words += count_words(text)
    return Progress(
        _state(bool(target_segments), translated, outdated, total),
        total,
        translated,
        outdated,
        words,
    )


def _state(started: bool, translated: int, outdated: int, total: int) -> State:
    if not started:
        return State.MISSING
    if outdated:
        return State.OUTDATED
    if translated < total:
        return State.IN_PROGRESS
    return State.UP_TO_DATE


def record_sources(page, before: dict | None) -> None:
    """Note in `translation_sources` which source text each segment now translates.

    `before` holds the column values of the draft that was there, as a revision's content does. A
    segment whose text changed translates the source of now; the others keep what they had.
    """
    model, source = type(page), page.source_language
    values = instance_values(page, language_codes())
    source_segments = segments_of(model, values, source)
    earlier_source = segments_of(model, before, source) if before else source_segments
    sources = {}
    for language in language_codes():
        if language == source:
            continue
        earlier = segments_of(model, before, language) if before else {}
        recorded = page.translation_sources.get(language, {})
        sources[language] = {
            name: _source_of(
                name, text, earlier.get(name), recorded, source_segments, earlier_source
            )
            for name, text in segments_of(model, values, language).items()
            if name in source_segments
        }
    page.translation_sources = sources


def _source_of(name, text, earlier_text, recorded, source_segments, earlier_source):
    if text != earlier_text:
        return fingerprint(source_segments[name])
    return recorded.get(name) or fingerprint(earlier_source.get(name, source_segments[name]))


class TranslationState(models.Model):
    """The stored progress of a page's draft in one language, right after every save."""

    page = models.ForeignKey(
        "lihsite.BasePage", on_delete=models.CASCADE, related_name="translation_states"
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=State.choices)
    segments = models.PositiveIntegerField(default=0)
    translated = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    words_to_do = models.PositiveIntegerField(default=0)
    outdated_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("translation state")
        verbose_name_plural = _("translation states")
        constraints = [
            models.UniqueConstraint(fields=("page", "language"), name="one_state_a_language"),
        ]
        indexes = [models.Index(fields=("language", "state"), name="translation_state")]
        permissions = language_permissions()

    def __str__(self):
        return f"{self.page_id} {self.language}: {self.state}"

    @property
    def label(self):
        return State(self.state).label

    @property
    def language_name(self):
        return language_name(self.language)


def store_states(page) -> None:
    """Bring the stored states of the page up to what the given draft says, in two queries."""
    since = dict(
        TranslationState.objects.filter(page_id=page.pk, state=State.OUTDATED).values_list(
            "language", "outdated_since"
        )
    )
    now = timezone.now()
    rows = []
    for language in language_codes():
        progress = progress_of(page, language)
        outdated = progress.state == State.OUTDATED
        rows.append(
            TranslationState(
                page_id=page.pk,
                language=language,
                state=progress.state,
                segments=progress.segments,
                translated=progress.translated,
                outdated=progress.outdated,
                words_to_do=progress.words_to_do,
                outdated_since=(since.get(language) or now) if outdated else None,
            )
        )
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page", "language"],
        update_fields=[
            "state",
            "segments",
            "translated",
            "outdated",
            "words_to_do",
            "outdated_since",
        ],
    )


def missing_fields(page, names, language: str) -> list[str]:
    """Those of the named translated fields that are empty in the language."""
    return [name for name in names if not getattr(page, column(name, language))]
