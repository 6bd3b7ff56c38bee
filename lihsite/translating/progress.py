"""How far each language is: by language, by section, and over the months."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.coreutils import get_content_type_label

from lihsite.models import BasePage, ProgressRecord
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import Basis
from lihsite.translating.access import translations, visible_states

ORDER = (State.UP_TO_DATE, State.OUTDATED, State.IN_PROGRESS, State.MISSING)
"""Of the parts of a bar, from what is done to what is not begun."""


@dataclass(frozen=True)
class Part:
    """The objects of a bar that are in one state."""

    state: State
    count: int
    url: str
    start: float
    """Where the part begins in the bar, in percent of it, as its `share` is."""
    share: float
    """Of the words: those up to date, or those to do."""


@dataclass
class Bar:
    """The progress of a language, in a section or in all that the reader sees."""

    language: str
    query: dict = field(default_factory=dict)
    counts: Counter[State] = field(default_factory=Counter)
    to_do: Counter[State] = field(default_factory=Counter)
    """The words to do in the objects of each state."""
    words: int = 0

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def url(self) -> str:
        return desk_url(language=self.language, **self.query)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def words_to_do(self) -> int:
        return self.to_do.total()

    @property
    def percent(self) -> int:
        return percent_done(self.words, self.words_to_do)

    @property
    def parts(self) -> list[Part]:
        parts, start = [], 0.0
        for state in ORDER:
            done = state == State.UP_TO_DATE
            words = self.words - self.words_to_do if done else self.to_do[state]
            share = 100 * words / self.words if self.words else 100.0 * done
            url = desk_url(language=self.language, state=state.value, **self.query)
            parts.append(Part(state, self.counts[state], url, start, share))
            start += share
        return parts

    @property
    def parts_to_do(self) -> list[Part]:
        """Those that something is to do in, to be named and linked."""
        return [part for part in self.parts if part.count and part.state != State.UP_TO_DATE]

    def add(self, state, count, words, words_to_do):
        self.counts[State(state)] += count
        self.to_do[State(state)] += words_to_do
        self.words += words


def percent_done(words: int, words_to_do: int) -> int:
    """The part of the words that is up to date, rounded down: 100 is nothing left to do."""
    return 100 * (words - words_to_do) // words if words else 100


def desk_url(**query) -> str:
    url = reverse("translating:desk")
    return f"{url}?{urlencode(query, doseq=True)}" if query else url


def sums(basis: Basis = Basis.DRAFT) -> dict:
    return {
        "count": Count("pk"),
        "all_words": Sum(basis.column("words")),
        "all_to_do": Sum(basis.column("words_to_do")),
    }


def progress_by_language(user, basis: Basis = Basis.DRAFT) -> list[Bar]:
    """A bar for each language, of all that the user may open, compared with the draft's source.

    Or with the source that visitors get, as far as they do.
    """
    query = {} if basis == Basis.DRAFT else {"compare": basis.value}
    bars = {language: Bar(language, query) for language in language_codes()}
    states = visible_states(user).filter(**{f"{basis.column('segments')}__gt": 0}).order_by()
    grouped = ("language", basis.column("state"))
    rows = states.values(*grouped).annotate(**sums(basis))
    for language, state, *found in rows.values_list(*grouped, *sums()):
        bars[language].add(state, *found)
    return [bar for bar in bars.values() if bar.total]


@dataclass
class Section:
    """A section of the site, or a type of objects that stand in none, and its bars."""

    name: str
    bars: dict[str, Bar] = field(default_factory=dict)


def progress_by_section(user) -> list[Section]:
    """The sections in the order of the tree, then the home page, people, pictures and the like."""
    grouped = ("section", "content_type", "language", "state")
    rows = visible_states(user).order_by().values(*grouped).annotate(**sums())
    sections, kinds = {}, {}
    for section, kind, language, state, *found in rows.values_list(*grouped, *sums()):
        group, key, query = (
            (sections, section, {"section": section})
            if section
            else (kinds, kind, {"content_type": kind})
        )
        bars = group.setdefault(key, {})
        bars.setdefault(language, Bar(language, query)).add(state, *found)
    pages = BasePage.objects.filter(pk__in=sections).order_by("path")
    types = ContentType.objects.in_bulk(kinds)
    named = sorted((capfirst(get_content_type_label(types[kind])), kind) for kind in kinds)
    return [
        *(Section(page.get_admin_display_title(), sections[page.pk]) for page in pages),
        *(Section(name, kinds[kind]) for name, kind in named),
    ]


def record_today() -> None:
    """Keep today's sums of the whole site, if nobody has today."""
    today = timezone.localdate()
    if ProgressRecord.objects.filter(day=today).exists():
        return
    ProgressRecord.objects.bulk_create(present_records(today), ignore_conflicts=True)


def present_records(today: date) -> list[ProgressRecord]:
    """What a record of the whole site would hold now, for each language; not stored."""
    rows = translations().order_by().values_list("language")
    sums = rows.annotate(Sum("words"), Sum("words_to_do"))
    return [
        ProgressRecord(day=today, language=language, words=words, words_to_do=to_do)
        for language, words, to_do in sums
    ]
