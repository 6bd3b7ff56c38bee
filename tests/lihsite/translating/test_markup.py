"""Texts are taken apart and put together without loss, and broken placeholders are noticed."""

import pytest
from hypothesis import given

from lihsite.translating.markup import (
    Close,
    Open,
    Single,
    Text,
    code,
    merged,
    problems_of,
    put_together,
)
from tests.lihsite.translating import rich_texts

SOURCE = '<p data-block-key="k1">Ask <b>the <i>ward</i></b><br/>or <a id="3">us</a>.</p>'


@given(rich_texts.rich_texts)
def test_rich_text_is_put_together_as_it_was(text):
    coded = code(text, is_rich=True)
    assert put_together(coded.pieces, coded.tags, is_rich=True) == text


@given(rich_texts.plain_texts)
def test_plain_text_has_no_tags_and_is_put_together_as_it_was(text):
    coded = code(text, is_rich=False)
    assert put_together(coded.pieces, coded.tags, is_rich=False) == text
    assert not any(tag.name for tag in code(text.replace("\x0b", ""), is_rich=False).tags.values())


@given(rich_texts.broken_rich_texts)
def test_broken_markup_is_kept_too_and_can_come_back_as_it_is(text):
    coded = code(text, is_rich=True)
    together = put_together(coded.pieces, coded.tags, is_rich=True)
    assert code(together, is_rich=True) == coded
    assert problems_of(coded.pieces, coded, coded) == []


@given(rich_texts.rich_texts, rich_texts.rich_texts)
def test_a_translation_takes_the_numbers_of_its_source_and_stays_the_same_text(source, target):
    coded_source = code(source, is_rich=True)
    coded = code(target, is_rich=True).numbered_like(coded_source)
    assert put_together(coded.pieces, coded.tags, is_rich=True) == target
    shared = set(coded.tags) & set(coded_source.tags)
    assert all(coded.tags[number].is_like(coded_source.tags[number]) for number in shared)
    assert problems_of(coded.pieces, coded_source, coded) == []


def numbered():
    return code(SOURCE, is_rich=True)


def test_tags_are_numbered_in_the_order_in_which_they_open():
    assert numbered().pieces == (
        Open("1"),
        Text("Ask "),
        Open("2"),
        Text("the "),
        Open("3"),
        Text("ward"),
        Close("3"),
        Close("2"),
        Single("4"),
        Text("or "),
        Open("5"),
        Text("us"),
        Close("5"),
        Text("."),
        Close("1"),
    )


def test_a_translation_keeps_its_own_link():
    target = code('<p><a href="https://example.lu/fr">nous</a></p>', is_rich=True)
    coded = target.numbered_like(numbered())
    assert coded.tags["5"].start == '<a href="https://example.lu/fr">'
    assert set(coded.tags) == {"1", "5"}


def test_words_stand_apart_where_blocks_end():
    assert code("<p>One</p><p>T<b>w</b>o<br/>three</p>", is_rich=True).plain == "One Two three"


def paired(number):
    def around(*content):
        return [Open(number), *flat(content), Close(number)]

    return around


def flat(content):
    for piece in content:
        if isinstance(piece, list):
            yield from piece
        else:
            yield piece


P, B, EM, LINK = map(paired, "1235")
BREAK, WORD = Single("4"), Text("mot")
NOTHING = code("", is_rich=True)


@pytest.mark.parametrize(
    ("pieces", "problem"),
    [
        (P(WORD, B(EM(WORD)), BREAK, LINK(WORD)), None),
        (P(LINK(WORD), BREAK, B(WORD, EM(WORD))), None),
        (P(WORD, B(EM(WORD)), BREAK), "missing"),
        (P(WORD, B(WORD), BREAK, LINK(WORD)), "missing"),
        (P(WORD, B(EM(WORD)), BREAK, LINK(WORD), Single("9")), "unknown"),
        (P(WORD, B(EM(WORD)), BREAK, LINK(WORD), LINK(WORD)), "more than once"),
        (P(WORD, B(EM(WORD)), BREAK, BREAK, LINK(WORD)), "more than once"),
        ([*P(B(EM(WORD)), BREAK, LINK(WORD)), WORD], "moved out"),
        (B(EM(WORD), P(BREAK, LINK(WORD))), "moved out"),
        (
            (
                Open("1"),
                Open("2"),
                Open("3"),
                WORD,
                Close("2"),
                Close("3"),
                BREAK,
                *LINK(),
                Close("1"),
            ),
            "order",
        ),
        ([*P(B(EM(WORD)), BREAK, LINK(WORD)), Close("1")], "order"),
        (P(Single("2"), EM(WORD), BREAK, LINK(WORD)), "order"),
    ],
)
def test_what_is_wrong_with_the_placeholders_is_said(pieces, problem):
    problems = problems_of(merged(flat(pieces)), numbered(), NOTHING)
    if problem is None:
        assert problems == []
    else:
        [found] = problems
        assert problem in found


def test_tags_that_the_translation_lacked_before_need_not_come_back():
    target = code("<p>Demandez</p>", is_rich=True).numbered_like(numbered())
    assert problems_of(merged(P(WORD)), numbered(), target) == []
