"""What becomes of a draft that two people changed: case by case."""

import pytest

from events.models import EventPage
from home.models import ContentPage
from lihsite.multilingual.merging import identified, merge
from lihsite.multilingual.merging_values import MISSING, Decided
from tests.lihsite.multilingual.merging.contents import (
    accordion,
    blocks_of,
    body,
    paragraph,
    quote,
)


def content(*blocks, **fields):
    return {"source_language": "en", "body_en": body(*blocks), **fields}


def merged_blocks(base, theirs, mine):
    merged = merge(ContentPage, content(*base), content(*theirs), content(*mine))
    assert not merged.conflicts
    return blocks_of(merged.content)


def conflicts(base, theirs, mine):
    merged = merge(ContentPage, content(*base), content(*theirs), content(*mine))
    return {conflict.name: conflict for conflict in merged.conflicts}


def test_different_fields_of_different_languages_are_both_kept():
    base = content(title_en="Hello", title_fr="", title_de="Hallo")
    merged = merge(
        ContentPage, base, {**base, "title_en": "Good morning"}, {**base, "title_fr": "Bonjour"}
    )
    titles = [merged.content[f"title_{code}"] for code in ("en", "fr", "de")]
    assert (titles, merged.conflicts) == (["Good morning", "Bonjour", "Hallo"], [])


def test_the_same_text_changed_by_both_is_a_conflict_with_both_texts():
    base = content(summary_fr="Avant")
    theirs, mine = {**base, "summary_fr": "Le leur"}, {**base, "summary_fr": "Le mien"}
    (conflict,) = merge(ContentPage, base, theirs, mine).conflicts
    assert (conflict.name, conflict.language) == ("summary_fr", "fr")
    assert (conflict.base, conflict.theirs, conflict.mine) == ("Avant", "Le leur", "Le mien")


def test_the_same_change_by_both_is_no_conflict():
    base = content(summary_fr="Avant")
    both = {**base, "summary_fr": "Après"}
    assert merge(ContentPage, base, both, both).content["summary_fr"] == "Après"


def test_different_blocks_of_a_stream_are_both_kept():
    base = [paragraph("a", "A"), paragraph("b", "B")]
    theirs = [paragraph("a", "A!"), paragraph("b", "B")]
    mine = [paragraph("a", "A"), paragraph("b", "B!")]
    assert merged_blocks(base, theirs, mine) == [paragraph("a", "A!"), paragraph("b", "B!")]


def test_different_fields_of_a_block_are_both_kept():
    base, theirs = [quote("q", "Said", "Ada")], [quote("q", "Said", "Dr Ada")]
    assert merged_blocks(base, theirs, [quote("q", "Wrote", "Ada")]) == [
        quote("q", "Wrote", "Dr Ada")
    ]


def test_a_conflict_in_a_block_is_named_like_its_segment():
    found = conflicts(
        [accordion("a", ("i", "Who?", "All")), paragraph("p", "P")],
        [accordion("a", ("i", "Who?", "Adults")), paragraph("p", "P")],
        [accordion("a", ("i", "Who?", "Children")), paragraph("p", "P!")],
    )
    (conflict,) = found.values()
    assert conflict.name == "body_en.a.items.i.text"
    assert conflict.label[1:] == ("Accordion", "Items", "Item", "Text")


def test_what_both_added_stands_where_each_put_it():
    a, b, new, other = (paragraph(name, name) for name in "abno")
    assert merged_blocks([a, b], [a, new, b], [a, b, other]) == [a, new, b, other]
    assert merged_blocks([], [new], [other]) == [other, new]


def test_what_one_moves_and_the_other_edits_is_moved_and_edited():
    a, b, c = (paragraph(name, name) for name in "abc")
    edited = paragraph("a", "new words")
    assert merged_blocks([a, b, c], [edited, b, c], [b, c, a]) == [b, c, edited]
    assert merged_blocks([a, b, c], [b, c, a], [edited, b, c]) == [b, c, edited]


def test_a_block_that_one_removed_is_gone_if_the_other_left_it_alone():
    a, b = paragraph("a", "A"), paragraph("b", "B")
    assert merged_blocks([a, b], [a], [paragraph("a", "A!"), b]) == [paragraph("a", "A!")]
    assert merged_blocks([a, b], [paragraph("a", "A!"), b], [a]) == [paragraph("a", "A!")]


def test_a_block_that_one_removed_and_the_other_changed_is_a_conflict():
    a, b, changed = paragraph("a", "A"), paragraph("b", "B"), paragraph("b", "B!")
    removed_by_them = conflicts([a, b], [a], [a, changed])["body_en.b"]
    assert (removed_by_them.theirs, removed_by_them.mine) == (MISSING, changed)
    removed_by_me = conflicts([a, b], [a, changed], [a])["body_en.b"]
    assert (removed_by_me.theirs, removed_by_me.mine) == (changed, MISSING)


