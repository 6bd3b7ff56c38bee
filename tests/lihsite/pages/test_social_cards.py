"""The pictures of pages for networks, and what the pages say of them."""

import re
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from freezegun import freeze_time
from PIL import Image as Picture

from lihsite.media.social_cards import SIZE, TITLE_HEIGHT, SocialCard, fitted
from lihsite.pages.social_cards import draw_cards_of
from news.models import NewsPage
from tests import factories
from tests.lihsite.media.library import image, phone_photo

LONG_WORD = "Arzneimittelunverträglichkeitsregisterdatenschutzgrundverordnung"


def test_a_card_has_the_size_that_networks_ask_for():
    card = Picture.open(BytesIO(SocialCard("A title", "Story", "#0b5563").draw()))
    assert (card.size, card.format) == (SIZE, "JPEG")


@pytest.mark.parametrize(
    "title", ["Short", LONG_WORD, f"{LONG_WORD} " * 3, "word " * 50, "W" * 255]
)
def test_every_title_has_room(title):
    size, lines = fitted(title, 600)
    assert len(lines) * size <= TITLE_HEIGHT
    joined = "".join(lines).replace("-", "").replace(" ", "")
    assert title.replace(" ", "").startswith(joined.rstrip("…"))


def test_short_titles_are_set_larger_than_long_ones():
    assert fitted("Short", 600)[0] > fitted("word " * 20, 600)[0]


def test_the_key_names_what_is_seen():
    keys = {
        SocialCard(*given).key
        for given in (("A", "", "#000"), ("B", "", "#000"), ("A", "x", "#000"), ("A", "", "#fff"))
    }
    assert len(keys) == 4


pytestmark = pytest.mark.django_db


def artwork_of(photo):
    """The colours in the artwork of the photo's card, above and below."""
    card = Picture.open(BytesIO(SocialCard("A title", "", "#0b5563", photo).draw()))
    return ["red" if card.getpixel((980, y))[0] > 200 else "blue" for y in (60, 570)]


def test_a_photo_stands_upright_on_a_card():
    assert artwork_of(phone_photo(size=(800, 600))) == ["red", "blue"]


def test_the_focal_point_of_a_photo_is_that_of_the_upright_one():
    photo = phone_photo(size=(1600, 400))
    photo.focal_point_x, photo.focal_point_y = 200, 1500
    photo.focal_point_width = photo.focal_point_height = 100
    assert artwork_of(photo) == ["blue", "blue"]


@pytest.fixture(autouse=True)
def home():
    return factories.home()


def shared(client, page, language):
    """The properties of Open Graph on a page, as lists."""
    html = client.get(page.get_url_for_language(language)).text
    found = {}
    for name, value in re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)"', html):
        found.setdefault(name, []).append(value)
    return found


def test_each_language_has_a_card_of_its_own(client):
    page = factories.news(title_fr="Une découverte", live_in=("en", "fr"))
    urls = set()
    for language, locale, others in (
        ("en", "en_GB", ["fr_FR"]),
        ("fr", "fr_FR", ["en_GB"]),
    ):
        found = shared(client, page, language)
        assert found["og:locale"] == [locale]
        assert found["og:locale:alternate"] == others
        assert found["twitter:card"] == ["summary_large_image"]
        assert found["og:type"] == ["article"]
        assert (found["og:image:width"], found["og:image:height"]) == (["1200"], ["630"])
        urls.update(found["og:image"])
    assert len(urls) == 2
    for url in urls:
        response = client.get(url.removeprefix("http://testserver"))
        assert response["Content-Type"] == "image/jpeg"
        assert "immutable" in response["Cache-Control"]
        assert Picture.open(BytesIO(b"".join(response))).size == SIZE


def test_a_picture_that_was_chosen_stands_instead(client):
    page = factories.news(social_image=image(size=(1400, 800)))
    (url,) = shared(client, page, "en")["og:image"]
    assert "/social/" not in url


def test_a_new_title_has_a_new_address_to_which_the_old_one_leads(client):
    page = factories.news(title_en="Before")
    old = page.get_social_card_url("en")
    assert client.get(old).status_code == 200
    page.title_en = "After"
    page.save()
    new = page.get_social_card_url("en")
    assert client.get(old).url == new != old
    assert client.get(new).status_code == 200
    files = default_storage.listdir(f"social/{page.pk}")[1]
    assert [name for name in files if name.startswith("en-")] == [new.rpartition("/")[2]]


def test_cards_are_drawn_at_publication_and_go_with_the_page(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = str(tmp_path)
    page = factories.news(live_in=("en", "de"))
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    files = default_storage.listdir(f"social/{page.pk}")[1]
    assert sorted(name[:2] for name in files) == ["de", "en"]
    number = page.pk
    page.delete()
    assert default_storage.listdir(f"social/{number}")[1] == []


def test_nobody_gets_the_card_of_a_page_that_is_not_for_everybody(client):
    with freeze_time("2026-06-01"):
        page = factories.news(live_in=("en",), embargo="2026-06-10T08:00:00Z")
        page = NewsPage.objects.get(pk=page.pk)
        draw_cards_of.func("news.newspage", page.pk)
        address = page.get_social_card_url("en")
        other = page.get_social_card_url("fr")
        for asked in (address, other, f"/media{address}", "/social/1/xx-abc.jpg"):
            assert client.get(asked).status_code == 404
    with freeze_time("2026-06-10 09:00"):
        assert client.get(address).status_code == 200
        assert client.get(f"/media{address}").status_code == 404


def test_an_address_needs_a_page():
    assert reverse("social_card", args=[1, "en", "abc"]) == "/social/1/en-abc.jpg"
