"""What XML 1.0 cannot hold gets into no text that goes out as XML."""

import pytest
from lxml import etree

from lihsite.xml_text import xml_text

TEXT = "a\tb\nc\rd é \x7f\x85 \ud7ff\ue000\ufffd 🦠"


@pytest.mark.parametrize("code_point", [0, 8, 0xB, 0xC, 0xE, 0x1B, 0x1F, 0xD83D, 0xFFFE, 0xFFFF])
def test_a_character_that_xml_cannot_hold_is_dropped(code_point):
    assert xml_text(f"a{chr(code_point)}b") == "ab"


def test_all_other_characters_stay():
    assert xml_text(TEXT) == TEXT


def test_an_xml_library_takes_every_character_that_stays():
    every = xml_text("".join(map(chr, range(0x11000))))
    element = etree.Element("a")
    element.text = every
    assert etree.fromstring(etree.tostring(element)).text == every
