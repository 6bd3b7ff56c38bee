"""Whatever a text holds, it comes back from each format as it went out; other tools read it too."""

from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.pypo import pofile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from lihsite.translating.exchange import formats
from lihsite.translating.exchange.documents import ObjectTexts, Unit, Unreadable
from lihsite.translating.markup import Text, code
from tests.lihsite.translating.rich_texts import plain_texts, rich_texts


def unit(name, source, target, *, is_rich=True, is_open=False):
    coded = code(source, is_rich=is_rich)
    translated = code(target, is_rich=is_rich).numbered_like(coded) if target else None
    return Unit(
        name,
        coded.pieces,
        translated and translated.pieces,
        {**coded.tags, **(translated.tags if translated else {})},
        label="Body / Text",
        max_length=None if is_rich else 255,
        is_open=is_open,
    )


rich = st.tuples(rich_texts, st.none() | rich_texts, st.just(True), st.booleans())
plain = st.tuples(plain_texts, st.none() | plain_texts, st.just(False), st.booleans())
unit_lists = st.lists(st.one_of(rich, plain), min_size=1, max_size=4)


def texts(units, key="12"):
    return ObjectTexts(key, "en", "fr", "0f3a", "A page & more", "https://example.org/", units)


def written(drawn):
    return texts(
        [
            unit(f"body.{place}.text", source, target, is_rich=rich, is_open=is_open)
            for place, (source, target, rich, is_open) in enumerate(drawn)
        ]
    )


@pytest.mark.parametrize("name", formats.FORMATS)
@settings(max_examples=60)
@given(drawn=unit_lists)
def test_texts_come_back_as_they_went_out(name, drawn):
    page = written(drawn)
    [found] = formats.read(formats.FORMATS[name].write([page]))
    assert (found.key, found.token) == ("12", "0f3a")
    assert (found.source_language, found.target_language) == ("en", "fr")
    assert [(one.name, one.source, one.target) for one in found.units] == [
        (one.name, one.source, one.target) for one in page.units
    ]
    assert not any(one.problems for one in found.units)
    for one, mine in zip(found.units, page.units, strict=True):
        assert one.target is None or one.is_open == mine.is_open


EXAMPLES = [
    unit("title", "Careers & more", "Carrières & plus", is_rich=False),
    unit("body.b1", "<p>Ask <b>the</b> ward<br/></p>", "<p>À <b>la</b> salle<br/></p>"),
    unit("body.b2", "<p>Later</p>", None),
    unit("body.b3", "<p>Old</p>", "<p>Vieux</p>", is_open=True),
]


@pytest.mark.parametrize(
    ("name", "store_class"),
    [("xliff-1.2", xlifffile), ("xliff-2.0", Xliff2File), ("po", pofile)],
)
def test_the_toolkit_that_translators_use_reads_the_file(name, store_class):
    data = formats.FORMATS[name].write([texts(EXAMPLES), texts(EXAMPLES, "13")])
    store = store_class.parsestring(data)
    units = [one for one in store.units if one.source and not one.isheader()]
    assert len(units) == 8
    assert units[0].source == "Careers & more"
    assert units[0].target == "Carrières & plus"
    assert not units[2].target
    assert name == "xliff-2.0" or "Body / Text" in units[1].getnotes()


def test_a_translation_that_the_toolkit_writes_is_read():
    [page] = [texts(EXAMPLES)]
    store = xlifffile.parsestring(formats.FORMATS["xliff-1.2"].write([page]))
    store.units[0].target = "Travailler ici"
    [found] = formats.read(bytes(store))
    assert found.units[0].target[0].text == "Travailler ici"
    assert found.units[1].target == EXAMPLES[1].target


@pytest.mark.parametrize("name", ["xliff-1.2", "xliff-2.0"])
def test_whitespace_is_the_text_s_own(name):
    page = texts([unit("title", "  two  spaces\n", "  deux  espaces\n", is_rich=False)])
    root = etree.fromstring(formats.FORMATS[name].write([page]))
    kept = [one.get("{http://www.w3.org/XML/1998/namespace}space") for one in root.iter()]
    assert "preserve" in kept


@pytest.mark.parametrize("name", formats.FORMATS)
def test_what_no_file_can_hold_is_left_out_of_what_is_said_beside_the_texts(name):
    page = texts([unit("body.b1", '<p><a href="\x0b">T</a></p>', None)])
    page.title = "A\x0bpage"
    [found] = formats.read(formats.FORMATS[name].write([page]))
    assert found.units[0].source == page.units[0].source


