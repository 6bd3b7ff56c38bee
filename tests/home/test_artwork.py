import pytest
from PIL import ImageStat

from home.demonstration import artwork
from home.demonstration.artwork import palette

SIZE = (120, 80)


@pytest.mark.parametrize("key", artwork.KEYS)
def test_every_key_draws_a_picture_of_the_size_asked_for(key):
    picture = artwork.draw(key, *SIZE)

    assert picture.size == SIZE
    assert picture.mode == ("RGBA" if key.startswith("partner-") else "RGB")
    assert max(ImageStat.Stat(picture).stddev) > 5, "the picture is blank"


@pytest.mark.parametrize("key", ["home-hero", "news-08", "portrait-3", "partner-1"])
def test_the_same_key_gives_the_same_bytes(key):
    assert artwork.draw(key, *SIZE).tobytes() == artwork.draw(key, *SIZE).tobytes()


def test_different_keys_give_different_pictures():
    assert artwork.draw("topic-neuro", *SIZE).tobytes() != artwork.draw("event-04", *SIZE).tobytes()


@pytest.mark.parametrize("size", [(1600, 1067), (90, 160), (400, 400)])
@pytest.mark.parametrize("key", artwork.KEYS)
def test_the_focal_area_lies_inside_the_picture(key, size):
    width, height = size
    x, y, across, down = artwork.focal_point(key, width, height)

    assert across >= 1
    assert down >= 1
    assert x - across / 2 >= -1
    assert x + across / 2 <= width + 1
    assert y - down / 2 >= -1
    assert y + down / 2 <= height + 1


@pytest.mark.parametrize("size", [(1600, 1067), (800, 800)])
def test_the_labels_of_the_infographic_do_not_overlap(size):
    width, height = size
    boxes = artwork.label_boxes(width, height)

    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
    for n, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top, (
                f"{boxes[n]} meets {other}"
            )


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        artwork.draw("news-99", *SIZE)


def contrast(first, second):
    """The contrast ratio of WCAG 2.2."""

    def luminance(colour):
        parts = [value / 255 for value in palette.rgb(colour)]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", palette.HUES)
def test_hues_can_be_read_in_the_light_and_in_the_dark(name):
    assert contrast(palette.HUES[name].base, palette.PAPER) >= 4.5
    assert contrast(palette.HUES[name].light, palette.INK) >= 4.5
