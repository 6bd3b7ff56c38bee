"""XLIFF 2.0 (OASIS, 2014): a `file` for each object, `pc` and `ph` for markup, with what it was."""

import re
import sys

from django.utils.translation import gettext as _
from lxml import etree

from lihsite.translating.markup import Close, Open, Single, Text, merged, writable
from lihsite.xml_text import xml_text

from . import xml
from .documents import ObjectTexts, Unit, read_original

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
TYPES = {"a": "link", "img": "image"}
"""The values of `type` that the standard has for tags; the others are formatting (`fmt`)."""
FINISHED = frozenset({"translated", "reviewed", "final"})
ORDER = re.compile("[1-9][0-9]{0,8}")
HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,8}")


def write(objects: list[ObjectTexts]) -> bytes:
    """All objects are from the same language into the same one, as the standard has it."""
    root = etree.Element(
        f"{{{NAMESPACE}}}xliff",
        {
            "version": "2.0",
            "srcLang": objects[0].source_language,
            "trgLang": objects[0].target_language,
        },
        nsmap={None: NAMESPACE},
    )
    for texts in objects:
        file = _add(
            root, "file", {"id": f"{texts.kind}-{texts.number}", "original": texts.original}
        )
        notes = _add(file, "notes")
        _add(notes, "note", text=texts.title)
        if texts.url:
            _add(notes, "note", text=texts.url)
        for unit in texts.units:
            _write_unit(file, unit)
    return xml.serialize(root)


def _add(parent, name: str, attributes=None, text: str | None = None):
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes or {})
    element.text = text and writable(text)
    return element


def _write_unit(file, unit: Unit) -> None:
    element = _add(file, "unit", {"id": unit.name, "name": unit.name})
    notes = _add(element, "notes")
    _add(notes, "note", text=unit.label)
    if unit.max_length:
        _add(notes, "note", {"category": "maximum-length"}, str(unit.max_length))
    if any(tag.name for tag in unit.tags.values()):
        _write_original_data(element, unit)
    state = "translated" if unit.target is not None and not unit.is_open else "initial"
    segment = _add(element, "segment", {"state": state})

    def paired(number):
        attributes = {"dataRefStart": f"s{number}", "dataRefEnd": f"e{number}"}
        return f"{{{NAMESPACE}}}pc", {"id": number, **_kind(unit, number), **attributes}

    def single(number):
        tag = unit.tags[number]
        attributes = {"dataRef": f"s{number}"} if tag.name else {}
        return f"{{{NAMESPACE}}}ph", {"id": number, **_kind(unit, number), **attributes}

    source = _add(segment, "source", {xml.XML_SPACE: "preserve"})
    xml.fill(source, unit.source, paired, single)
    if unit.target is not None:
        target = _add(segment, "target", {xml.XML_SPACE: "preserve"})
        xml.fill(target, unit.target, paired, single)


def _write_original_data(element, unit: Unit) -> None:
    data = _add(element, "originalData")
    for number, tag in unit.tags.items():
        if tag.name:
            _add(data, "data", {"id": f"s{number}"}, tag.start)
            if tag.end is not None:
                _add(data, "data", {"id": f"e{number}"}, tag.end)


def _kind(unit: Unit, number: str) -> dict:
    name = unit.tags[number].name
    return {"type": TYPES.get(name, "fmt" if name else "other")}


def read(root) -> list[ObjectTexts]:
    languages = root.get("srcLang", ""), root.get("trgLang", "")
    objects = []
    for file in xml.children(root, "file"):
        key, token = read_original(file.get("original"))
        texts = ObjectTexts(key, *languages, token=token)
        texts.units = [_read_unit(element) for element in file.iter("{*}unit")]
        objects.append(texts)
    return objects


def _read_unit(element) -> Unit:
    """The unit; tools may have cut it into segments, with ignorable white space between them."""
    unit = Unit(element.get("name") or element.get("id") or "", ())
    sources, targets = [], []
    parts = [part for part in element if xml.local_name(part) in {"segment", "ignorable"}]
    for place, part in enumerate(parts):
        source, target = xml.child(part, "source"), xml.child(part, "target")
        if source is None:
            unit.problems.append("<source>")
            continue
        sources += _pieces(source, unit)
        if xml.local_name(part) == "segment":
            unit.is_open |= part.get("state", "initial") not in FINISHED
        elif target is None:
            target = source
        if target is not None:
            order = _order(target, place + 1, unit)
            targets.append((order, xml.local_name(part), _pieces(target, unit)))
    unit.source = merged(sources)
    translated = [bool(pieces) for order, kind, pieces in targets if kind == "segment"]
    if any(translated):
        if not all(translated) or len(translated) < len(xml.children(element, "segment")):
            unit.problems.append(_("parts of it are not translated"))
        ordered = sorted(targets, key=lambda target: target[0])
        unit.target = merged(piece for order, kind, pieces in ordered for piece in pieces)
    return unit


def _order(target, place: int, unit: Unit) -> int:
    """Where the target stands among those of its unit; its own place if it names no other."""
    named = target.get("order")
    if named is None:
        return place
    if not ORDER.fullmatch(named):
        unit.problems.append(f'order="{named[:9]}"')
        return place
    return int(named)


def _pieces(element, unit: Unit) -> tuple:
    def read_child(child, within):
        number = child.get("id") or ""
        match xml.local_name(child):
            case "mrk":
                return within()
            case "sm" | "em":
                return []
            case "pc":
                return [Open(number), *within(), Close(number)]
            case "ph":
                return [Single(number)]
            case "sc":
                return [Open(number)]
            case "ec":
                return [Close(child.get("startRef") or number)]
            case "cp":
                return [Text(_character(child, unit))]
            case name:
                unit.problems.append(f"<{name}>")
                return []

    return xml.pieces_in(element, read_child)


def _character(element, unit: Unit) -> str:
    """The character that a code point stands for; a problem if no text is to hold it.

    The standard has code points for what XML cannot hold: what is taken in goes out again in XML.
    """
    named = (element.get("hex") or "")[:9]
    code_point = int(named, 16) if HEXADECIMAL.fullmatch(named) else 0
    character = xml_text(chr(code_point)) if code_point <= sys.maxunicode else ""
    if not character:
        unit.problems.append(
            _("a character that no text may hold: %(character)s") % {"character": f"U+{named}"}
        )
    return character
