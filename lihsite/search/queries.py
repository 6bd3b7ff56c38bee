"""Asks the index: hits of a query in a language, and suggestions while it is typed."""

import datetime
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router
from django.utils import timezone
from django.utils.safestring import SafeString

from lihsite.multilingual.languages import language_codes

from .engines import engine_of
from .excerpts import excerpt, marked
from .models import SearchEntry, SearchText
from .scoring import Word, hits_statement, read_query
from .sources import source_of
from .spelling import nearest_word

PER_PAGE = 10
SUGGESTIONS = 8
MOST_KEYS = 500
LONGEST_TEXT = 200
"""The characters of a query that count."""
SHORTEST_SUGGESTED = 2
VISIBLE = "(e.hidden_until IS NULL OR e.hidden_until <= %s)"
"""The condition of what may be found at a moment; every statement here has it."""


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
    """A result as the list shows it; `lang` is its language where that is not the query's own."""

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
    if meant:
        instead = replace(search, text=meant)
        return replace(_results(instead, words_of(instead)), search=search, corrected=meant)
    return results


def find_elsewhere(search: Search, languages) -> list[Hit]:
    """The best hits of a query in other languages, of what is not live in the query's own."""
    hits = []
    for language in languages:
        there = replace(search, language=language, page=1)
        words = words_of(there)
        if words:
            rows, _total = _rows(there, words, not_in=search.language)
            hits += _hits(rows, words, language, search.language)
    return hits


def found_keys(text: str, language: str, models, most: int = MOST_KEYS) -> list[int]:
    """The ids of the objects of some models that a query finds in a language, the best first."""
    words = read_query(text[:LONGEST_TEXT], language)
    if not words:
        return []
    using = router.db_for_read(SearchEntry)
    found, score, found_by, scored_by = hits_statement(engine_of(using), words)
    types = [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]
    statement = (
        f"SELECT e.object_id, {score} AS score FROM search_entry e "  # noqa: S608 - own names
        f"WHERE e.language = %s AND e.content_type_id IN ({', '.join(['%s'] * len(types))}) "
        f"AND {VISIBLE} AND {found} "
        "ORDER BY score DESC, e.date DESC NULLS LAST, e.kind, e.object_id DESC LIMIT %s"
    )
    with connections[using].cursor() as cursor:
        now = _stored(timezone.now())
        cursor.execute(statement, [*scored_by, language, *types, now, *found_by, most])
        return [row[0] for row in cursor.fetchall()]


def words_of(search: Search) -> list[Word]:
    return read_query(search.text[:LONGEST_TEXT], search.language)


def corrected_text(search: Search) -> str:
    """The query with the words that occur nowhere replaced by the nearest; "" if there is none."""
    words, changed = [], False
    for word in words_of(search):
        if _occurs(word):
            words.append(word.text)
            continue
        nearest = nearest_word(word.text, search.language, is_known=_is_known)
        if nearest and nearest != word.text:
            words.append(nearest)
            changed = True
    return " ".join(words) if changed else ""


def _results(search: Search, words: list[Word]) -> Results:
    rows, total = _rows(search, words)
    return Results(search, _hits(rows, words, search.language, search.language), total)


def _rows(search, words, *, not_in: str | None = None) -> tuple[list[int], int]:
    """The ids of the entries on the page that is asked for, and how many there are in all."""
    using = router.db_for_read(SearchEntry)
    found, score, found_by, scored_by = hits_statement(engine_of(using), words)
    conditions, parameters = ["e.language = %s", found], [search.language, *found_by]
    for condition, values in _filters(search, not_in):
        conditions.append(condition)
        parameters += values
    order = "e.date DESC NULLS LAST" if search.by_date else "score DESC, e.date DESC NULLS LAST"
    statement = (
        f"SELECT e.id, {score} AS score, count(*) OVER () FROM search_entry e "  # noqa: S608
        f"WHERE {' AND '.join(conditions)} "
        f"ORDER BY {order}, e.kind, e.object_id DESC LIMIT {PER_PAGE} OFFSET %s"
    )
    with connections[using].cursor() as cursor:
        cursor.execute(statement, [*scored_by, *parameters, (search.page - 1) * PER_PAGE])
        rows = cursor.fetchall()
    return [row[0] for row in rows], rows[0][2] if rows else 0


