"""The guide's text in a language: Markdown in `docs/guide/`, made into HTML for the admin.

The files are also read where the repository is shown: links between the languages and addresses of
pictures are those of files, and anchors are made of headings as code hosts make them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from lihsite.multilingual.languages import language_codes

FOLDER = settings.GUIDE_DIR
PICTURES = "pictures/"
STATIC_PREFIX = "guide/"
"""Where `STATICFILES_DIRS` puts the pictures."""

CONTENTS_LEVEL = "h2"

parser = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    level: str
    text: str
    anchor: str


@dataclass
class Guide:
    """A guide with all that its reader can follow; `pictures` and `links` are as in the file."""

    language: str
    title: str = ""
    html: SafeString = field(default_factory=SafeString)
    headings: list[Heading] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def contents(self) -> list[Heading]:
        return [heading for heading in self.headings if heading.level == CONTENTS_LEVEL]


def path_of(language: str) -> Path:
    return FOLDER / f"{language}.md"


def guide_languages() -> list[str]:
    """The languages in which there is a guide."""
    return [code for code in language_codes() if path_of(code).exists()]


def language_for(reader: str) -> str:
    """The reader's language if the guide is written in it, else the site's first."""
    return reader if reader in guide_languages() else settings.LANGUAGE_CODE


def guide_in(language: str) -> Guide:
    """Raises FileNotFoundError where there is no guide in the language."""
    guide = Guide(language)
    tokens = parser.parse(path_of(language).read_text(encoding="utf-8"))
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            _name_heading(guide, token, tokens[place + 1])
    for token in _inner(tokens):
        if token.type == "image":
            _show_picture(guide, token)
        elif token.type == "link_open":
            _lead_on(guide, token)
    # Written by us, and raw HTML in it is not taken for HTML.
    guide.html = mark_safe(parser.renderer.render(tokens, parser.options, {}))  # noqa: S308
    return guide


def _inner(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _name_heading(guide: Guide, opening: Token, inline: Token) -> None:
    heading = Heading(opening.tag, inline.content, slugify(inline.content, allow_unicode=True))
    opening.attrSet("id", heading.anchor)
    guide.title = guide.title or heading.text
    guide.headings.append(heading)


def _show_picture(guide: Guide, token: Token) -> None:
    """With its size, so that nothing moves while it loads; a picture that is not there has none."""
    source = str(token.attrs["src"])
    guide.pictures.append(source)
    file = FOLDER / source
    if source.startswith(PICTURES) and file.exists():
        with Image.open(file) as picture:
            width, height = picture.size
        token.attrSet("src", static(STATIC_PREFIX + source.removeprefix(PICTURES)))
        token.attrSet("width", str(width))
        token.attrSet("height", str(height))
        token.attrSet("loading", "lazy")


def _lead_on(guide: Guide, token: Token) -> None:
    target = str(token.attrs["href"])
    guide.links.append(target)
    name, _, anchor = target.partition("#")
    for language in guide_languages():
        if name == path_of(language).name:
            address = reverse("guide", args=[language])
            token.attrSet("href", f"{address}#{quote(anchor)}" if anchor else address)
