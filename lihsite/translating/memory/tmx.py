"""TMX 1.4b (LISA, 2005): the memory as a file, markup as `bpt`, `ept` and `ph`."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from lxml import etree

from lihsite.translating.exchange.documents import PRODUCT, Unreadable
from lihsite.translating.exchange.imports import language_of
from lihsite.translating.exchange.xml import XML_LANG, local_name, not_well_formed, pieces_in
from lihsite.translating.markup import (
    Close,
    Coded,
    Open,
    Single,
    Tag,
    Text,
    code,
    put_together,
    writable,
)

from .units import unit_of

HEADER = {
    "creationtool": PRODUCT,
    "creationtoolversion": "1",
    "segtype": "block",
    "o-tmf": PRODUCT,
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "html",
}
TIME = "%Y%m%dT%H%M%SZ"
SAFE_TAG = re.compile(
    r"</?(b|i|sup|sub|p|ul|ol|li|strong|em)\s*>|<br\s*/?>|</a\s*>"
    r'|<a linktype="(page|document)" id="\d+">'
    r'|<a href="(https?://|mailto:)[^"<>]*">'
)
"""The tags that a text from elsewhere may bring along; words stay, all other tags go."""


def write(units: Iterable) -> Iterator[bytes]:
    """The file in pieces, one for each unit."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield etree.tostring(etree.Element("header", HEADER)) + b"\n<body>\n"
    for unit in units:
        element = etree.Element("tu", {"changedate": unit.used_at.astimezone(UTC).strftime(TIME)})
        source = code(unit.source, is_rich=unit.is_rich)
        target = code(unit.target, is_rich=unit.is_rich).numbered_like(source)
        for language, coded in (
            (unit.source_language, source),
            (unit.target_language, target),
        ):
            variant = etree.SubElement(element, "tuv", {XML_LANG: language})
            _write_segment(etree.SubElement(variant, "seg"), coded)
        yield etree.tostring(element) + b"\n"
    yield b"</body>\n</tmx>\n"


def _write_segment(segment, coded: Coded) -> None:
    """Markup is in elements that hold it as text, so `seg` is flat."""
    last = None
    for piece in coded.pieces:
        match piece:
            case Text(text):
                if last is None:
                    segment.text = (segment.text or "") + text
                else:
                    last.tail = (last.tail or "") + text
            case Open(number):
                last = etree.SubElement(segment, "bpt", {"i": number, "x": number})
                last.text = writable(coded.tags[number].start)
            case Close(number):
                last = etree.SubElement(segment, "ept", {"i": number})
                last.text = writable(coded.tags[number].end or "")
            case Single(number):
                last = etree.SubElement(segment, "ph", {"x": number})
                last.text = writable(coded.tags[number].start)


def read(data: bytes) -> Iterator:
    """The units of a file, for all pairs of the site's languages in it; raises `Unreadable`.

    The file is read as it comes: a large memory is never in memory as a whole.
    """
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag="{*}tu",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
    )
    found = False
    try:
        for _event, element in events:
            found = True
            yield from _read_unit(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_well_formed(error) from error
    if not found:
        raise Unreadable(_("There is no translation in the file; is it TMX?"))


def _read_unit(element) -> Iterator:
    texts: dict[str, Coded] = {}
    for variant in element.iterchildren("{*}tuv"):
        language = language_of(variant.get(XML_LANG) or variant.get("lang") or "")
        segment = variant.find("{*}seg")
        if language and segment is not None:
            texts.setdefault(language, _read_segment(segment))
    languages = [code for code in texts if texts[code].plain]
    is_rich = any(tag.name for coded in texts.values() for tag in coded.tags.values())
    for place, source in enumerate(languages):
        for target in languages[place + 1 :]:
            yield unit_of(
                source,
                target,
                _text(texts[source], is_rich=is_rich),
                _text(texts[target], is_rich=is_rich),
                is_rich=is_rich,
                used_at=_changed_at(element),
            )


def _read_segment(segment) -> Coded:
    tags: dict[str, Tag] = {}

    def read_child(child, within):
        name = local_name(child)
        if name in {"hi", "sub"}:
            return within()
        markup = "".join(child.itertext())
        if not SAFE_TAG.fullmatch(markup):
            return []
        number = str(len(tags) + 1)
        tags[number] = Tag(markup)
        return [Single(number)]

    pieces = pieces_in(segment, read_child)
    return Coded(pieces, tags)


def _text(coded: Coded, *, is_rich: bool) -> str:
    """The text with its markup, less the tags that no other one closes."""
    coded = code(put_together(coded.pieces, coded.tags, is_rich=is_rich), is_rich=is_rich)
    pieces = [
        piece
        for piece in coded.pieces
        if not isinstance(piece, Single) or coded.tags[piece.id].name in {"", "br"}
    ]
    return put_together(pieces, coded.tags, is_rich=is_rich)


def _changed_at(element) -> datetime:
    try:
        written = element.get("changedate") or element.get("creationdate") or ""
        return datetime.strptime(written, TIME).replace(tzinfo=UTC)
    except ValueError:
        return datetime.now(UTC)
