"""The one rule by which hits are found and ordered, on every database.

A page is a hit if it has every word of the query. Each word counts by where the page has it: in the
title, in the lead (its summary and headings), often in the text, or once. A word that merely begins
with what was typed counts half. Equal scores stand newest first.

How frequent a word is on all pages counts for nothing: with every word required that would only
weigh words against each other, and databases count it differently.
"""

from dataclasses import dataclass

from .analysis import terms_of, tokens

WEIGHTS = {"title": 16, "lead": 6, "often": 4, "everything": 2}
"""What a word counts in a column; half of each is a whole number too."""

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


def hits_statement(engine, words: list[Word]) -> tuple[str, str, list, list]:
    """SQL of which entries have every word, and of the score of an entry `e`, with parameters."""
    conditions, found_by = [], []
    scores, scored_by = [], []
    for word in words:
        statement, parameters = engine.matching("everything", word.terms, word.beginnings)
        conditions.append(f"e.id IN ({statement})")
        found_by += parameters
        for column, weight in WEIGHTS.items():
            statement, parameters = engine.matching(column, word.terms)
            scores.append(f"CASE WHEN e.id IN ({statement}) THEN {weight} ELSE 0 END")
            scored_by += parameters
            if word.beginnings and column != "everything":
                statement, parameters = engine.matching(column, (), word.beginnings)
                scores.append(f"CASE WHEN e.id IN ({statement}) THEN {weight // 2} ELSE 0 END")
                scored_by += parameters
    return " AND ".join(conditions), " + ".join(scores), found_by, scored_by
