"""PO as gettext has it: object and segment are the context, tags are numbered: `<1>…</1>`."""

import re

import polib
from django.utils.translation import gettext as _

from lihsite.translating.markup import Close, Open, Single, Text, merged, writable
from lihsite.xml_text import NO_XML_CHARACTER

from .documents import PRODUCT, ObjectTexts, Unit, Unreadable, is_key

EXPORT_HEADER = "X-Export"
SOURCE_HEADER = "X-Source-Language"
TAG = re.compile(r"<(/?)(\d+)(/?)>")
AMBIGUOUS = re.compile(r"&(?=(?:amp|lt);)|<(?=/?\d+/?>)")
NO_FILE_NAME = "#\n"
"""A comment in front, which keeps polib from taking the text for the name of a file."""
STOPPED_IN = re.compile(r"\(line (\d+)\)")
REPLACEMENTS = {"&": "&amp;", "<": "&lt;"}


def write(objects: list[ObjectTexts]) -> bytes:
    """All objects are from the same language into the same one."""
    first = objects[0]
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": PRODUCT,
        "Language": first.target_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        SOURCE_HEADER: first.source_language,
        EXPORT_HEADER: first.token,
    }
    for texts in objects:
        for unit in texts.units:
            tags = [f"<{number}> {tag.start}" for number, tag in unit.tags.items() if tag.name]
            limit = [f"max. {unit.max_length}"] if unit.max_length else []
            entry = polib.POEntry(
                msgctxt=f"{texts.key}/{unit.name}",
                msgid=_written(unit.source),
                msgstr="" if unit.target is None else _written(unit.target),
                comment="\n".join(map(_line, [f"{texts.title}: {unit.label}", *limit, *tags])),
            )
            if unit.target is not None and unit.is_open:
                entry.flags.append("fuzzy")
            file.append(entry)
    return str(file).encode()


def _line(comment: str) -> str:
    """A comment as one line: what follows another end of a line is no comment to a reader."""
    return " ".join(writable(comment).splitlines())


def _written(pieces) -> str:
    parts = []
    for piece in pieces:
        match piece:
            case Text(text):
                parts.append(AMBIGUOUS.sub(lambda match: REPLACEMENTS[match[0]], text))
            case Open(number):
                parts.append(f"<{number}>")
            case Close(number):
                parts.append(f"</{number}>")
            case Single(number):
                parts.append(f"<{number}/>")
    return "".join(parts)


def read(data: bytes) -> list[ObjectTexts]:
    """Raises `Unreadable`."""
    text = text_in(data)
    try:
        file = polib.pofile(NO_FILE_NAME + text, check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        raise _no_po_file(error) from error
    metadata = file.metadata
    languages = metadata.get(SOURCE_HEADER, ""), metadata.get("Language", "")
    objects: dict[str, ObjectTexts] = {}
    for entry in file:
        if entry.obsolete:
            continue
        named, _slash, name = (entry.msgctxt or "").partition("/")
        key = named if is_key(named) else ""
        texts = objects.setdefault(
            key, ObjectTexts(key, *languages, token=metadata.get(EXPORT_HEADER, ""))
        )
        texts.units.append(
            Unit(
                name if key else entry.msgctxt or "",
                _read(entry.msgid),
                _read(entry.msgstr) or None,
                is_open=entry.fuzzy,
                problems=_problems_of(entry.msgstr),
            )
        )
    return list(objects.values())


def _problems_of(text: str) -> list[str]:
    """An escape sequence may stand for a character that the file itself could not have."""
    found = NO_XML_CHARACTER.search(text)
    return [_no_character(found[0])] if found else []


def text_in(data: bytes) -> str:
    """Raises `Unreadable`, also for a character that XML and the database have no place for."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not in UTF-8.")) from error
    if found := NO_XML_CHARACTER.search(text):
        raise Unreadable(_no_character(found[0]))
    return text


def _no_character(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return _("The file has a character that no text may have: %(code)s.") % {"code": code}


def _no_po_file(error: Exception) -> Unreadable:
    """In which line the parser stopped, which it only says within its English words."""
    found = STOPPED_IN.search(str(error))
    if not found:
        return Unreadable(_("This is no PO file."))
    line = int(found[1]) - NO_FILE_NAME.count("\n")
    return Unreadable(_("This is no PO file: there is an error in line %(line)d.") % {"line": line})


def _read(text: str) -> tuple:
    pieces, end = [], 0
    for match in TAG.finditer(text):
        pieces.append(Text(_plain(text[end : match.start()])))
        closes, number, stands_alone = match.groups()
        pieces.append((Close if closes else Single if stands_alone else Open)(number))
        end = match.end()
    pieces.append(Text(_plain(text[end:])))
    return merged(pieces)


def _plain(text: str) -> str:
    return re.sub("&(amp|lt);", lambda match: {"amp": "&", "lt": "<"}[match[1]], text)
