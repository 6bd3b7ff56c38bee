"""Writes the index: the entries of an object in all its languages, at once or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction

from lihsite.batches import batches
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
    if SearchText._meta.db_table in connections[using].introspection.table_names():
        _execute(using, engine_of(using).PREPARATION)


def _execute(using: str, statements: Iterable[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def index_object(source: Source, obj) -> None:
    """Bring the entries of an object up to what visitors get of it now."""
    _index(source, [obj])


def remove_object(model, pk) -> None:
    """Take an object out of the index, in all languages."""
    _entries(model, [pk]).delete()


def index_all(source: Source) -> None:
    """The same for all objects of a source."""
    for batch in _batches(source.model):
        _index(source, batch)


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Index everything anew, a batch at a time, so that search answers all the while.

    What changes meanwhile is as that change has indexed it. `progress` hears how many of how many
    objects are done. Returns the number of objects.
    """
    total = sum(source.model._default_manager.count() for source in sources())
    using = router.db_for_write(SearchEntry)
    growth = engine_of(using).AFTER_MANY_ROWS
    done, known = 0, 0
    for source in sources():
        for batch in _batches(source.model):
            _index(source, batch, may_have_changed=True)
            done += len(batch)
            if done >= 2 * known:
                _execute(using, growth)
                known = done
            if progress:
                progress(done, max(done, total))
        there = source.model._default_manager.values("pk")
        _entries(source.model).exclude(object_id__in=there).delete()
    _remove_words_that_are_gone()
    _execute(using, growth)
    return done


def _batches(model) -> Iterator[list]:
    """All objects, each batch as it is when it is taken."""
    last = 0
    objects = model._default_manager.order_by("pk")
    while batch := list(objects.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _index(source: Source, objects: list, *, may_have_changed: bool = False) -> None:
    """Replace the entries of objects.

    To read them may take long. Those that others may have changed since then are looked at again,
    and locked while their entries are written; one that has changed keeps the entries it has got.
    """
    model = source.model
    found = {obj.pk: list(source.findables(obj)) for obj in objects}
    with transaction.atomic(using=router.db_for_write(SearchEntry)):
        if may_have_changed:
            now = model._default_manager.select_for_update().in_bulk(found)
            read = {obj.pk: _stored(obj) for obj in objects}
            found = {pk: found[pk] for pk, obj in now.items() if _stored(obj) == read[pk]}
        _write(source, [(pk, one) for pk, findables in found.items() for one in findables], found)


def _stored(obj) -> list:
    fields = obj._meta.concrete_fields
    return [field.get_prep_value(field.value_from_object(obj)) for field in fields]


def _write(source: Source, found: list[tuple[int, Findable]], keys: Iterable[int]) -> None:
    _entries(source.model, keys).delete()
    content_type = ContentType.objects.get_for_model(source.model)
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
    words = list(SearchWord.objects.all())
    there = {}
    texts = SearchText.objects.values_list("entry__language", "everything").iterator(1000)
    for language, everything in texts:
        there.setdefault(language, set()).update(everything.split())
    gone = [
        word.pk
        for word in words
        if not any(
            index_term(term, word.language) in there.get(word.language, ())
            for term in analyse(word.word, word.language)
        )
    ]
    for some in batches(gone, 500):
        SearchWord.objects.filter(pk__in=some).delete()
