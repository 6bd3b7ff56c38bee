"""XLIFF 1.2 (OASIS, 2008): a `file` for each object, `g` and `x` for markup."""

from lxml import etree

from lihsite.translating.markup import Close, Open, Single, writable

from . import xml
from .documents import PRODUCT, ObjectTexts, Unit, read_original

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
TYPES = {
    "a": "link",
    "b": "bold",
    "br": "lb",
    "i": "italic",
    "img": "image",
}
"""The values of `ctype` that the standard has for tags; others are `x-html-…`."""
FINISHED = frozenset({"translated", "signed-off", "final"})


def write(objects: list[ObjectTexts]) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    for texts in objects:
        file = _add(
            root,
            "file",
            {
                "original": texts.original,
                "source-language": texts.source_language,
                "target-language": texts.target_language,
                "datatype": "html",
            },
        )
        header = _add(file, "header")
        _add(header, "note", text=texts.title)
        if texts.url:
            _add(header, "note", text=texts.url)
        _add(header, "tool", {"tool-id": PRODUCT, "tool-name": PRODUCT})
        body = _add(file, "body")
        for unit in texts.units:
            _write_unit(body, unit, texts)
    return xml.serialize(root)


def _add(parent, name: str, attributes=None, text: str | None = None):
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes or {})
    element.text = text and writable(text)
    return element


def _write_unit(body, unit: Unit, texts: ObjectTexts) -> None:
    attributes = {"id": unit.name, "resname": unit.name, xml.XML_SPACE: "preserve"}
    if unit.max_length:
        attributes |= {"maxwidth": str(unit.max_length), "size-unit": "char"}
    element = _add(body, "trans-unit", attributes)

    def paired(number):
        return f"{{{NAMESPACE}}}g", _inline(unit, number)

    def single(number):
        return f"{{{NAMESPACE}}}x", _inline(unit, number)

    source = _add(element, "source", {xml.XML_LANG: texts.source_language})
    xml.fill(source, unit.source, paired, single)
    if unit.target is not None:
        state = "needs-review-translation" if unit.is_open else "translated"
        target = _add(element, "target", {xml.XML_LANG: texts.target_language, "state": state})
        xml.fill(target, unit.target, paired, single)
    _add(element, "note", text=unit.label)


def _inline(unit: Unit, number: str) -> dict:
    name = unit.tags[number].name
    kind = TYPES.get(name) or (f"x-html-{name}" if name else "x-character")
    return {"id": number, "ctype": kind}


def read(root) -> list[ObjectTexts]:
    objects = []
    for file in xml.children(root, "file"):
        key, token = read_original(file.get("original"))
        languages = file.get("source-language", ""), file.get("target-language", "")
        texts = ObjectTexts(key, *languages, token=token)
        texts.units = [_read_unit(element) for element in file.iter("{*}trans-unit")]
        objects.append(texts)
    return objects


def _read_unit(element) -> Unit:
    unit = Unit(element.get("id") or "", ())
    source, target = xml.child(element, "source"), xml.child(element, "target")
    if source is not None:
        unit.source = _pieces(source, unit)
    if target is not None:
        unit.target = _pieces(target, unit) or None
        unit.is_open = target.get("state") not in FINISHED
    return unit


def _pieces(element, unit: Unit) -> tuple:
    numbers = {
        inline.get("rid"): inline.get("id", "")
        for inline in element.iter("{*}bx", "{*}bpt")
        if inline.get("rid")
    }

    def read_child(child, within):
        number = child.get("id") or ""
        match xml.local_name(child):
            case "mrk":
                return within()
            case "g":
                return [Open(number), *within(), Close(number)]
            case "x" | "ph" | "it":
                return [Single(number)]
            case "bx" | "bpt":
                return [Open(number)]
            case "ex" | "ept":
                return [Close(numbers.get(child.get("rid"), number))]
            case name:
                unit.problems.append(f"<{name}>")
                return []

    return xml.pieces_in(element, read_child)
