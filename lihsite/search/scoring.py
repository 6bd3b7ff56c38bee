"""The one rule by which hits are found and ordered, on every database.

A page is a hit if it has every word of the query. Hits stand in groups: those with every word in
the title; in the title or the lead (summary and headings); one word in the title and the others
anywhere; every word often in the text; every word anywhere. In each group those come first that
have the words themselves, then those with words that merely begin so. Within that, the newest
stands first.

No group needs to know of all hits: a database finds the first ten without looking at the others.
How frequent a word is on all pages counts for nothing, and databases would count it differently.
"""

from dataclasses import dataclass, replace

from .analysis import terms_of, tokens

COLUMNS = ("title", "lead", "often", "everything")
"""Of the index; each holds the terms of those before it as well."""

OFTEN = 3
"""So many times a word stands in a text to stand there often."""

COMPOUNDING = frozenset({"de", "lb"})
"""Languages that write compounds as one word: the beginning of a word is looked for too."""

SHORTEST_BEGINNING = 4
LONGEST_QUERY = 8
"""So many words of a query count; who pastes a paragraph means its beginning."""

STOP_WORDS = {
    "en": "a an and are as at be by for from has have in is it its of on or our that the their "
    "this to was we were what which who will with you your",
    "fr": "a à au aux avec ce ces cette dans de des du elle elles en est et il ils la le les leur "
    "leurs mais ne nos notre nous on ou où par pas plus pour que qui sa se ses son sont sur un une "
    "vos votre vous",
    "de": "am an auf aus bei das dass dem den der des die durch ein eine einem einen einer eines "
    "er es für hat ich ihr ihre im in ist mit nach nicht oder sich sie sind über um und uns unser "
    "unsere von vor war was wie wir wird zu zum zur",
}
"""Words that stand on every page; they count only where a query has no others."""
_STOP_WORDS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}


def index_term(term: str, language: str) -> str:
    """The term with its language, so that no language finds another's words."""
    return "".join(char for char in language if char.isalnum()) + term


@dataclass(frozen=True)
class Word:
    """A word of a query: the terms that stand for it, and the beginnings that count half."""

    text: str
    terms: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


def read_query(query: str, language: str, *, typing: bool = False) -> list[Word]:
    """The words that a query asks for, without doubles.

    While it is being typed, the last word may be the beginning of any.
    """
    found = {}
    for token in tokens(query, language):
        terms = terms_of(token.word, language)
        if terms:
            found.setdefault(token.word, terms)
    last = next(reversed(found), None) if typing else None
    stop_words = _STOP_WORDS.get(language, frozenset())
    meant = {w: terms for w, terms in found.items() if w not in stop_words or w == last} or found
    return [
        Word(
            word,
            tuple(index_term(term, language) for term in terms),
            tuple(
                index_term(term, language)
                for term in terms
                if word == last or (language in COMPOUNDING and len(term) >= SHORTEST_BEGINNING)
            ),
        )
        for word, terms in list(meant.items())[:LONGEST_QUERY]
    ]


@dataclass(frozen=True)
class Condition:
    """That a column has every word, or one of them; without beginnings, the words themselves."""

    column: str
    words: tuple[Word, ...]
    needs_all: bool = True


Group = tuple[Condition, ...]
"""What an entry has to meet altogether."""


def hits(words: list[Word]) -> Group:
    """What every hit meets."""
    return (Condition("everything", tuple(words)),)


def groups(words: list[Word]) -> list[Group]:
    """The groups of hits, in their order; a hit stands in the first that it belongs to."""
    spellings = [tuple(words)]
    if any(word.beginnings for word in words):
        spellings.insert(0, tuple(replace(word, beginnings=()) for word in words))
    found = []
    for column in COLUMNS:
        if column == "often" and len(words) > 1:
            found += [
                (Condition("title", spelt, needs_all=False), Condition("everything", spelt))
                for spelt in spellings
            ]
        found += [(Condition(column, spelt),) for spelt in spellings]
    return found


def filter_term(name: str, value) -> str:
    """The term of what results are filtered by; no word of a text has its first character."""
    return "\ue000" + "".join(char for char in f"{name}{value}" if char.isalnum())
