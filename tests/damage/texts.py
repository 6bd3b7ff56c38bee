"""Texts that name the save that they are of, so that half a save can be told."""

import hashlib
import re

NUMBER = re.compile(r"save (\d+)")
TEXTS = ("title_en", "seo_title_en", "search_description_en", "summary_en")
PASSWORD = "luxembourg-2026"


def text_of(number: int) -> str:
    return f"save {number}"


def numbers(content: dict) -> list[int]:
    """The saves that the texts of a revision are of: one, if they are of one save."""
    texts = [*(content[name] for name in TEXTS), content["body_en"]]
    return sorted({int(number) for text in texts for number in NUMBER.findall(text)})


def paragraph(name: str, text: str) -> dict:
    return {"type": "paragraph", "id": name, "value": f"<p>{text}</p>"}


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
