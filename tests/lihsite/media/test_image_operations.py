"""How sizes of pictures are encoded."""

from io import BytesIO

import pytest
from PIL import Image as Picture
from willow.plugins.pillow import PillowImage

from lihsite.media.image_operations import AVIF_SPEED, FormatOperation
from lihsite.media.renditions import filter_for


@pytest.fixture
def drawing():
    return Picture.radial_gradient("L").convert("RGB")


def encoded(drawing, **options) -> bytes:
    file = BytesIO()
    drawing.copy().save(file, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "quick", "usual"),
    [("avif", {"speed": AVIF_SPEED}, {"speed": 6}), ("webp", {}, {"method": 0})],
)
def test_avif_alone_is_encoded_at_a_higher_speed(drawing, name, quick, usual):
    operation = filter_for(f"width-400|format-{name}").operations[-1]
    assert isinstance(operation, FormatOperation)
    willow, file = PillowImage(drawing.copy()), BytesIO()
    operation.run(willow, None, {})
    getattr(willow, f"save_as_{name}")(file, quality=60)
    assert file.getvalue() == encoded(drawing, format=name.upper(), quality=60, **quick)
    assert file.getvalue() != encoded(drawing, format=name.upper(), quality=60, **usual)
