"""The rule of the order told a second time, plainly, over the terms of all entries in memory.

Each database's answers are compared with this one's, and so with each other's.
"""

import datetime
from zlib import crc32

from django.utils import timezone

from lihsite.search.models import SearchText
from lihsite.search.scoring import COLUMNS, read_query


class Reference:
    def __init__(self):
        self.texts = list(SearchText.objects.select_related("entry"))
        self.columns = {
            text.pk: {column: set(getattr(text, column).split()) for column in COLUMNS}
            for text in self.texts
        }

    def order_of(self, query: str, language: str) -> list[int]:
        """The ids of all entries that are hits, in the order in which they are to stand."""
        words = read_query(query, language)
        hits = [
            (self._group(text, words), text.entry)
            for text in self.texts
            if text.entry.language == language
            and not self._is_hidden(text.entry)
            and all(self._has(text, "everything", word) for word in words)
        ]
        return [entry.pk for _group, entry in sorted(hits, key=self._place)]

    def _has(self, text, column, word):
        return self._exactly(text, column, word) or self._beginning(text, column, word)

    def _exactly(self, text, column, word):
        return any(term in self.columns[text.pk][column] for term in word.terms)

    def _beginning(self, text, column, word):
        return any(
            term.startswith(beginning)
            for beginning in word.beginnings
            for term in self.columns[text.pk][column]
        )

    def _group(self, text, words) -> int:
        """The number of the first group that the text is in."""

        def all_in(column, has):
            return all(has(text, column, word) for word in words)

        def one_in_title(has):
            return any(has(text, "title", word) for word in words)

        spellings = (self._exactly, self._has)
        belongs = [
            *(all_in("title", has) for has in spellings),
            *(all_in("lead", has) for has in spellings),
            *(one_in_title(has) and all_in("everything", has) for has in spellings),
            *(all_in("often", has) for has in spellings),
            *(all_in("everything", has) for has in spellings),
        ]
        return belongs.index(True)

    @staticmethod
    def _is_hidden(entry):
        return entry.hidden_until is not None and entry.hidden_until > timezone.now()

    @staticmethod
    def _place(hit):
        group, entry = hit
        day = entry.date or datetime.date.min
        has_no_day = entry.date is None
        kind = crc32(entry.kind.encode()) % 1024
        return group, has_no_day, -day.toordinal(), -entry.object_id, kind
