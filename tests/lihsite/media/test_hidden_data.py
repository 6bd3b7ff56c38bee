"""What a picture's file carries besides the picture is not kept."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from PIL import ImageChops, ImageCms, ImageSequence, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

from lihsite.media.hidden_data import without_hidden_data
from lihsite.models import Image

SECRET = b"Rue de la Maladie Secrete 7"
SIDEWAYS = 6
"""The Exif orientation of what is stored lying on its side."""


def exif() -> Picture.Exif:
    exif = Picture.Exif()
    exif[Base.Orientation] = SIDEWAYS
    exif[Base.Artist] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    return exif


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(kind: str, mode="RGB", frames=1, **options) -> bytes:
    """A picture, or a film of some, with something behind its end."""
    pictures = [
        Picture.linear_gradient("L").resize((64, 48)).rotate(90 * number).convert(mode)
        for number in range(frames)
    ]
    if frames > 1:
        durations = [100 * number for number in range(1, frames + 1)]
        options |= {"save_all": True, "append_images": pictures[1:], "duration": durations}
    stream = BytesIO()
    pictures[0].save(stream, kind, **options)
    return stream.getvalue() + SECRET


def comments() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return info


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"exif": exif(), "xmp": SECRET, "comment": SECRET, "icc_profile": profile()}),
        ("JPEG", {"mode": "CMYK", "exif": exif()}),
        ("MPO", {"frames": 2}),
        ("PNG", {"exif": exif(), "icc_profile": profile()}),
        ("PNG", {"pnginfo": comments(), "mode": "RGBA"}),
        ("PNG", {"mode": "P", "transparency": 3}),
        ("PNG", {"frames": 3}),
        ("GIF", {"mode": "P", "comment": SECRET}),
        ("GIF", {"mode": "P", "frames": 3, "comment": SECRET, "loop": 2}),
        ("WEBP", {"exif": exif(), "xmp": SECRET, "icc_profile": profile()}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"frames": 3, "loop": 2}),
        ("AVIF", {"exif": exif(), "xmp": SECRET, "icc_profile": profile()}),
        ("AVIF", {"frames": 3}),
    ],
)
def test_the_picture_stays_and_all_else_goes(kind, options):
    before = drawn(kind, **options)
    after = without_hidden_data(ContentFile(before, name="cells")).read()
    assert SECRET in before
    assert SECRET not in after
    original, kept = (Picture.open(BytesIO(data)) for data in (before, after))
    assert (kept.size, kept.mode) == (original.size, original.mode)
    assert kept.info.get("icc_profile") == original.info.get("icc_profile")
    assert kept.info.get("transparency") == original.info.get("transparency")
    found = kept.getexif()
    assert found.get(Base.Orientation) == original.getexif().get(Base.Orientation)
    assert set(found) <= {Base.Orientation}
    if kind == "MPO":
        assert kept.format == "JPEG"
    else:
        assert kept.format == original.format
        assert kept.info.get("loop") == original.info.get("loop")
        assert shown(kept) == shown(original)
    difference = ImageChops.difference(original.convert("RGB"), kept.convert("RGB"))
    assert max(high for _low, high in difference.getextrema()) <= 24


def shown(film: Picture.Image) -> list:
    """How long each picture is shown."""
    durations = []
    for frame in ImageSequence.Iterator(film):
        frame.load()
        durations.append(frame.info.get("duration"))
    film.seek(0)
    return durations


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_lossless_picture_loses_nothing(kind):
    options = {"lossless": True} if kind == "WEBP" else {}
    before = drawn(kind, mode="RGBA", **options)
    after = without_hidden_data(ContentFile(before, name="cells")).read()
    assert Picture.open(BytesIO(after)).tobytes() == Picture.open(BytesIO(before)).tobytes()


def test_greys_of_sixteen_bits_stay_greys():
    stream = BytesIO()
    greys = b"".join(grey.to_bytes(2, "little") for grey in (40_000, 20_000))
    original = Picture.frombytes("I;16", (2, 1), greys)
    original.save(stream, "PNG", transparency=20_000, icc_profile=profile())
    after = without_hidden_data(ContentFile(stream.getvalue(), name="cells.png")).read()
    kept = Picture.open(BytesIO(after))
    assert [kept.getpixel((x, 0)) for x in (0, 1)] == [155, 77]
    assert kept.info["transparency"] == 77
    assert kept.info["icc_profile"] == profile()


@pytest.fixture
def upload():
    return SimpleUploadedFile("cells.jpg", drawn("JPEG", exif=exif(), comment=SECRET))


def check(picture: Image) -> None:
    stored = picture.file.open().read()
    assert SECRET not in stored
    assert picture.file_size in (None, len(stored))
    assert picture.file.name.endswith(".jpg")
    rendition = picture.get_rendition("width-40")
    assert (rendition.width, rendition.height) == (40, 53), "turned upright"
    assert SECRET not in rendition.file.open().read()


@pytest.mark.django_db
def test_an_uploaded_picture_is_stored_so(admin_client, upload):
    address = reverse("wagtailimages:add_multiple")
    answer = admin_client.post(address, {"title": "Cells", "files[]": upload}).json()
    assert answer["success"], answer
    picture = Image.objects.get()
    check(picture)
    upload.seek(0)
    changed = {"title": "Cells", "file": upload}
    page = reverse("wagtailimages:edit", args=[picture.pk])
    assert admin_client.post(page, changed).status_code == 302
    check(Image.objects.get())


@pytest.mark.django_db
def test_a_picture_that_waits_for_its_texts_is_stored_so(admin_client, upload):
    """Wagtail keeps the file of a form that lacks something, and takes it once that is there."""
    address = reverse("wagtailimages:add_multiple")
    answer = admin_client.post(address, {"title": "x" * 300, "files[]": upload}).json()
    assert not Image.objects.exists()
    number = answer["uploaded_file_id"]
    page = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    prefix = f"uploaded-image-{number}"
    answer = admin_client.post(page, {f"{prefix}-title": "Cells"}).json()
    assert answer["success"], answer
    check(Image.objects.get())


@pytest.mark.django_db
def test_a_picture_that_a_program_stores_is_stored_so(upload):
    check(Image.objects.create(title_en="Cells", file=upload))
