"""Reading and writing XML safely, and the inline elements that stand for placeholders."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from lxml import etree

from lihsite.translating.markup import Close, Open, Single, Text, merged

from .documents import Unreadable

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parse(data: bytes):
    """The root element. Raises `Unreadable`, also for a DOCTYPE: entities could name files."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_well_formed(error) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(_("A document type in the file is not accepted."))
    return root


def not_well_formed(error: Exception) -> Unreadable:
    """Where the parser stopped; its own words are English in whichever language they are read."""
    line, column = getattr(error, "position", None) or (None, None)
    if not line:
        return Unreadable(_("This is no well-formed XML."))
    place = {"line": line, "column": column}
    return Unreadable(
        _("This is no well-formed XML: there is an error at line %(line)d, column %(column)d.")
        % place
    )


def serialize(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def fill(element, pieces, paired: Callable, single: Callable) -> None:
    """Write the pieces into the element; the callables name and attribute their elements."""
    stack = [element]
    for piece in pieces:
        match piece:
            case Text(text):
                _append_text(stack[-1], text)
            case Open(number):
                stack.append(etree.SubElement(stack[-1], *paired(number)))
            case Close(_number):
                stack.pop()
            case Single(number):
                etree.SubElement(stack[-1], *single(number))


def _append_text(element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def pieces_in(element, read_child: Callable) -> tuple:
    """The pieces of mixed content; `read_child(child, within)` gives those of an inline element.

    `within()` gives the pieces of the child's own content.
    """
    pieces = [Text(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            pieces += read_child(child, lambda child=child: pieces_in(child, read_child))
        pieces.append(Text(child.tail or ""))
    return merged(pieces)


def local_name(element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element, name: str) -> list:
    """The child elements of the name, in the element's own namespace."""
    namespace = etree.QName(element).namespace
    return element.findall(f"{{{namespace}}}{name}" if namespace else name)


def child(element, name: str):
    found = children(element, name)
    return found[0] if found else None