def test_another_spelling_of_the_same_rich_text_is_no_change():
    spelt = [{"type": "paragraph", "id": "a", "value": "<p>A &amp; <strong>B</strong></p>"}]
    again = [{"type": "paragraph", "id": "a", "value": "<p>A &amp; <b>B</b></p>"}]
    changed = [paragraph("a", "Something else")]
    assert merged_blocks(spelt, changed, again) == changed
    assert merged_blocks(spelt, again, changed) == changed


@pytest.mark.parametrize("decided", ["mine", "theirs", "Both words"])
def test_what_was_decided_on_a_conflict_is_taken(decided):
    base = content(title_fr="Avant")
    theirs, mine = {**base, "title_fr": "Le leur"}, {**base, "title_fr": "Le mien"}

    def decide(conflict):
        values = {"mine": conflict.mine, "theirs": conflict.theirs}
        return Decided(values.get(decided, decided))

    merged = merge(ContentPage, base, theirs, mine, {"title_fr": decide})
    assert not merged.conflicts
    expected = {"mine": "Le mien", "theirs": "Le leur"}.get(decided, decided)
    assert merged.content["title_fr"] == expected


def test_a_conflict_stays_where_a_decision_does_not_hold_for_it():
    base = content(title_fr="Avant")
    sides = ({**base, "title_fr": "Le leur"}, {**base, "title_fr": "Le mien"})
    assert merge(ContentPage, base, *sides, {"title_fr": lambda conflict: None}).conflicts


def test_without_an_ancestor_every_difference_is_a_conflict():
    theirs = content(paragraph("a", "A"), title_fr="Le leur", title_de="Gleich")
    mine = content(paragraph("a", "B"), title_fr="Le mien", title_de="Gleich")
    merged = merge(ContentPage, None, theirs, mine)
    assert {conflict.name for conflict in merged.conflicts} == {"title_fr", "body_en.a"}


def table(*cells, note=""):
    rows = [{"values": list(row)} for row in cells]
    columns = [{"type": "text", "heading": "Year"}, {"type": "text", "heading": "People"}]
    value = {"columns": columns, "rows": rows, "caption": note}
    return {"type": "table", "id": "t", "value": {"caption": "Growth", "table": value}}


def test_the_cells_of_a_table_are_merged_while_its_shape_stays():
    base = table(("2025", "400"), ("2026", "410"))
    theirs = table(("2025", "401"), ("2026", "410"), note="Source: LIH")
    mine = table(("2025", "400"), ("2026", "415"))
    expected = table(("2025", "401"), ("2026", "415"), note="Source: LIH")
    assert merged_blocks([base], [theirs], [mine]) == [expected]


def test_two_new_shapes_of_a_table_are_a_conflict():
    base = table(("2025", "400"))
    found = conflicts([base], [table(("2025", "400"), ("2026", ""))], [table()])
    assert set(found) == {"body_en.t.table"}


def speakers(*names):
    return [
        {"pk": pk, "page": 1, "person": person, "sort_order": place}
        for place, (pk, person) in enumerate(names)
    ]


def merged_speakers(base, theirs, mine):
    sides = ({"speakers": speakers(*side)} for side in (base, theirs, mine))
    merged = merge(EventPage, *sides)
    assert not merged.conflicts
    return [row["person"] for row in merged.content["speakers"]]


def test_rows_of_a_relation_are_added_and_removed_by_both():
    one, two, three, four = ((None, number) for number in range(1, 5))
    assert merged_speakers([one, two], [two, three], [one, two, four]) == [2, 4, 3]


def test_rows_are_known_by_their_key_and_before_they_have_one_by_what_they_say():
    draft, published, other = (None, 1), (7, 1), (None, 2)
    assert merged_speakers([draft], [published, other], [draft]) == [1, 2]
    assert merged_speakers([draft], [published], [draft, other]) == [1, 2]
    assert merged_speakers([draft], [draft, other], []) == [2]


def test_the_plain_column_follows_the_source_language():
    base = {"source_language": "fr", "title": "Avant", "title_fr": "Avant", "title_en": ""}
    theirs = {**base, "title_fr": "Après", "title": "Après"}
    merged = merge(ContentPage, base, theirs, {**base, "title_en": "After"})
    assert (merged.content["title"], merged.content["title_en"]) == ("Après", "After")


def test_blocks_without_ids_get_the_same_ones_each_time():
    blocks = [
        {"type": "paragraph", "value": "<p>A</p>"},
        {"type": "accordion", "value": {"items": [{"title": "Who?", "text": ""}]}},
        {**paragraph("twice", "B")},
        {**paragraph("twice", "C")},
    ]
    found, again = (identified(ContentPage, content(*blocks)) for _ in range(2))
    assert found == again
    names = [block["id"] for block in blocks_of(found)]
    assert len(set(names)) == len(names)
    assert blocks_of(found)[1]["value"]["items"][0]["value"] == {"title": "Who?", "text": ""}
    assert blocks_of(found)[1]["value"]["items"][0]["id"]
