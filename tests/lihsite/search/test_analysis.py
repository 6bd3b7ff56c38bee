"""What a word is looked for by."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lihsite.search.analysis import analyse, fold, terms_of, tokens


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("etude", "Études", "fr"),
        ("immunite", "immunité", "fr"),
        ("hopital", "hôpitaux", "fr"),
        ("coeur", "cœur", "fr"),
        ("chercheuse", "chercheuses", "fr"),
        ("strassen", "Straßen", "de"),
        ("haus", "Häuser", "de"),
        ("haeuser", "Häuser", "de"),
        ("uebersetzung", "Übersetzungen", "de"),
        ("grosse", "Größe", "de"),
        ("study", "studies", "en"),
        ("naive", "naïve", "en"),
        ("Mueller", "Müller", "en"),
        ("Müller", "Mueller", "en"),
        ("MÜLLER", "Müller", "fr"),
        ("ﬁbrose", "fibroses", "fr"),
        ("häuser", "Ha\u0308user", "de"),
        ("E\u0301tudes", "étude", "fr"),
        ("Forschungseinrichtung", "Forschungs\u00adeinrichtungen", "de"),
    ],
)
def test_spellings_of_a_word_meet(query, text, language):
    assert set(analyse(query, language)) & set(analyse(text, language))


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [("immune", "immigration", "en"), ("etude", "étoile", "fr"), ("haus", "Hausse", "fr")],
)
def test_other_words_do_not_meet(query, text, language):
    assert not set(analyse(query, language)) & set(analyse(text, language))


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_elided_articles_are_no_words(apostrophe):
    text = f"l{apostrophe}hôpital d{apostrophe}Esch et qu{apostrophe}aujourd{apostrophe}hui"
    words = [token.word for token in tokens(text, "fr")]
    assert words == ["hôpital", "esch", "et", "aujourd", "hui"]


def test_what_stands_within_a_word_does_not_part_it():
    text = "Ha\u0308user, Immun\u00adsystem"
    words = [(token.word, text[token.start : token.end]) for token in tokens(text, "de")]
    assert words == [("häuser", "Ha\u0308user"), ("immunsystem", "Immun\u00adsystem")]


def test_in_other_languages_an_apostrophe_parts_words():
    assert [token.word for token in tokens("O'Brien's", "en")] == ["o", "brien", "s"]


@given(st.text(), st.sampled_from(["en", "fr", "de", "lb", "xx"]))
@example("\ufa10", "en")
def test_tokens_say_where_they_stand(text, language):
    for token in tokens(text, language):
        assert token.word
        # Some signs of Chinese are spelt as others by NFC.
        written = unicodedata.normalize("NFC", text[token.start : token.end])
        assert written.lower().startswith(token.word[:1])


@given(st.text(), st.sampled_from(["en", "fr", "de", "lb", "xx"]))
def test_terms_hold_letters_and_digits_alone(text, language):
    assert all(term.isalnum() for term in analyse(text, language))


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)


def test_a_word_finds_itself_in_every_language():
    for language in ("en", "fr", "de", "lb", "xx"):
        assert terms_of("luxembourg", language)
