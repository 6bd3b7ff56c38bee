"""The formats of exchange: what they are called, who writes them, and which one a file is in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import po, xliff1, xliff2, xml
from .documents import ObjectTexts, Unreadable


@dataclass(frozen=True)
class Format:
    name: str
    label: str
    extension: str
    content_type: str
    write: Callable[[list[ObjectTexts]], bytes]
    one_source: bool = True
    """Whether all texts of a file are from the same language."""


FORMATS = {
    format.name: format
    for format in (
        Format("xliff-1.2", "XLIFF 1.2", "xlf", "application/xliff+xml", xliff1.write, False),
        Format("xliff-2.0", "XLIFF 2.0", "xlf", "application/xliff+xml", xliff2.write),
        Format("po", "PO (gettext)", "po", "text/x-gettext-translation", po.write),
    )
}


UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes) -> list[ObjectTexts]:
    """What a file holds, in whichever format it is; raises `Unreadable`."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and data[:2] not in UTF_16:
        objects = po.read(data)
    else:
        objects = _read_xliff(data)
    if not any(texts.units for texts in objects):
        raise Unreadable(_("There is no text in the file."))
    return objects


def _read_xliff(data: bytes) -> list[ObjectTexts]:
    root = xml.parse(data)
    version = root.get("version", "")
    if xml.local_name(root) == "xliff" and version in {"1.0", "1.1", "1.2"}:
        return xliff1.read(root)
    if xml.local_name(root) == "xliff" and version.startswith("2."):
        return xliff2.read(root)
    raise Unreadable(_("This is neither XLIFF 1.2, XLIFF 2.0 nor PO."))
