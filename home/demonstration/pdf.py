"""Writes a page of text as a PDF file in the fonts of the site."""

import tempfile
from pathlib import Path

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fpdf import FPDF

FONTS = {"Serif": "fonts/lih-serif.woff2", "Sans": "fonts/lih-sans.woff2"}
MARGIN = 25
TITLE_SIZE = 24
TEXT_SIZE = 11.5
LINE_HEIGHT = 6.2


def text_pdf(title: str, paragraphs: list[str], language: str) -> bytes:
    """An A4 document with its title and language in its properties. Lengths are in millimetres."""
    pdf = FPDF(format="A4")
    pdf.set_title(title)
    pdf.set_lang(language)
    pdf.set_margin(MARGIN)
    with tempfile.TemporaryDirectory() as folder:
        for family, name in FONTS.items():
            pdf.add_font(family, fname=_unpacked(finders.find(name), Path(folder)))
        pdf.add_page()
        pdf.set_font("Serif", size=TITLE_SIZE)
        pdf.multi_cell(0, TITLE_SIZE / 2, title, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Sans", size=TEXT_SIZE)
        for paragraph in paragraphs:
            pdf.ln(LINE_HEIGHT / 2)
            pdf.multi_cell(0, LINE_HEIGHT, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())


def _unpacked(web_font: str, folder: Path) -> Path:
    """The web font as a file that the PDF library takes."""
    font = TTFont(web_font)
    font.flavor = None
    path = folder / f"{Path(web_font).stem}.ttf"
    font.save(path)
    return path
