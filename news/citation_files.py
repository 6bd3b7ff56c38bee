"""A citation as files for reference managers: BibTeX and RIS."""

import re
import unicodedata

from lihsite.plain_lines import one_line
from news.citations import Citation

BIBTEX = "application/x-bibtex"
RIS = "application/x-research-info-systems"

_TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "\\": r"\textbackslash{}",
        # Escaped braces would still count where BibTeX looks for the end of a field.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_ADDRESS = str.maketrans({"{": r"\%7B", "}": r"\%7D", "\\": r"\%5C", "%": r"\%"})
"""A percent sign by itself would begin a comment."""
SHORTEST_WORD = 4


def bibtex(citation: Citation) -> str:
    """An entry in UTF-8, with every sign that TeX takes for an order escaped."""
    fields = {
        "author": " and ".join(_bibtex_author(author) for author in citation.authors),
        # The second pair of braces keeps capitals as they are, which German needs.
        "title": f"{{{_tex(citation.title)}}}",
        "journal": _tex(citation.journal),
        "year": str(citation.year or ""),
        "doi": one_line(citation.doi).translate(_ADDRESS),
        "url": one_line(citation.url).translate(_ADDRESS),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "article" if citation.journal else "misc"
    return "\n".join([f"@{kind}{{{_key(citation)},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """A record by the format's specification: a tag and a value a line, lines ended by CR LF."""
    lines = [("TY", "JOUR" if citation.journal else "GEN")]
    lines += [("AU", author.inverted) for author in citation.authors]
    lines += [
        ("TI", citation.title),
        ("JO", citation.journal),
        ("PY", str(citation.year or "")),
        ("DO", citation.doi),
        ("UR", citation.url),
    ]
    written = [f"{tag}  - {one_line(value)}" for tag, value in lines if value]
    return "\r\n".join([*written, "ER  - ", ""])


def _bibtex_author(author) -> str:
    if author.given:
        return f"{_whole(author.family)}, {_whole(author.given)}"
    return f"{{{_tex(author.family)}}}"


def _whole(name: str) -> str:
    """A part of a name; "and" within it would begin the next author."""
    text = _tex(name)
    return f"{{{text}}}" if re.search(r"\band\b", name, re.IGNORECASE) else text


def _tex(text: str) -> str:
    return one_line(text).translate(_TEX)


def _key(citation: Citation) -> str:
    """A name for the entry in plain letters and digits: author, year, a word of the title."""
    author = _plain(citation.authors[0].family) if citation.authors else ""
    words = (_plain(word) for word in citation.title.split())
    word = next((word for word in words if len(word) >= SHORTEST_WORD), "")
    return f"{author}{citation.year or ''}{word}" or "publication"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters if letter.isalnum()).lower()
