"""Text in single lines, as files hold it in which a line says something: calendars, references."""

import re

from lihsite.xml_text import xml_text

_SPACE = re.compile("[\t-\r\x1c-\x20\x85\u2028\u2029]+")
"""What ends a line or can be broken; the spaces stay that French has before some of its signs."""
_DELETE = "\x7f"
"""A control character that XML can hold, unlike the others."""


def one_line(text: str) -> str:
    """The text in one line, without control characters."""
    return xml_text(_SPACE.sub(" ", text).replace(_DELETE, "")).strip()


def plain_lines(text: str) -> str:
    """The same of each line of a text."""
    return "\n".join(one_line(line) for line in text.splitlines())
