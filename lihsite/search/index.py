"""Writes the index: the entries of an object in all its languages, at once or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, islice

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction

from lihsite.pages.findable import Findable

from .analysis import LONGEST_WORD, analyse, tokens
from .engines import engine_of
from .ids import entry_id
from .models import SearchEntry, SearchText, SearchWord
from .scoring import OFTEN, filter_term, index_term
from .sources import Source, sources

BATCH = 100
SHORTEST_WORD = 3
"""Shorter ones are no suggestions for what was mistyped."""


def prepare_engine(using: str) -> None:
    """Make the database's full-text index over the entries, if it is not there."""
    connection = connections[using]
    if SearchText._meta.db_table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in engine_of(using).PREPARATION:
                cursor.execute(statement)


def index_object(source: Source, obj) -> None:
    """Bring the entries of an object up to what visitors get of it now."""
    _index(source, [obj])


def remove_object(model, pk) -> None:
    """Take an object out of the index, in all languages."""
    _entries(model, [pk]).delete()


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Index everything anew, a batch at a time, so that search answers all the while.

    `progress` hears how many of how many objects are done. Returns the number of objects.
    """
    total = sum(source.model._default_manager.count() for source in sources())
    done = 0
    for source in sources():
        seen = set()
        objects = source.model._default_manager.order_by("pk").iterator(chunk_size=BATCH)
        while batch := list(islice(objects, BATCH)):
            _index(source, batch)
            seen.update(obj.pk for obj in batch)
            done += len(batch)
            if progress:
                progress(done, total)
        kept = _entries(source.model).values_list("object_id", flat=True)
        _entries(source.model, set(kept) - seen).delete()
    _remove_words_that_are_gone()
    return done


def _index(source: Source, objects: list) -> None:
    model = source.model
    content_type = ContentType.objects.get_for_model(model)
    found = [(obj.pk, findable) for obj in objects for findable in source.findables(obj)]
    with transaction.atomic(using=router.db_for_write(SearchEntry)):
        _entries(model, [obj.pk for obj in objects]).delete()
        entries = SearchEntry.objects.bulk_create(
            SearchEntry(
                pk=entry_id(source.kind, pk, findable.language, findable.date),
                language=findable.language,
                content_type=content_type,
                object_id=pk,
                kind=source.kind,
                title=findable.title,
                summary=findable.summary,
                date=findable.date,
                ends_at=findable.ends_at,
                hidden_until=findable.hidden_until,
            )
            for pk, findable in found
        )
        pairs = [(entry, findable) for entry, (_pk, findable) in zip(entries, found, strict=True)]
        SearchText.objects.bulk_create(_text_of(entry, findable) for entry, findable in pairs)
        through = SearchEntry.topics.through
        through.objects.bulk_create(
            through(searchentry_id=entry.pk, basepage_id=topic)
            for entry, findable in pairs
            for topic in dict.fromkeys(findable.topics)
        )
        SearchWord.objects.bulk_create(_words_of(pairs), ignore_conflicts=True)


def _entries(model, keys: Iterable[int] | None = None):
    entries = SearchEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    return entries if keys is None else entries.filter(object_id__in=keys)


def _text_of(entry: SearchEntry, findable: Findable) -> SearchText:
    language = findable.language
    title = analyse(findable.title, language)
    lead = analyse("\n".join([findable.summary, *findable.headings]), language)
    body = analyse("\n".join([findable.body, *findable.names]), language)
    counts = Counter([*title, *lead, *body])
    often = [term for term, count in counts.items() if count >= OFTEN]

    filters = [filter_term("kind", entry.kind)]
    filters += [filter_term("topic", topic) for topic in dict.fromkeys(findable.topics)]
    if findable.date:
        filters.append(filter_term("year", findable.date.year))

    def stored(*lists):
        return " ".join(index_term(term, language) for term in dict.fromkeys(chain(*lists)))

    return SearchText(
        entry=entry,
        body="\n".join(filter(None, [findable.summary, findable.body])),
        title=stored(title),
        lead=stored(title, lead),
        often=stored(title, lead, often),
        everything=" ".join([stored(counts), *filters]),
    )


def _words_of(pairs) -> list[SearchWord]:
    words = set()
    for _entry, findable in pairs:
        for text in (findable.title, findable.summary, findable.body, *findable.names):
            words.update(
                (findable.language, token.word)
                for token in tokens(text, findable.language)
                if SHORTEST_WORD <= len(token.word) < LONGEST_WORD and token.word.isalpha()
            )
    return [SearchWord(language=language, word=word) for language, word in sorted(words)]


def _remove_words_that_are_gone() -> None:
    """Forget the words that no entry has any more; those of new entries are there already."""
    there = {}
    texts = SearchText.objects.values_list("entry__language", "everything").iterator(1000)
    for language, everything in texts:
        there.setdefault(language, set()).update(everything.split())
    gone = [
        word.pk
        for word in SearchWord.objects.iterator(1000)
        if not any(
            index_term(term, word.language) in there.get(word.language, ())
            for term in analyse(word.word, word.language)
        )
    ]
    for start in range(0, len(gone), 500):
        SearchWord.objects.filter(pk__in=gone[start : start + 500]).delete()
