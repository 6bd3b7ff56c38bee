"""What goes into files whose lines say something."""

import pytest

from lihsite.plain_lines import one_line, plain_lines


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_whatever_ends_a_line_is_a_space_within_one(end):
    assert one_line(f" a{end} b{end}") == "a b"
    assert plain_lines(f"a{end}b") == "a\nb"


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x1b", "\x7f"])
def test_other_control_characters_go(control):
    assert one_line(f"a{control}b") == "ab"


def test_spaces_that_hold_words_together_stay():
    assert one_line("Pourquoi\u202f? 5\xa0%") == "Pourquoi\u202f? 5\xa0%"
