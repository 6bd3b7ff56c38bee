"""Query sets in which a plain field name means the source language, whatever language is active."""

from modeltranslation.manager import MultilingualQuerySet


class SourceLanguageQuerySet(MultilingualQuerySet):
    """modeltranslation's query set without its rewriting of names to the active language."""

    def _post_init(self):
        super()._post_init()
        self._rewrite = False
