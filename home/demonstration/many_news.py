"""Makes a large site for measuring: copies of the demonstration's news, written in bulk.

The copies have no revisions and are in no search index; visitors and lists see no difference.
"""

import copy
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle

from django.db import connection, transaction

from lihsite.models import BasePage, TranslationState
from lihsite.multilingual.languages import column, language_codes
from news.models import NewsAuthor, NewsIndexPage, NewsPage, NewsTopic

ORIGINALS = 16
BATCH = 1000
DAYS_BACK = 3650
"""The copies are dated over so many days before the oldest news."""


def count_pages() -> int:
    """The pages of the site, the root of the tree left out."""
    return BasePage.objects.filter(depth__gt=1).count()


@transaction.atomic
def add_news(count: int, progress: Callable[[int, int], None]) -> None:
    """Add `count` copies of the news; `progress` hears how many of them are there."""
    index = NewsIndexPage.objects.get()
    originals = list(NewsPage.objects.child_of(index).order_by("path")[:ORIGINALS])
    pages = BasePage.objects.in_bulk([original.pk for original in originals])
    oldest = min(original.date for original in originals)
    step = BasePage._str2int(index.get_last_child().path[-BasePage.steplen :])
    source = cycle(originals)
    for start in range(0, count, BATCH):
        batch = []
        for number in range(start, min(start + BATCH, count)):
            original = next(source)
            step += 1
            row = _copy_of(pages[original.pk], index, step)
            batch.append((original.pk, row, oldest - timedelta(days=number * DAYS_BACK // count)))
        BasePage.objects.bulk_create([row for _original, row, _date in batch])
        _insert_news(batch)
        _copy_rows(batch)
        progress(start + len(batch), count)
    BasePage.objects.filter(pk=index.pk).update(numchild=index.numchild + count)


def _copy_of(page: BasePage, index: NewsIndexPage, step: int) -> BasePage:
    """An unsaved row like the page's, at a place and with addresses of its own."""
    row = copy.copy(page)
    row.pk = None
    row.path = BasePage._get_path(index.path, index.depth + 1, step)
    row.translation_key = uuid.uuid4()
    row.latest_revision = row.live_revision = None
    for language in language_codes():
        title, slug = column("title", language), column("slug", language)
        if getattr(page, title):
            setattr(row, title, f"{getattr(page, title)} ({step})")
            setattr(row, column("draft_title", language), getattr(row, title))
        setattr(row, slug, f"{getattr(page, slug)}-{step}")
        parent_path = getattr(index, column("url_path", language))
        setattr(row, column("url_path", language), f"{parent_path}{getattr(row, slug)}/")
    return row


def _insert_news(batch) -> None:
    """Insert the news' own rows: Django has no bulk insert for models with a parent table."""
    quote = connection.ops.quote_name
    table = quote(NewsPage._meta.db_table)
    names = [field.column for field in NewsPage._meta.local_concrete_fields]
    copied = ", ".join(
        quote(name) for name in names if name not in (NewsPage._meta.pk.column, "date")
    )
    key, day = quote(NewsPage._meta.pk.column), quote("date")
    statement = (
        f"INSERT INTO {table} ({key}, {day}, {copied}) "  # noqa: S608 - names, not values
        f"SELECT %s, %s, {copied} FROM {table} WHERE {key} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                (row.pk, connection.ops.adapt_datefield_value(date), original)
                for original, row, date in batch
            ],
        )


def _copy_rows(batch) -> None:
    """Copy what points to the originals: their authors, topics and states of translation."""
    for model in (NewsAuthor, NewsTopic, TranslationState):
        rows = {}
        for found in model.objects.filter(page__in={original for original, _row, _date in batch}):
            rows.setdefault(found.page_id, []).append(found)
        copies = []
        for original, page, _date in batch:
            for found in rows.get(original, ()):
                row = copy.copy(found)
                row.pk, row.page_id = None, page.pk
                if isinstance(row, TranslationState):
                    row.object_id, row.title = page.pk, page.title
                copies.append(row)
        model.objects.bulk_create(copies, batch_size=BATCH)
