"""The scoring rule told a second time, plainly, over the terms of all entries in memory.

Each database's answers are compared with this one's, and so with each other's.
"""

import datetime

from django.utils import timezone

from lihsite.search.models import SearchText
from lihsite.search.scoring import WEIGHTS, read_query


class Reference:
    def __init__(self):
        self.texts = list(SearchText.objects.select_related("entry"))
        self.columns = {
            text.pk: {column: set(getattr(text, column).split()) for column in WEIGHTS}
            for text in self.texts
        }

    def order_of(self, query: str, language: str) -> list[int]:
        """The ids of all entries that are hits, in the order in which they are to stand."""
        words = read_query(query, language)
        hits = [
            (self._score(text, words), text.entry)
            for text in self.texts
            if text.entry.language == language
            and not self._is_hidden(text.entry)
            and all(self._has(text, "everything", word) for word in words)
        ]
        return [entry.pk for _score, entry in sorted(hits, key=self._place)]

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

    def _score(self, text, words):
        score = 0
        for word in words:
            for column, weight in WEIGHTS.items():
                if self._exactly(text, column, word):
                    score += weight
                if column != "everything" and self._beginning(text, column, word):
                    score += weight // 2
        return score

    @staticmethod
    def _is_hidden(entry):
        return entry.hidden_until is not None and entry.hidden_until > timezone.now()

    @staticmethod
    def _place(hit):
        score, entry = hit
        day = entry.date or datetime.date.min
        return -score, -day.toordinal(), entry.kind, -entry.object_id
