"""Pictures without what nobody sees: where and by whom they were taken, what stands after the end.

A picture is decoded and encoded anew before it is stored, so whatever its file carried besides is
gone: Exif and XMP with places and names, comments, thumbnails of what was cut off, archives and
scripts behind the last byte of the picture. The colour profile stays, and of Exif which way is up.
Greys of 16 bits, as microscopes write them, become 8, since a smaller picture is white otherwise.
"""

from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image as Picture
from PIL import ImageSequence
from PIL.ExifTags import Base

SHOWN = ("background", "gamma", "icc_profile", "loop", "transparency")
"""What Pillow keeps in `info` that shows in the picture, or is how a film of pictures runs."""

ENCODER_OPTIONS = {
    # With the tables of the original: what was lost once is not lost again.
    "JPEG": {"quality": "keep", "optimize": True},
    "MPO": {"quality": 95, "optimize": True},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 88, "speed": 9},
}
"""Of Pillow's encoders, by the format read. MPO is what cameras call a JPEG with several pictures,
of which the first is the one that is shown."""


class ReencodedPicture(ContentFile):
    """A picture that `without_hidden_data` has been through."""


def without_hidden_data(file: File) -> ReencodedPicture:
    """The picture in the same format and under the same name.

    Raises OSError, SyntaxError or ValueError (Pillow's own) for what is no whole picture.
    """
    if isinstance(file, ReencodedPicture):
        return file
    file.seek(0)
    stream = BytesIO()
    with Picture.open(file) as picture:
        found = picture.format
        orientation = picture.getexif().get(Base.Orientation)
        is_film = found != "MPO" and getattr(picture, "is_animated", False)
        options = {**ENCODER_OPTIONS.get(found, {}), "comment": b""}
        if found == "WEBP" and is_lossless_webp(file):
            options["lossless"] = True
        if is_film:
            options |= {"save_all": True, "duration": durations(picture)}
        if orientation:
            exif = Picture.Exif()
            exif[Base.Orientation] = orientation
            options["exif"] = exif.tobytes()
        if picture.mode == "I;16" and not is_film:
            picture = in_eight_bits(picture)
        picture.info = {name: picture.info[name] for name in SHOWN if name in picture.info}
        picture.save(stream, "JPEG" if found == "MPO" else found, **options, **picture.info)
    return ReencodedPicture(stream.getvalue(), name=file.name)


def in_eight_bits(picture: Picture.Image) -> Picture.Image:
    """A picture in greys of 16 bits in those of 8; Pillow's conversion only cuts off what is more.

    The grey that is transparent is one of the picture's.
    """
    smaller = picture.point(lambda grey: grey * (1 / 257)).convert("L")
    if "transparency" in smaller.info:
        smaller.info["transparency"] //= 257
    return smaller


def durations(film: Picture.Image) -> list[float]:
    """How long each picture of a film is shown, in milliseconds; known once it is decoded."""
    found = []
    for frame in ImageSequence.Iterator(film):
        frame.load()
        found.append(frame.info.get("duration", 0))
    film.seek(0)
    return found


def is_lossless_webp(file: File) -> bool:
    """Whether a WebP file has a lossless picture (RFC 9649, 2.6: the chunk `VP8L`)."""
    position = file.tell()
    file.seek(0)
    beginning = file.read(64 * 1024)
    file.seek(position)
    return b"VP8L" in beginning
