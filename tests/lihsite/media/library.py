"""Entries of the library for tests, drawn and written on the spot."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from lihsite.models import Document, Image


def image_file(name="cells.png", size=(640, 480), kind="PNG") -> SimpleUploadedFile:
    stream = io.BytesIO()
    PillowImage.linear_gradient("L").resize(size).convert("RGB").save(stream, kind)
    return SimpleUploadedFile(name, stream.getvalue())


def image(size=(640, 480), **fields) -> Image:
    fields.setdefault("title_en", "Cells")
    fields.setdefault("description_en", "Cells under a microscope")
    return Image.objects.create(file=image_file(size=size), **fields)


def document(name="report.pdf", content=b"%PDF-1.7 report", **fields) -> Document:
    fields.setdefault("title_en", "Report")
    return Document.objects.create(
        file=SimpleUploadedFile(name, content), file_size=len(content), **fields
    )
