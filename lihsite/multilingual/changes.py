"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from enum import StrEnum

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

TAG = re.compile(r"<(/?)(\w+)[^>]*>")
TOKEN = re.compile(r"</?\w+[^>]*>|&\w+;|\s+|\w+|.", re.DOTALL)
PLAIN_TOKEN = re.compile(r"\s+|\w+|.", re.DOTALL)
"""Of a text whose signs only look like tags: `p <0.05`."""
SHOWN_TAGS = frozenset(
    {"p", "br", "ul", "ol", "li", "b", "strong", "i", "em", "sup", "sub", "a", "h2", "h3", "h4"}
)
"""The tags of rich text that show how a text reads; all others are left out."""
LONG = 500
"""The tokens above which texts do not meet at their most common words: each of their places would
be compared with each other, which takes seconds at some pages of text."""


class Op(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


Change = tuple[Op, str]


def word_changes(before: str, after: str, *, is_rich_text: bool) -> list[Change]:
    """The pieces of both texts in reading order: kept, deleted and inserted ones.

    Words are compared whole, and in rich text a tag counts as one, without its attributes. The
    kept and the inserted pieces together are `after`, the kept and the deleted ones `before`,
    attributes aside. Between two changes white space alone is no reason to stop: a changed
    phrase is one deletion and one insertion.
    """
    old, new = _tokens(before, is_rich_text), _tokens(after, is_rich_text)
    changes: list[Change] = []
    deleted = inserted = ""
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > LONG)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        kept = "".join(new[j1:j2])
        is_bridge = kept.isspace() and (deleted or inserted) and j2 < len(new)
        if op == Op.EQUAL and not is_bridge:
            changes += _pieces(deleted, inserted)
            deleted = inserted = ""
            changes.append((Op.EQUAL, kept))
        else:
            deleted += "".join(old[i1:i2])
            inserted += kept
    return changes + _pieces(deleted, inserted)


def _tokens(text: str, is_rich_text: bool) -> list[str]:
    return TOKEN.findall(TAG.sub(r"<\1\2>", text)) if is_rich_text else PLAIN_TOKEN.findall(text)


def difference_html(before: str, after: str, *, is_rich_text: bool) -> SafeString:
    """What became of a text, with `<del>` and `<ins>` at the words."""
    changes = word_changes(before, after, is_rich_text=is_rich_text)
    return changes_html(changes, is_rich_text=is_rich_text)


def _pieces(deleted: str, inserted: str) -> list[Change]:
    return [change for change in ((Op.DELETE, deleted), (Op.INSERT, inserted)) if change[1]]


def changes_html(changes: list[Change], *, is_rich_text: bool) -> SafeString:
    """The changes with `<del>` and `<ins>`, in the structure of the newer text."""
    return mark_safe("".join(_html_of(change, is_rich_text) for change in changes))  # noqa: S308


def text_html(text: str, *, is_rich_text: bool) -> SafeString:
    """A text to be read: rich text with its structure but no attributes, plain text escaped."""
    return changes_html([(Op.EQUAL, text)], is_rich_text=is_rich_text)


MARKUP = {Op.EQUAL: "{}", Op.DELETE: "<del>{}</del>", Op.INSERT: "<ins>{}</ins>"}


def _html_of(change: Change, is_rich_text: bool) -> str:
    op, text = change
    if not is_rich_text:
        return _marked(op, escape(text))
    html = ""
    position = 0
    for tag in TAG.finditer(text):
        html += _marked(op, _plain(text[position : tag.start()]))
        position = tag.end()
        if op == Op.DELETE:
            html += " "
        elif tag[2] in SHOWN_TAGS:
            html += f"<{tag[1]}{tag[2]}>"
    return html + _marked(op, _plain(text[position:]))


def _plain(text: str) -> str:
    """Text between tags, whose entities are written already."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _marked(op: Op, html: str) -> str:
    if op == Op.EQUAL or not html:
        return html
    return format_html(MARKUP[op], mark_safe(html))  # noqa: S308
