"""What the first bytes of a file say about its format."""

from pathlib import PurePath

ZIP = (b"PK\x03\x04",)

SIGNATURES = {
    "pdf": (b"%PDF-",),
    "docx": ZIP,
    "xlsx": ZIP,
    "pptx": ZIP,
    "odt": ZIP,
    "ods": ZIP,
    "odp": ZIP,
    "zip": ZIP,
    "mp4": (),
    "webm": (b"\x1a\x45\xdf\xa3",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
    "csv": (),
    "txt": (),
}
"""The documents that the site takes, and how each begins; the formats without a mark have none.

Everything that a browser would run or draw as a page (HTML, SVG, XML) is missing on purpose.
"""

MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


def extension_of(file) -> str:
    """In small letters, without the dot; "" if there is none."""
    return PurePath(file.name).suffix.lower().removeprefix(".")


def matches_its_extension(file) -> bool:
    """Whether an uploaded file begins as its extension says; leaves it at its beginning.

    False for extensions that the site does not take. A file of a format without a mark must not
    begin as markup.
    """
    extension = extension_of(file)
    if extension not in SIGNATURES:
        return False
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if extension == "mp4":
        return head[4:8] == b"ftyp"
    if SIGNATURES[extension]:
        return head.startswith(SIGNATURES[extension])
    return b"\0" not in head and not head.lstrip().lower().startswith(MARKUP)
