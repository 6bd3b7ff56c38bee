"""What changed between two texts is shown word by word."""

from hypothesis import given
from hypothesis import strategies as st

from lihsite.multilingual.changes import Op, difference_html, text_html, word_changes

WORDS = st.lists(
    st.sampled_from(["cells", "remember", ",", " ", "  ", "<p>", "</p>", "<b>", "</b>", "é", "12"])
).map("".join)


def html(before, after, is_rich_text=True):
    return difference_html(before, after, is_rich_text=is_rich_text)


def test_a_changed_word_is_deleted_and_inserted_whole():
    assert word_changes("We are hiring now", "We are growing now", is_rich_text=False) == [
        (Op.EQUAL, "We are "),
        (Op.DELETE, "hiring"),
        (Op.INSERT, "growing"),
        (Op.EQUAL, " now"),
    ]


def test_a_changed_phrase_is_one_change():
    assert word_changes("in two years.", "within ten months.", is_rich_text=False) == [
        (Op.DELETE, "in two years"),
        (Op.INSERT, "within ten months"),
        (Op.EQUAL, "."),
    ]


def test_a_changed_link_target_is_no_change():
    assert word_changes('<a id="1">here</a>', '<a id="2">here</a>', is_rich_text=True) == [
        (Op.EQUAL, "<a>here</a>"),
    ]


def test_a_long_text_does_not_meet_at_the_words_that_are_everywhere():
    before, after = "of the " * 300, "the of " * 300
    assert [op for op, text in word_changes(before, after, is_rich_text=False)] == [
        Op.DELETE,
        Op.INSERT,
    ]
    assert len(word_changes("of the", "the of", is_rich_text=False)) > 2


def test_a_changed_word_of_a_long_text_is_one_change():
    words = [f"{word} the" for word in range(500)]
    before, after = " ".join(words), " ".join([*words[:250], "new the", *words[251:]])
    changes = word_changes(before, after, is_rich_text=True)
    assert [change for change in changes if change[0] != Op.EQUAL] == [
        (Op.DELETE, "250"),
        (Op.INSERT, "new"),
    ]


@given(WORDS, WORDS)
def test_what_is_kept_with_what_changed_is_both_texts(before, after):
    changes = word_changes(before, after, is_rich_text=True)
    assert "".join(text for op, text in changes if op != Op.DELETE) == after
    assert "".join(text for op, text in changes if op != Op.INSERT).split() == before.split()


def test_marks_stand_inside_the_structure_of_the_newer_text():
    assert html("<p>One.</p>", "<p>One.</p><p>Two.</p>") == ("<p>One.</p><p><ins>Two.</ins></p>")
    assert html("<p>One</p><p>Two</p>", "<p>One</p>").count("<del>Two</del>") == 1


def test_plain_text_is_escaped_and_rich_text_brings_no_markup_of_its_own():
    assert html("a < b", "a < c", is_rich_text=False) == "a &lt; <del>b</del><ins>c</ins>"
    assert text_html("<script>x</script><p onclick='x'>a &amp; b</p>", is_rich_text=True) == (
        "x<p>a &amp; b</p>"
    )
    assert text_html("<p>", is_rich_text=False) == "&lt;p&gt;"


def test_signs_of_plain_text_are_no_tags():
    assert html("p <0.01 if CD4> 500", "p <0.05 if CD4> 500", is_rich_text=False) == (
        "p &lt;0.<del>01</del><ins>05</ins> if CD4&gt; 500"
    )
