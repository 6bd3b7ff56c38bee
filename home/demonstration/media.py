"""Draws the pictures of the demonstration and writes its documents into the library."""

from io import BytesIO

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import ImageDraw, ImageFont
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from home.demonstration import artwork
from home.demonstration.pdf import text_pdf
from home.demonstration.reading import in_language, paragraphs, plain, read
from lihsite.multilingual.languages import DEFAULT_LANGUAGE, column, language_codes

Image = get_image_model()
Document = get_document_model()

LANDSCAPE = (1600, 1000)
PORTRAIT = (900, 900)
MARK = (320, 320)
JPEG_QUALITY = 88
INK = "#14263a"


def draw_pictures() -> dict[str, Image]:
    """All pictures of the content by key; those with words in them have a version a language."""
    content = read("media")
    pictures = {}
    for entry in content["images"]:
        texts = {
            "title": entry["title"],
            "description": entry["alternative_text"],
            "credit": content["credit"],
        }
        languages = list(entry.get("words", {}))
        if not languages:
            pictures[entry["key"]] = _draw(entry["key"], LANDSCAPE, texts)
            continue
        first, *others = languages
        original = _draw(entry["key"], LANDSCAPE, texts, entry["words"][first], first)
        for language in others:
            words = entry["words"][language]
            _draw(entry["key"], LANDSCAPE, texts, words, language, version_of=original)
        pictures[entry["key"]] = original
    for person in read("people")["people"]:
        texts = _texts_about(content["portraits"], person["name"], content["credit"])
        pictures[person["photo"]] = _draw(person["photo"], PORTRAIT, texts)
    for partner in read("home")["partners"]:
        texts = _texts_about(content["logos"], partner["name"], content["credit"])
        pictures[partner["logo"]] = _draw(partner["logo"], MARK, texts)
    return pictures


def write_documents() -> dict[str, Document]:
    """All documents of the content by key, each with a version in each other language."""
    documents = {}
    for entry in read("media")["documents"]:
        original = None
        for language, filename in entry["filename"].items():
            text = entry["text"][language]
            document = Document(
                file=ContentFile(
                    text_pdf(plain(entry["title"][language]), paragraphs(text), language), filename
                ),
                language=language,
                version_of=original,
            )
            _set_texts(document, {"title": entry["title"]})
            document.file_size = document.file.size
            document.save()
            document.get_file_hash()
            original = original or document
        documents[entry["key"]] = original
    return documents


def _texts_about(patterns: dict, name, credit) -> dict:
    """Title, alternative text and credit, with a name put into the patterns of each language."""

    def filled(pattern):
        return {
            language: in_language(pattern, language).format(name=in_language(name, language))
            for language in pattern
        }

    return {
        "title": filled(patterns["title"]),
        "description": filled(patterns["alternative_text"]),
        "credit": credit,
    }


def _set_texts(entry, texts: dict) -> None:
    for name, value in texts.items():
        for language in language_codes():
            text = in_language(value, language)
            if text:
                setattr(entry, column(name, language), plain(text))


def _draw(key, size, texts, words=None, language="", version_of=None) -> Image:
    drawing = artwork.draw(key, *size)
    if words:
        _write_words(drawing, words)
    extension, options = (
        ("png", {}) if drawing.mode == "RGBA" else ("jpg", {"quality": JPEG_QUALITY})
    )
    data = BytesIO()
    drawing.save(data, "PNG" if extension == "png" else "JPEG", **options)
    name = slugify(texts["title"][language or DEFAULT_LANGUAGE])
    x, y, width, height = artwork.focal_point(key, *size)
    picture = Image(
        file=ImageFile(data, name=f"{name}.{extension}"),
        language=language,
        version_of=version_of,
        focal_point_x=x,
        focal_point_y=y,
        focal_point_width=width,
        focal_point_height=height,
    )
    _set_texts(picture, texts)
    picture.file_size = picture.file.size
    picture.save()
    return picture


def _write_words(drawing, words) -> None:
    """Write the title and the name of each station where the artwork leaves room for them."""
    pen = ImageDraw.Draw(drawing)
    font_file = finders.find("fonts/lih-sans.woff2")
    for text, box in zip(words, artwork.label_boxes(*drawing.size), strict=True):
        is_title = text is words[0]
        font = ImageFont.truetype(font_file, drawing.height // (16 if is_title else 32))
        lines = _wrapped(plain(text), font, box[2] - box[0])
        pen.multiline_text((box[0], box[1]), "\n".join(lines), INK, font, spacing=6)


def _wrapped(text: str, font, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
