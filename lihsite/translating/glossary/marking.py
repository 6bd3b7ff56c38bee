"""Marks the terms of the glossary in a text that is shown to be translated."""

import re
from html import unescape

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from lihsite.multilingual.glossary import Glossary, GlossaryTerm

TAG = re.compile(r"(</?(\w+)[^>]*>)")


def with_terms_marked(html: SafeString, glossary: Glossary) -> SafeString:
    """The HTML with each term in a `<mark>` that says its translation and note when pointed at.

    A term that is broken by a tag is not marked, nor one in a deleted text.
    """
    if not glossary.terms:
        return html
    marked, deleted = [], False
    # Between two pieces of text the pattern gives the tag and its name.
    pieces = [*TAG.split(html), "", ""]
    for text, tag, name in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=False):
        marked.append(text if deleted else _marked(unescape(text), glossary))
        marked.append(tag)
        if name == "del":
            deleted = not tag.startswith("</")
    return mark_safe("".join(marked))  # noqa: S308


def _marked(words: str, glossary: Glossary) -> str:
    parts, end = [], 0
    for start, stop, term in glossary.places_in(words):
        parts += [(escape(words[end:start]),), (_mark(words[start:stop], term),)]
        end = stop
    return format_html_join("", "{}", [*parts, (escape(words[end:]),)])


def _mark(words: str, term: GlossaryTerm) -> SafeString:
    return format_html(
        '<mark class="lih-term" data-controller="w-tooltip" data-w-tooltip-content-value="{}">{}'
        "</mark>",
        explanation(term),
        words,
    )


def explanation(term: GlossaryTerm) -> str:
    """What a translator is told of a term, in a line."""
    if term.do_not_translate:
        told = _("not translated")
    else:
        told = term.translation or _("without a translation in the glossary")
    return f"{told} – {term.note}" if term.note else told
