"""What holds for any three contents that are merged."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from home.models import ContentPage
from lihsite.multilingual.merging import merge
from lihsite.multilingual.segments import segments_of
from tests.lihsite.multilingual.merging.contents import CONTENTS, blocks_of, texts_in


def segments(content):
    return {
        (language, name): text
        for language in ("en", "fr")
        for name, text in segments_of(ContentPage, content, language).items()
    }


@given(CONTENTS, CONTENTS)
def test_who_is_alone_gets_what_they_wrote(base, changed):
    for sides in [(base, base, changed), (base, changed, base), (base, changed, changed)]:
        merged = merge(ContentPage, *sides)
        assert not merged.conflicts
        assert {name: merged.content[name] for name in changed} == changed


@given(CONTENTS, texts_in("en"), texts_in("fr"))
def test_work_in_different_languages_is_kept_as_it_is(base, english, french):
    merged = merge(ContentPage, base, {**base, **english}, {**base, **french})
    assert not merged.conflicts
    assert {name: merged.content[name] for name in base} == {**base, **english, **french}


@settings(max_examples=300)
@given(CONTENTS, CONTENTS, CONTENTS)
def test_no_text_is_lost(base, theirs, mine):
    """What somebody wrote is in the result, or a conflict around it shows it."""
    merged = merge(ContentPage, base, theirs, mine)
    before, after = segments(base), segments(merged.content)
    for side in ("theirs", "mine"):
        shown = {
            name
            for name, text in segments({"theirs": theirs, "mine": mine}[side]).items()
            if before.get(name) != text and after.get(name) != text
        }
        for language, name in shown:
            assert any(
                conflict.language == language
                and f"{name}.".replace(".", f"_{language}.", 1).startswith(f"{conflict.name}.")
                for conflict in merged.conflicts
            ), (side, name)


@settings(max_examples=300)
@given(CONTENTS, CONTENTS, CONTENTS)
def test_both_see_the_same_conflicts(base, theirs, mine):
    seen = {conflict.name for conflict in merge(ContentPage, base, theirs, mine).conflicts}
    assert seen == {conflict.name for conflict in merge(ContentPage, base, mine, theirs).conflicts}


@given(CONTENTS, CONTENTS, CONTENTS)
def test_a_second_merge_brings_nothing_new(base, theirs, mine):
    """After a save the form shows mine, and its next save starts from there."""
    first = merge(ContentPage, base, theirs, mine)
    if not first.conflicts:
        again = merge(ContentPage, mine, first.content, mine)
        assert not again.conflicts
        assert again.content == first.content


@given(CONTENTS, CONTENTS, CONTENTS)
def test_no_block_stands_twice(base, theirs, mine):
    merged = merge(ContentPage, base, theirs, mine)
    names = [block["id"] for block in blocks_of(merged.content)]
    assert len(names) == len(set(names))


@given(CONTENTS, st.permutations(range(5)), CONTENTS)
def test_blocks_stand_where_they_were_moved_to(base, places, other):
    """Whatever texts are changed on the other side."""
    order = blocks_of(base)
    moved = [order[place] for place in places if place < len(order)]
    texts = {block["id"]: block for block in blocks_of(other)}
    edited = [texts.get(block["id"], block) for block in order]
    dumped = [{**base, "body_en": json.dumps(blocks)} for blocks in (edited, moved)]
    merged = merge(ContentPage, base, *dumped)
    assert not merged.conflicts
    kept = {block["id"]: block for block in edited}
    assert blocks_of(merged.content) == [kept[block["id"]] for block in moved]