def test_a_title_of_several_lines_is_one_line_beside_the_texts():
    page = texts([unit("title", "A\rB", None, is_rich=False)])
    page.title = "A\rB\r\nC"
    [found] = formats.read(formats.FORMATS["po"].write([page]))
    assert [one.source for one in found.units] == [(Text("A\rB"),)]


SEGMENTED = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
 <file id="f" original="page:12:">
  <unit id="u" name="body.b1">
   <segment state="translated"><source>One. </source><target order="3">Un.</target></segment>
   <ignorable><source> </source></ignorable>
   <segment state="final"><source><sc id="1"/>Two.<ec startRef="1"/></source>
     <target order="1"><sc id="1"/>De<mrk id="m1" type="term">ux</mrk>.<ec startRef="1"/></target>
   </segment>
  </unit>
 </file>
</xliff>"""


def test_what_a_tool_has_cut_into_sentences_is_one_text_again():
    [page] = formats.read(SEGMENTED.encode())
    [found] = page.units
    assert [type(piece).__name__ for piece in found.target] == ["Open", "Text", "Close", "Text"]
    assert found.target[1].text == "Deux."
    assert found.target[3].text == " Un."
    assert not found.is_open


def test_a_text_of_which_a_sentence_is_missing_says_so():
    cut = SEGMENTED.replace('<target order="3">Un.</target>', "")
    [page] = formats.read(cut.encode())
    assert page.units[0].problems


BOMB = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2">&a;</xliff>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0",
        b"\xff\xfe<",
        b"<xliff",
        b"<html/>",
        b"<xliff version='1.2'/>",
        b"<xliff version='3.0'/>",
        BOMB.encode(),
        b"/etc/passwd",
        b"msgid",
        b'msgid "x',
        b'msgctxt "1/title"\nmsgid "x"\nmsgstr "a\x00b"\n',
        b'msgid ""\nmsgstr ""\n',
        b"\x89PNG\r\n",
        "é".encode("latin-1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data):
    with pytest.raises(Unreadable) as refused:
        formats.read(data)
    assert str(refused.value)
    assert "root:" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"<?xml version='1.0'?>\n<xliff version=1/>",
            "This is no well-formed XML: there is an error at line 2, column 16.",
        ),
        (b'msgid "x"\nmsgstr "y"z\n"', "This is no PO file: there is an error in line 2."),
        (b'msgid "caf\xff"', "The file is not in UTF-8."),
        (b'msgid "a\x00b"', "The file has a character that no text may have: U+0000."),
    ],
)
def test_the_reason_says_where_the_error_is_and_nothing_in_the_parsers_words(data, reason):
    with override("en"), pytest.raises(Unreadable) as refused:
        formats.read(data)
    assert str(refused.value) == reason


@settings(max_examples=200)
@given(
    st.one_of(st.binary(), st.text().map(str.encode), st.text().map(lambda t: b"<" + t.encode()))
)
def test_nothing_that_is_sent_breaks_the_reader(data):
    with suppress(Unreadable):
        assert formats.read(data)


CODE_POINT = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"
 trgLang="fr"><file id="f" original="page:12:"><unit id="title"><segment state="final">
 <source>a</source><target>b<cp hex="%s"/>c</target></segment></unit></file></xliff>"""


@pytest.mark.parametrize("named", ["000B", "0", "D83D", "FFFE", "110000", "-1", "", "x", "9" * 50])
def test_a_code_point_that_no_text_may_hold_is_named_as_a_problem(named):
    [page] = formats.read((CODE_POINT % named).encode())
    [problem] = page.units[0].problems
    assert f"U+{named[:9]}" in problem
    assert page.units[0].target == (Text("bc"),)


@pytest.mark.parametrize(("named", "character"), [("0085", "\x85"), ("1F9A0", "🦠"), ("9", "\t")])
def test_any_other_code_point_is_its_character(named, character):
    [page] = formats.read((CODE_POINT % named).encode())
    assert page.units[0].problems == []
    assert page.units[0].target == (Text(f"b{character}c"),)


@pytest.mark.parametrize(("escaped", "named"), [("\\v", "U+000B"), ("\\b", "U+0008")])
def test_an_escaped_character_that_no_text_may_hold_is_named_as_a_problem(escaped, named):
    [page] = formats.read(f'msgctxt "12/title"\nmsgid "a"\nmsgstr "b{escaped}"\n'.encode())
    [problem] = page.units[0].problems
    assert named in problem


@pytest.mark.parametrize("order", ["9" * 5000, "0", "-1", "x", "", "\u0661"])
def test_an_order_that_is_none_is_named_as_a_problem(order):
    [page] = formats.read(SEGMENTED.replace('order="3"', f'order="{order}"').encode())
    assert page.units[0].problems == [f'order="{order[:9]}"']
