"""How sizes of pictures are encoded."""

from io import BytesIO

import pytest
from PIL import Image as Picture
from willow.plugins.pillow import PillowImage

from lihsite.media.image_operations import ENCODER_OPTIONS, FormatOperation
from lihsite.media.renditions import filter_for


@pytest.fixture
def drawing():
    return Picture.radial_gradient("L").convert("RGB")


def encoded(drawing, **options) -> bytes:
    file = BytesIO()
    drawing.copy().save(file, **options)
    return file.getvalue()


@pytest.mark.parametrize("name", ["avif", "webp"])
def test_sizes_are_encoded_quicker_than_pillow_does_by_itself(drawing, name):
    operation = filter_for(f"width-400|format-{name}").operations[-1]
    assert isinstance(operation, FormatOperation)
    willow, file = PillowImage(drawing.copy()), BytesIO()
    operation.run(willow, None, {})
    getattr(willow, f"save_as_{name}")(file, quality=60)
    options = {"format": name.upper(), "quality": 60}
    assert file.getvalue() == encoded(drawing, **options, **ENCODER_OPTIONS[name])
    assert file.getvalue() != encoded(drawing, **options)
