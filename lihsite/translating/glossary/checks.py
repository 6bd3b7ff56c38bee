"""Which terms of the glossary a page's translations lack."""

from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lihsite.multilingual.glossary import Glossary, GlossaryTerm
from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.registration import source_language_of, translated_fields
from lihsite.multilingual.segments import instance_values, walk_segments
from lihsite.translating.markup import code

SHOWN = 5


@dataclass(frozen=True)
class LackingTerm:
    """A term that is in a segment of the source, and not in the translation."""

    segment: str
    label: str
    term: GlossaryTerm


def lacking_terms(page, language: str) -> list[LackingTerm]:
    """What the translation lacks, segment by segment; what is not translated yet is left out."""
    source_language = source_language_of(page)
    if language == source_language:
        return []
    glossary = Glossary(source_language, language)
    if not glossary.terms:
        return []
    values = instance_values(page, {source_language, language})
    translations = {
        segment.name: segment for segment in walk_segments(type(page), values, language)
    }
    return [
        LackingTerm(segment.name, segment.label, term)
        for segment in walk_segments(type(page), values, source_language)
        if segment.name in translations
        for term in glossary.lacking(words_of(segment), words_of(translations[segment.name]))
    ]


def words_of(segment) -> str:
    return code(segment.text, is_rich=segment.is_rich).plain


def warn_of_lacking_terms(request, page) -> None:
    """After a save by hand, say which terms the languages that were in the form lack.

    An autosave shows no messages: each would wait with the others for the next page.
    """
    if not request.accepts("text/html"):
        return
    for language in language_codes():
        columns = [column(name, language) for name in translated_fields(type(page))]
        if not any(name in request.POST or f"{name}-count" in request.POST for name in columns):
            continue
        lacking = lacking_terms(page, language)
        if lacking:
            messages.warning(request, warning(lacking, language))


def warning(lacking: list[LackingTerm], language: str) -> str:
    said = dict.fromkeys(
        _("“%(term)s” is “%(translation)s” (%(place)s)")
        % {"term": one.term.term, "translation": one.term.translation, "place": one.label}
        for one in lacking
    )
    listed = "; ".join(list(said)[:SHOWN])
    more = len(said) - SHOWN
    if more > 0:
        listed += " " + ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
    return _("The glossary is not followed in %(language)s: %(terms)s.") % {
        "language": language_name(language),
        "terms": listed,
    }
