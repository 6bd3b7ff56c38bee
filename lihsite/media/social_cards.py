"""Draws the picture that networks show where a page is shared: its title on its artwork."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont, ImageOps
from PIL.ExifTags import Base

from .images import Image

SIZE = WIDTH, HEIGHT = 1200, 630
"""In pixels, as consumers of Open Graph ask for."""
DESIGN = 2
"""Counted up when cards come to look otherwise, so that they are drawn anew."""

PAPER, INK, SOFT = "#faf8f4", "#12202e", "#445260"
MARGIN = 72
PICTURE_WIDTH = 440
TITLE_SIZES = range(76, 38, -4)
TITLE_HEIGHT = 330
LINE = 1.14
"""The distance of lines, in sizes of the font."""
LYING = range(5, 9)
"""The Exif orientations of pictures that are stored lying on their side."""
LABEL_SIZE, WORDMARK_SIZE = 30, 30
NAME = "Luxembourg Institute of Health"


@dataclass(frozen=True)
class SocialCard:
    """What is drawn; `colour` is a hexadecimal one, `label` stands small above the title."""

    title: str
    label: str
    colour: str
    picture: Image | None = None

    @property
    def key(self) -> str:
        """The same as long as the card looks the same."""
        picture = self.picture
        parts = [str(DESIGN), self.title, self.label, self.colour]
        if picture:
            parts += [picture.file.name, str(picture.get_focal_point())]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def draw(self) -> bytes:
        """The card as a JPEG; without the artwork if its file is gone."""
        artwork = self._artwork()
        if artwork:
            card, ink, soft = Picture.new("RGB", SIZE, PAPER), INK, SOFT
            card.paste(artwork, (WIDTH - PICTURE_WIDTH, 0))
        else:
            card, ink, soft = Picture.new("RGB", SIZE, self.colour), PAPER, PAPER
        pen = ImageDraw.Draw(card)
        if artwork:
            pen.rectangle((0, 0, 16, HEIGHT), fill=self.colour)
        width = WIDTH - 2 * MARGIN - (PICTURE_WIDTH if artwork else 0)
        if self.label:
            _write(pen, (MARGIN, MARGIN - 8), self.label, "sans", LABEL_SIZE, soft)
        size, lines = fitted(self.title, width)
        for number, line in enumerate(lines):
            place = (MARGIN, MARGIN + 48 + round(number * size * LINE))
            _write(pen, place, line, "serif", size, ink)
        _draw_mark(card, (MARGIN, HEIGHT - MARGIN - 44), 48, self.colour if artwork else PAPER)
        _write(pen, (MARGIN + 64, HEIGHT - MARGIN - 38), NAME, "serif", WORDMARK_SIZE, ink)
        data = BytesIO()
        card.save(data, "JPEG", quality=88, progressive=True)
        return data.getvalue()

    def _artwork(self) -> Picture.Image | None:
        if self.picture is None:
            return None
        with suppress(OSError), self.picture.open_file() as file, Picture.open(file) as opened:
            # A JPEG is read in a fraction of its size where that is enough, whichever way is up.
            opened.draft("RGB", (HEIGHT, HEIGHT))
            across, down = self.picture.width, self.picture.height
            if opened.getexif().get(Base.Orientation) in LYING:
                across, down = down, across
            shown = ImageOps.exif_transpose(opened).convert("RGBA")
            ground = Picture.new("RGBA", shown.size, PAPER)
            ground.alpha_composite(shown)
            focus = self.picture.get_focal_point()
            middle = (0.5, 0.5)
            if focus:
                middle = (focus.centroid.x / across, focus.centroid.y / down)
            size = (PICTURE_WIDTH, HEIGHT)
            return ImageOps.fit(ground.convert("RGB"), size, centering=middle)
        return None


def fitted(title: str, width: int) -> tuple[int, list[str]]:
    """The largest size in which the title has room, and its lines in it.

    A word that is wider than a line, as German ones can be, is parted in the smallest size only;
    what has no room even there ends in an ellipsis.
    """
    for size in TITLE_SIZES:
        lines = wrapped(title, size, width)
        fits = all(_length(line, "serif", size) <= width for line in lines)
        if fits and len(lines) * size * LINE <= TITLE_HEIGHT:
            return size, lines
    size = TITLE_SIZES[-1]
    lines = wrapped(title, size, width, parts_words=True)
    most = int(TITLE_HEIGHT // (size * LINE))
    if len(lines) > most:
        last = lines[most - 1]
        while last and _length(f"{last}…", "serif", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return size, lines


def wrapped(title: str, size: int, width: int, *, parts_words: bool = False) -> list[str]:
    """The title in lines; narrow and other unbreakable spaces hold words together."""
    lines = [""]
    for word in title.replace("\u00ad", "").split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if _length(longer, "serif", size) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
        while parts_words and _length(lines[-1], "serif", size) > width:
            whole = lines[-1]
            end = len(whole) - 1
            while end > 1 and _length(f"{whole[:end]}-", "serif", size) > width:
                end -= 1
            lines[-1:] = [f"{whole[:end]}-", whole[end:]]
    return [line for line in lines if line]


def _write(pen, place, text: str, family: str, size: int, colour: str) -> None:
    """Write a line, its rare letters from the font's extension."""
    x, y = place
    for extended, run in _runs(text, family):
        font = _font(family, size, extended)
        pen.text((x, y), run, colour, font)
        x += font.getlength(run)


def _length(text: str, family: str, size: int) -> float:
    runs = _runs(text, family)
    return sum(_font(family, size, extended).getlength(run) for extended, run in runs)


def _runs(text: str, family: str) -> list[tuple[bool, str]]:
    """The text in pieces that one of the font's two files has all the letters of."""
    runs = []
    for letter in text:
        extended = not _has(family, letter)
        if runs and runs[-1][0] == extended:
            runs[-1] = (extended, runs[-1][1] + letter)
        else:
            runs.append((extended, letter))
    return runs


@lru_cache(maxsize=4096)
def _has(family: str, letter: str) -> bool:
    """Whether the font's first file has the letter, or neither has."""
    missing = "\U000f0000"
    first, second = (_font(family, 32, extended) for extended in (False, True))

    def drawn(font, text):
        return bytes(font.getmask(text)), font.getlength(text)

    lacks_first = drawn(first, letter) == drawn(first, missing)
    return not lacks_first or drawn(second, letter) == drawn(second, missing)


@lru_cache(maxsize=64)
def _font(family: str, size: int, extended: bool) -> ImageFont.FreeTypeFont:
    suffix = "-extended" if extended else ""
    return ImageFont.truetype(finders.find(f"fonts/lih-{family}{suffix}.woff2"), size)


def _draw_mark(card, place, size: int, colour: str) -> None:
    """The institute's mark, as in `icons/mark.svg`, drawn large and reduced for smooth lines."""
    scale = 4 * size / 48
    mark = Picture.new("L", (4 * size, 4 * size))
    pen = ImageDraw.Draw(mark)

    def circle(x, y, radius, **options):
        box = [(value * scale) for value in (x - radius, y - radius, x + radius, y + radius)]
        pen.ellipse(box, **options)

    for x, y in ((24, 16.5), (17.5, 27.75), (30.5, 27.75)):
        circle(x, y, 13, outline=255, width=round(2.5 * scale))
    circle(24, 24, 4.25, fill=255)
    mark = mark.resize((size, size), Picture.Resampling.LANCZOS)
    card.paste(Picture.new("RGB", mark.size, colour), place, mark)
