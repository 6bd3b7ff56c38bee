"""Coded texts as services take them: tags as numbered elements, which they leave in place."""

import re
from html import escape, unescape

from lihsite.translating.markup import (
    Close,
    Coded,
    Open,
    Single,
    Text,
    merged,
    problems_of,
    put_together,
)

TAG = re.compile(r'<(/?)\s*([gx])(?:\s+id="?(\d+)"?)?\s*(/?)>')
NOTHING = Coded()


def tagged(coded: Coded) -> str:
    """
    >>> tagged(code("Ask <b>us</b>", is_rich=True))
    'Ask <g id="1">us</g>'
    """
    parts = []
    for piece in coded.pieces:
        match piece:
            case Text(text):
                parts.append(escape(text, quote=False))
            case Open(number):
                parts.append(f'<g id="{number}">')
            case Close(_number):
                parts.append("</g>")
            case Single(number):
                parts.append(f'<x id="{number}"/>')
    return "".join(parts)


def untagged(answer: str, source: Coded, *, is_rich: bool) -> str | None:
    """The translation with the markup of the source; None if the service has broken it."""
    pieces, open_numbers, end = [], [], 0
    for match in TAG.finditer(answer):
        pieces.append(Text(unescape(answer[end : match.start()])))
        end = match.end()
        closes, name, number, _alone = match.groups()
        if name == "x":
            if not closes:
                pieces.append(Single(number or ""))
        elif not closes:
            pieces.append(Open(number or ""))
            open_numbers.append(number or "")
        elif open_numbers:
            pieces.append(Close(open_numbers.pop()))
        else:
            return None
    pieces = merged([*pieces, Text(unescape(answer[end:]))])
    if problems_of(pieces, source, NOTHING):
        return None
    return put_together(pieces, source.tags, is_rich=is_rich)
