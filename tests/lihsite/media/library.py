"""Entries of the library for tests, drawn and written on the spot."""

import io
import json
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage
from PIL.ExifTags import Base

from lihsite.models import Document, Image
from tests import factories
from tests.lihsite.search.published import published


def image_file(name="cells.png", size=(640, 480), kind="PNG") -> SimpleUploadedFile:
    stream = io.BytesIO()
    PillowImage.linear_gradient("L").resize(size).convert("RGB").save(stream, kind)
    return SimpleUploadedFile(name, stream.getvalue())


def image(size=(640, 480), **fields) -> Image:
    fields.setdefault("title_en", "Cells")
    fields.setdefault("description_en", "Cells under a microscope")
    return Image.objects.create(file=image_file(size=size), **fields)


def phone_photo(size=(640, 480)) -> Image:
    """A photo in portrait format, red above and blue below, that is stored lying on its side."""
    width, height = size
    stored = PillowImage.new("RGB", size, "red")
    stored.paste("blue", (width // 2, 0, width, height))
    exif = PillowImage.Exif()
    exif[Base.Orientation] = 6
    stream = io.BytesIO()
    stored.save(stream, "JPEG", exif=exif.tobytes())
    file = SimpleUploadedFile("photo.jpg", stream.getvalue())
    return Image.objects.create(title_en="Photo", file=file)


def bodies_with(document: Document) -> dict[str, str]:
    """The body of a page in each language, with a link to the document."""
    text = f'<p><a linktype="document" id="{document.pk}">x</a></p>'
    body = [{"type": "paragraph", "id": str(uuid4()), "value": text}]
    return {f"body_{code}": json.dumps(body) for code in factories.ALL}


def shown(document: Document, **fields):
    """A published page that leads to the document in each language; `fields` are its own."""
    return published(factories.content_page, **bodies_with(document) | fields)


def document(name="report.pdf", content=b"%PDF-1.7 report", **fields) -> Document:
    fields.setdefault("title_en", "Report")
    return Document.objects.create(
        file=SimpleUploadedFile(name, content), file_size=len(content), **fields
    )
