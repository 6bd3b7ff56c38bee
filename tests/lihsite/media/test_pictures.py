"""Responsive pictures."""

import re

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation

from lihsite.media import pictures
from lihsite.media.pictures import make_renditions, picture, social_size
from tests.lihsite.media.library import image, phone_photo

pytestmark = pytest.mark.django_db


def parse(html):
    return BeautifulSoup(html, "html.parser").picture


def test_a_picture_comes_in_three_formats_with_its_size():
    shown = parse(picture(image(size=(1000, 500)), "body"))
    assert [source["type"] for source in shown.find_all("source")] == ["image/avif", "image/webp"]
    assert re.findall(r" (\d+)w", shown.source["srcset"]) == ["400", "640", "960"]
    assert shown.source["sizes"] == pictures.ROLES["body"].sizes
    assert shown.img["src"].endswith(".png")
    assert (shown.img["width"], shown.img["height"]) == ("960", "480")
    assert shown.img["loading"] == "lazy"
    assert shown.img["decoding"] == "async"
    assert "style" not in str(shown)


def test_nothing_is_enlarged():
    shown = parse(picture(image(size=(200, 100)), "body"))
    assert re.findall(r" (\d+)w", shown.source["srcset"]) == ["200"]


def test_a_picture_that_is_turned_upright_has_each_width_once():
    shown = parse(picture(phone_photo(size=(1500, 700)), "body"))
    assert re.findall(r" (\d+)w", shown.source["srcset"]) == ["400", "640", "700"]
    assert (shown.img["width"], shown.img["height"]) == ("700", "1500")


@pytest.mark.parametrize(("size", "widths"), [((20, 17_000), ["19"]), ((410, 17_000), ["395"])])
def test_a_picture_that_is_taller_than_webp_can_be_is_shown_less_wide(size, widths):
    shown = parse(picture(image(size=size), "body"))
    assert re.findall(r" (\d+)w", shown.source["srcset"]) == widths
    assert int(shown.img["height"]) <= 16_383


def test_a_crop_keeps_the_focal_point():
    original = image(size=(900, 300))
    original.focal_point_x, original.focal_point_y = 850, 150
    original.focal_point_width = original.focal_point_height = 60
    shown = parse(picture(original, "portrait-large"))
    assert shown.img["width"] == shown.img["height"] == "240"
    plain = original.renditions.get(filter_spec="fill-240x240|format-png")
    assert plain.focal_point.x > plain.width / 2


def test_a_logo_is_shown_whole_in_two_densities():
    shown = parse(picture(image(size=(800, 400)), "logo"))
    assert (shown.img["width"], shown.img["height"]) == ("128", "64")
    assert re.findall(r" (\dx)", shown.source["srcset"]) == ["1x", "2x"]
    assert "sizes" not in shown.source.attrs


def test_the_alternative_text_is_the_librarys_in_the_visitors_language():
    cells = image(description_en="Cells", description_fr="Des cellules")
    with translation.override("fr"):
        shown = parse(picture(cells, "body"))
    assert shown.img["alt"] == "Des cellules"
    assert "lang" not in shown.img.attrs


def test_an_alternative_text_in_another_language_says_so():
    with translation.override("fr"):
        shown = parse(picture(image(description_en="Cells"), "body"))
    assert (shown.img["alt"], shown.img["lang"]) == ("Cells", "en")


def test_an_alternative_text_is_escaped():
    assert parse(picture(image(), "body", alt='"><script>')).img["alt"] == '"><script>'


def test_a_picture_with_text_in_it_is_shown_in_the_visitors_language():
    english = image(size=(640, 480), language="en")
    image(size=(300, 200), language="fr", version_of=english)
    with translation.override("fr"):
        assert parse(picture(english, "body")).img["width"] == "300"
    with translation.override("en"):
        assert parse(picture(english, "body")).img["width"] == "640"


def test_a_picture_whose_file_is_gone_leaves_no_trace():
    gone = image()
    gone.file.storage.delete(gone.file.name)
    assert picture(gone, "body") == ""
    assert social_size(gone) is None
    assert pictures.plain_url(gone, "poster") == ""


@pytest.mark.parametrize("error", [OSError("encoder error -2"), ValueError("encoding error 5")])
def test_a_picture_that_cannot_be_encoded_leaves_a_line_in_the_log(monkeypatch, caplog, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("willow.plugins.pillow.PillowImage.save_as_webp", fail)
    cells = image()
    assert picture(cells, "body") == ""
    assert f"could be made of image {cells.pk}: {error}" in caplog.text


def test_the_tag_passes_on_what_the_page_wants():
    tag = '{% load pictures %}{% picture cells "hero" alt="" css_class="x" important=True %}'
    shown = parse(Template(tag).render(Context({"cells": image()})))
    assert (shown.img["alt"], shown.img["class"]) == ("", ["x"])
    assert shown.img["fetchpriority"] == "high"
    assert "loading" not in shown.img.attrs


def test_no_picture_is_no_markup():
    assert picture(None, "body") == ""


def test_renditions_made_ahead_are_all_that_a_visit_needs():
    cells = image(size=(1000, 700))
    make_renditions([cells], "lead", "card")
    made = set(cells.renditions.values_list("filter_spec", flat=True))
    picture(cells, "lead")
    picture(cells, "card")
    assert set(cells.renditions.values_list("filter_spec", flat=True)) == made


def test_the_social_picture_has_the_size_that_networks_show():
    shown = social_size(image(size=(1400, 1000)))
    assert (shown.width, shown.height) == (1200, 630)
    assert shown.url.endswith(".jpg")
