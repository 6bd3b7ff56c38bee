"""Asks the index: hits of a query in a language, and suggestions while it is typed."""

import datetime
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from lihsite.multilingual.languages import language_codes
from lihsite.prepared import prepared, prepared_rows

from .analysis import tokens
from .engines import engine_of
from .excerpts import Marker
from .models import SearchEntry, SearchText
from .scoring import Condition, Group, Word, filter_term, groups, hits, read_query
from .sources import source_of
from .spelling import nearest_word

PER_PAGE = 10
SUGGESTIONS = 8
MOST_KEYS = 500
LONGEST_TEXT = 200
"""The characters of a query that count."""
SHORTEST_SUGGESTED = 2
MOST_YEARS = 100
"""So far back results can be filtered by year."""
HIDDEN = "SELECT id FROM search_entry WHERE hidden_until > %s"
"""What may not be found at a moment yet; every statement here leaves it out."""


@dataclass(frozen=True)
class Search:
    """What is asked for; `topic` is the id of a page, `kind` the name of a source."""

    text: str
    language: str
    kind: str = ""
    topic: int | None = None
    year: int | None = None
    coming: bool = False
    by_date: bool = False
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """A result as the list shows it; `lang` is its language where that is not the query's own.

    `found` is the content type and the id of the object.
    """

    found: tuple[int, int]
    lang: str
    kind: str
    label: str
    title: SafeString
    excerpt: SafeString
    url: str
    date: datetime.date | None = None


@dataclass(frozen=True)
class Results:
    """A page of hits; `corrected` is the query that was answered instead of one without hits."""

    search: Search
    hits: list[Hit]
    total: int
    corrected: str = ""


def find(search: Search) -> Results:
    """The hits of a query in its language. Where it has none, those of what it may have meant.

    Without a word in it a query has no hits; a page past the last has none either.
    """
    words = words_of(search)
    if not words:
        return Results(search, [], 0)
    results = _results(search, words)
    if results.total:
        return results
    meant = corrected_text(search)
    if not meant:
        return results
    instead = replace(search, text=meant)
    corrected = _results(instead, words_of(instead))
    # Words that occur, and nowhere together: nobody is to be led from nothing to nothing.
    return replace(corrected, search=search, corrected=meant) if corrected.total else results


def find_elsewhere(search: Search, languages) -> list[Hit]:
    """The best hits of a query in other languages, of what is not live in the query's own.

    What several of them find is in the first.
    """
    hits = {}
    for language in languages:
        there = replace(search, language=language)
        words = words_of(there)
        if words:
            ids = Asked(there, not_in=search.language).in_order(words, PER_PAGE)
            for hit in _hits(ids, words, language, search.language):
                hits.setdefault(hit.found, hit)
    return list(hits.values())


def found_keys(text: str, language: str, models, among: QuerySet) -> list[int]:
    """The ids of the objects that a query finds in a language, the best first.

    They are of some models, and among those of the query set.
    """
    words = read_query(text[:LONGEST_TEXT], language)
    if not words:
        return []
    asked = Asked(Search(text, language))
    try:
        asked.narrow_to(models, among)
    except EmptyResultSet:
        return []
    ids = asked.first_of_all(groups(words), MOST_KEYS)
    entries = SearchEntry.objects.in_bulk(ids)
    return [entries[pk].object_id for pk in ids if pk in entries]


def years(language: str) -> list[int]:
    """The years that something to be found is of, the last first.

    Each is asked for by itself: the index answers that at once, where a list of all days would
    have to be read.
    """
    dated = SearchEntry.objects.visible().filter(language=language, date__isnull=False)
    first = dated.order_by("date").values_list("date", flat=True).first()
    if first is None:
        return []
    last = dated.order_by("-date").values_list("date", flat=True).first()
    possible = range(last.year, max(first.year, last.year - MOST_YEARS) - 1, -1)
    using = router.db_for_read(SearchEntry)
    stored = connections[using].ops.adapt_datefield_value
    parameters = [
        value
        for year in possible
        for value in (
            year,
            stored(datetime.date(year, 1, 1)),
            stored(datetime.date(year, 12, 31)),
        )
    ]
    rows = ", ".join(["(%s, %s, %s)"] * len(possible))
    statement = (
        f"SELECT column1 FROM (VALUES {rows}) AS possible "  # noqa: S608 - our own names
        # In the order of days, so that PostgreSQL takes their index instead of reading all rows;
        # as a value, so that it does not join the years with all of them.
        "WHERE (SELECT id FROM search_entry WHERE language = %s AND date BETWEEN column2 AND "
        f"column3 AND id NOT IN ({HIDDEN}) ORDER BY date LIMIT 1) IS NOT NULL"
    )
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [*parameters, language, _stored(timezone.now())])
        return sorted((row[0] for row in cursor.fetchall()), reverse=True)