def _filters(search: Search, not_in: str | None):
    yield VISIBLE, [_stored(timezone.now())]
    if search.kind:
        yield "e.kind = %s", [search.kind]
    if search.topic is not None:
        yield (
            "e.id IN (SELECT searchentry_id FROM search_topic WHERE basepage_id = %s)",
            [search.topic],
        )
    if search.year is not None:
        yield (
            "e.date >= %s AND e.date <= %s",
            [f"{search.year:04}-01-01", f"{search.year:04}-12-31"],
        )
    if search.coming:
        yield "e.ends_at > %s", [_stored(timezone.now())]
    if not_in:
        yield (
            "NOT EXISTS (SELECT 1 FROM search_entry own WHERE own.language = %s "
            "AND own.content_type_id = e.content_type_id AND own.object_id = e.object_id)",
            [not_in],
        )


def _stored(moment: datetime.datetime):
    """The moment as the database compares it."""
    connection = connections[router.db_for_read(SearchEntry)]
    return connection.ops.adapt_datetimefield_value(moment)


def _occurs(word: Word) -> bool:
    """Whether anything that may be found has the word."""
    using = router.db_for_read(SearchEntry)
    statement, parameters = engine_of(using).matching("everything", word.terms, word.beginnings)
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"WITH found(id) AS ({statement}) "  # noqa: S608 - names of our own
            f"SELECT 1 FROM found JOIN search_entry e ON e.id = found.id WHERE {VISIBLE} LIMIT 1",
            [*parameters, _stored(timezone.now())],
        )
        return cursor.fetchone() is not None


def _is_known(word: str, language: str) -> bool:
    return all(_occurs(one) for one in read_query(word, language))


def _hits(ids: list[int], words, language: str, address_language: str) -> list[Hit]:
    """The hits of entries in their order; those whose object has gone meanwhile are left out."""
    texts = SearchText.objects.select_related("entry").in_bulk(ids)
    found = [texts[pk] for pk in ids if pk in texts]
    objects = _objects([text.entry for text in found])
    hits = []
    for text in found:
        entry = text.entry
        source, obj = objects.get((entry.content_type_id, entry.object_id), (None, None))
        url = source and source.address(obj, address_language)
        if url:
            hits.append(
                Hit(
                    lang="" if language == address_language else language,
                    kind=entry.kind,
                    label=source.label,
                    title=marked(entry.title, words, language),
                    excerpt=excerpt(text.body, words, language),
                    url=url,
                    date=entry.date,
                )
            )
    return hits


def _objects(entries: list[SearchEntry]) -> dict:
    """The source and the object of each entry, by content type and id; one query a source."""
    by_type = {}
    for entry in entries:
        by_type.setdefault(entry.content_type_id, []).append(entry.object_id)
    objects = {}
    for type_id, keys in by_type.items():
        source = source_of(ContentType.objects.get_for_id(type_id).model_class())
        if source:
            for pk, obj in source.shown(keys).items():
                objects[type_id, pk] = source, obj
    return objects


def suggest(text: str, language: str) -> list[Hit]:
    """What a query may be meant to find: titles with its words, the last one being typed."""
    text = text[:LONGEST_TEXT]
    words = read_query(text, language, typing=True)
    if not words or len(words[-1].text) < SHORTEST_SUGGESTED:
        return []
    using = router.db_for_read(SearchEntry)
    engine = engine_of(using)
    conditions, parameters = [], []
    for word in words:
        statement, values = engine.matching("title", word.terms, word.beginnings)
        conditions.append(f"e.id IN ({statement})")
        parameters += values
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM search_entry e "  # noqa: S608 - names of our own
            f"WHERE e.language = %s AND {VISIBLE} AND {' AND '.join(conditions)} "
            f"ORDER BY e.date DESC NULLS LAST, e.kind, e.object_id DESC LIMIT {SUGGESTIONS}",
            [language, _stored(timezone.now()), *parameters],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return _hits(ids, words, language, language)


def check_search() -> None:
    """Asks the index for a word; raises what the database raises where it cannot be asked."""
    for word in read_query("health", language_codes()[0]):
        _occurs(word)
