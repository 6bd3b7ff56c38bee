"""The fonts have what the site's own texts need, so that no letter comes from another font."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = Path(settings.STATICFILES_DIRS[0]) / "fonts"
STYLES = FONTS.parent / "css" / "site.css"
CONTENT = settings.BASE_DIR / "home" / "demonstration" / "content"

FACE = re.compile(
    r'@font-face {\s*font-family: "LIH (\w+)";\s*src: url\("\.\./fonts/([^"]+)"\)(.*?)}', re.S
)
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


def characters_of_the_site() -> set[str]:
    texts = [file.read_text() for file in CONTENT.glob("*.toml")]
    for catalogue in settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/django.po"):
        texts += [entry.msgid + entry.msgstr for entry in polib.pofile(str(catalogue))]
    return {character for text in texts for character in text if character.isprintable()}


def characters_of_the_family(family: str) -> set[int]:
    """What a family shows: characters that a file has and that its `unicode-range` lets it show."""
    shown = set()
    for name, file, rest in FACE.findall(STYLES.read_text()):
        if name == family and "italic" not in rest:
            declared = {
                code
                for first, last in RANGE.findall(rest)
                for code in range(int(first, 16), int(last or first, 16) + 1)
            }
            shown |= declared & set(TTFont(FONTS / file).getBestCmap())
    return shown


@pytest.mark.parametrize("family", ["Sans", "Serif"])
def test_every_character_of_the_site_is_in_the_fonts(family):
    shown = characters_of_the_family(family)
    assert len(shown) > 300
    # The serif sets headings, which have no arrows and other signs.
    needed = characters_of_the_site() if family == "Sans" else set("aéß «»„“–’\u2011\u202f")
    assert {character for character in needed if ord(character) not in shown} == set()