def words_of(search: Search) -> list[Word]:
    return read_query(search.text[:LONGEST_TEXT], search.language)


def corrected_text(search: Search) -> str:
    """The query with the words that occur nowhere replaced by the nearest; "" if there is none.

    All else of it stays as it was written; words that nothing is near to are left out.
    """
    text = search.text[:LONGEST_TEXT]
    asked = {word.text: word for word in words_of(search)}
    pieces, position, changed = [], 0, False
    for token in tokens(text, search.language):
        word = asked.get(token.word)
        if word is None or _occurs(word):
            continue
        nearest = nearest_word(word.text, search.language, is_known=_is_known)
        is_near = bool(nearest) and nearest != word.text
        written = text[token.start : token.end]
        pieces += [text[position : token.start], _written_like(written, nearest) if is_near else ""]
        position = token.end
        changed = changed or is_near
    return " ".join("".join([*pieces, text[position:]]).split()) if changed else ""


def _written_like(written: str, word: str) -> str:
    """The word of the vocabulary, which knows small letters alone, with the capitals as written."""
    if len(written) > 1 and written.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if written[:1].isupper() else word


def _results(search: Search, words: list[Word]) -> Results:
    """The page of hits that is asked for, and how many there are in all.

    They are counted first: one query says that there are none, and no group is asked for more
    once all are found.
    """
    asked = Asked(search)
    total = asked.count(hits(words))
    start = (search.page - 1) * PER_PAGE
    page = asked.in_order(words, min(start + PER_PAGE, total))[start:] if start < total else []
    return Results(search, _hits(page, words, search.language, search.language), total)


class Asked:
    """Finds the entries of groups that meet all that is asked for besides the words."""

    def __init__(self, search: Search, not_in: str | None = None):
        self.using = router.db_for_read(SearchEntry)
        self.engine = engine_of(self.using)
        self.by_date = search.by_date
        self.filters = tuple(_filter_terms(search))
        now = _stored(timezone.now())
        self.hidden = [now]
        self.conditions, self.parameters = [], []
        if search.coming:
            self.conditions.append("id IN (SELECT id FROM search_entry WHERE ends_at > %s)")
            self.parameters.append(now)
        if not_in:
            self.conditions.append(
                "NOT EXISTS (SELECT 1 FROM search_entry e JOIN search_entry own "
                "ON own.content_type_id = e.content_type_id AND own.object_id = e.object_id "
                "WHERE e.id = hit.id AND own.language = %s)"
            )
            self.parameters.append(not_in)

    def narrow_to(self, models, among: QuerySet) -> None:
        """Find objects of these models alone that are among those of the query set.

        Raises EmptyResultSet where none can be.
        """
        types = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
        objects = among.order_by().values("pk").query.get_compiler(self.using)
        statement, parameters = objects.as_sql()
        marks = ", ".join(["%s"] * len(types))
        self.conditions.append(
            "id IN (SELECT id FROM search_entry "  # noqa: S608 - our own names
            f"WHERE content_type_id IN ({marks}) AND object_id IN ({statement}))"
        )
        self.parameters += [*types, *parameters]

    def in_order(self, words: list[Word], most: int) -> list[int]:
        """The ids of the first hits, in the order that is asked for."""
        if self.by_date:
            return self.first(hits(words), most)
        return self.first_of_all(groups(words), most)

    def first(self, group: Group, most: int) -> list[int]:
        """The ids of the first entries of a group, in their order."""
        found, parameters = self.engine.found(group, self.filters)
        conditions = " AND ".join([f"id NOT IN ({HIDDEN})", *self.conditions])
        statement = (
            f"SELECT id FROM ({found}) AS hit WHERE {conditions} "  # noqa: S608 - our own names
            f"ORDER BY {self.engine.ORDER} LIMIT %s"
        )
        parameters = [*parameters, *self.hidden, *self.parameters, most]
        return [row[0] for row in self.rows(statement, parameters)]

    def first_of_all(self, groups: list[Group], most: int) -> list[int]:
        """The same of several groups, each entry in the first that it belongs to."""
        found = {}
        for group in groups:
            if len(found) >= most:
                break
            # As many as may have been found before come again.
            found.update(dict.fromkeys(self.first(group, most)))
        return list(found)[:most]

    def count(self, group: Group) -> int:
        """How many entries are in a group.

        All are counted, less the few that are hidden: an engine counts without looking at any row.
        """
        found, parameters = self.engine.found(group, self.filters)
        counting = f"SELECT count(*) FROM ({found}) AS hit WHERE"  # noqa: S608 - our own names
        every, hidden = (
            " AND ".join([condition, *self.conditions])
            for condition in ("TRUE", f"id IN ({HIDDEN})")
        )
        parameters = [*parameters, *self.parameters, *parameters, *self.hidden, *self.parameters]
        return self.rows(f"SELECT ({counting} {every}) - ({counting} {hidden})", parameters)[0][0]

    def rows(self, statement: str, parameters: list) -> list[tuple]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()


