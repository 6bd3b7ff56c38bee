"""Reads the content of the demonstration and the way in which its texts are written.

A table whose keys are language codes is a translated value. In a text a blank line parts
paragraphs, a line that begins with "- " is an item of a list, and a single line break is a space.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from lihsite.multilingual.languages import language_codes

CONTENT = Path(__file__).parent / "content"


@cache
def read(section: str) -> dict:
    """The data of a file of `content/`; not to be changed."""
    return tomllib.loads((CONTENT / f"{section}.toml").read_text(encoding="utf-8"))


def is_translated(value) -> bool:
    return isinstance(value, dict) and bool(value) and value.keys() <= set(language_codes())


def in_language(value, language: str):
    """The value in a language; None where it is translated, but not into this one."""
    return value.get(language) if is_translated(value) else value


def languages_of(entry: dict) -> list[str]:
    """The codes of the languages into which a page is written, its title's."""
    return [code for code in language_codes() if in_language(entry["title"], code)]


def paragraphs(text: str) -> list[str]:
    return [_folded(part) for part in re.split(r"\n\s*\n", text.strip())]


def plain(text: str, separator: str = "\n\n") -> str:
    """The text for a field without markup."""
    return separator.join(paragraphs(text))


def rich(text: str) -> str:
    """The text as HTML for a rich text field: paragraphs and lists."""
    html = []
    for part in re.split(r"\n\s*\n", text.strip()):
        if part.startswith("- "):
            items = re.split(r"^- ", part, flags=re.MULTILINE)[1:]
            html.append("<ul>" + "".join(f"<li>{_folded(item)}</li>" for item in items) + "</ul>")
        else:
            html.append(f"<p>{_folded(part)}</p>")
    return re.sub(r"<a href=([^\"\s>]+)>", r'<a href="\1">', "".join(html))


def _folded(text: str) -> str:
    # Not `split()`: the narrow no-break spaces of French are white space to Python.
    return re.sub(r"[ \n]+", " ", text).strip()