def _filter_terms(search: Search):
    for name, value in (("kind", search.kind), ("topic", search.topic), ("year", search.year)):
        if value not in ("", None):
            yield filter_term(name, value)


def _stored(moment: datetime.datetime):
    """The moment as the database compares it."""
    connection = connections[router.db_for_read(SearchEntry)]
    return connection.ops.adapt_datetimefield_value(moment)


def _occurs(word: Word) -> bool:
    """Whether anything that may be found has the word."""
    return bool(Asked(Search(word.text, "")).first(hits([word]), 1))


def _is_known(word: str, language: str) -> bool:
    return all(_occurs(one) for one in read_query(word, language))


def _hits(
    ids: list[int], words, language: str, address_language: str, *, with_excerpts: bool = True
) -> list[Hit]:
    """The hits of entries in their order; those whose object has gone meanwhile are left out."""
    entries = {entry.pk: entry for entry in _entries(keys=ids)}
    found = [entries[pk] for pk in ids if pk in entries]
    objects = _objects(found)
    texts = dict(_texts(keys=ids)) if with_excerpts else {}
    marker = Marker(words, language)
    hits = []
    for entry in found:
        key = entry.content_type_id, entry.object_id
        source, obj = objects.get(key, (None, None))
        url = source and source.address_of_hit(obj, language, address_language)
        if url:
            hits.append(
                Hit(
                    found=key,
                    lang="" if language == address_language else language,
                    kind=entry.kind,
                    label=source.label,
                    title=marker.mark(entry.title),
                    excerpt=marker.excerpt(texts[entry.pk]) if entry.pk in texts else SafeString(),
                    url=url,
                    date=entry.date,
                )
            )
    return hits


@prepared
def _entries(keys: list[int]) -> QuerySet:
    return SearchEntry.objects.filter(pk__in=keys)


@prepared_rows
def _texts(keys: list[int]) -> QuerySet:
    """Without the terms, which are as long as the text."""
    return SearchText.objects.filter(entry__id__in=keys).values_list("pk", "body")


def _objects(entries: list[SearchEntry]) -> dict:
    """The source and the object of each entry, by content type and id.

    One query for all pages, and one for each source of other things.
    """
    wanted = {}
    for entry in entries:
        source = source_of(ContentType.objects.get_for_id(entry.content_type_id).model_class())
        if source:
            wanted.setdefault(source.shown, []).append((source, entry))
    objects = {}
    for shown, some in wanted.items():
        found = shown([entry.object_id for _source, entry in some])
        for source, entry in some:
            if entry.object_id in found:
                obj = found[entry.object_id]
                objects[entry.content_type_id, entry.object_id] = source, obj
    return objects


def suggest(text: str, language: str) -> list[Hit]:
    """What a query may be meant to find: titles with its words, the last one being typed."""
    text = text[:LONGEST_TEXT]
    words = read_query(text, language, typing=True)
    if not words or len(words[-1].text) < SHORTEST_SUGGESTED:
        return []
    group = (Condition("title", tuple(words)),)
    ids = Asked(Search(text, language)).first(group, SUGGESTIONS)
    return _hits(ids, words, language, language, with_excerpts=False)


def check_search() -> None:
    """Asks the index for a word; raises what the database raises where it cannot be asked."""
    for word in read_query("health", language_codes()[0]):
        _occurs(word)
