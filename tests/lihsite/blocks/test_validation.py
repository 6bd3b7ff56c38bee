"""What the blocks refuse."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from lihsite.blocks.body import BodyBlock
from lihsite.blocks.video import hosted_video
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block, items
from tests.lihsite.media.library import document, image

pytestmark = pytest.mark.django_db

RICH = "<p>Text</p>"


def clean(kind, value):
    definition = BodyBlock().child_blocks[kind]
    return definition.clean(definition.to_python(value))


def errors_of(kind, value):
    with pytest.raises(StructBlockValidationError) as raised:
        clean(kind, value)
    return raised.value.block_errors


def table(columns=("Group",), rows=(("Treated",),)):
    return {
        "caption": "Cells",
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in columns],
            "rows": [{"values": list(row)} for row in rows],
            "caption": "",
        },
    }


def test_a_body_with_every_block_is_valid():
    factories.home()
    stream = BodyBlock()
    stream.clean(stream.to_python(every_block()))


@pytest.mark.parametrize(
    ("kind", "value", "fields"),
    [
        ("heading", {"text": "", "level": "h2"}, {"text"}),
        ("heading", {"text": "Title", "level": "h4"}, {"level"}),
        ("quote", {"text": ""}, {"text"}),
        ("callout", {"tone": "loud", "text": RICH}, {"tone"}),
        ("callout", {"tone": "note", "text": ""}, {"text"}),
        ("accordion", {"items": []}, {"items"}),
        ("image", {"image": None}, {"image"}),
        ("key_figures", {"figures": items({"value": "", "label": "people"})}, {"figures"}),
        ("key_figures", {"figures": []}, {"figures"}),
        ("table", table(columns=("",)), {"table"}),
        ("table", table(rows=()), {"table"}),
        ("table", {**table(), "caption": ""}, {"caption"}),
        ("timeline", {"entries": items({"date": "", "title": "Start"})}, {"entries"}),
        ("documents", {"documents": []}, {"documents"}),
        ("people", {"people": []}, {"people"}),
        ("related_pages", {"pages": []}, {"pages"}),
        ("call_to_action", {"title": "Act", "label": "Go"}, {"page", "url"}),
        ("call_to_action", {"title": "Act", "label": "Go", "url": "http://example.org"}, {"url"}),
        ("call_to_action", {"title": "Act", "label": "Go", "url": "javascript:x"}, {"url"}),
        ("partners", {"partners": items({"name": "", "url": ""})}, {"partners"}),
        ("video", {"title": "Film"}, {"url", "file"}),
        ("video", {"title": "Film", "url": "https://example.org/film"}, {"url"}),
        ("video", {"title": "", "url": "https://vimeo.com/76979871"}, {"title"}),
    ],
)
def test_what_is_missing_or_wrong_is_named(kind, value, fields):
    assert set(errors_of(kind, value)) == fields


def test_a_call_leads_to_a_page_or_to_an_address_not_to_both():
    page = factories.content_page()
    value = {"title": "Act", "label": "Go", "page": page.pk, "url": "https://example.org/"}
    assert set(errors_of("call_to_action", value)) == {"page", "url"}
    assert clean("call_to_action", {**value, "url": ""})["page"].pk == page.pk


def test_a_picture_has_a_text_or_is_decorative():
    silent = image(description_en="").pk
    assert set(errors_of("image", {"image": silent})) == {"alternative_text"}
    clean("image", {"image": silent, "decorative": True})
    clean("image", {"image": silent, "alternative_text": "Cells"})
    clean("image", {"image": image(description_en="Cells").pk})
    both = {"image": silent, "decorative": True, "alternative_text": "Cells"}
    assert set(errors_of("image", both)) == {"decorative"}


def test_a_gallery_has_two_pictures_or_more():
    one = {"image": image().pk, "decorative": True}
    assert set(errors_of("gallery", {"images": items(one)})) == {"images"}
    clean("gallery", {"images": items(one, one)})


def test_a_film_of_the_library_needs_captions():
    film = document("film.mp4", b"\0\0\0\x18ftypmp42").pk
    english = {"language": "en", "document": document("en.vtt", b"WEBVTT").pk}
    assert set(errors_of("video", {"title": "Film", "file": film})) == {"captions"}
    clean("video", {"title": "Film", "file": film, "captions": items(english)})
    twice = {"title": "Film", "file": film, "captions": items(english, english)}
    assert set(errors_of("video", twice)) == {"captions"}
    wrong = {"language": "en", "document": document().pk}
    no_captions = {"title": "Film", "file": film, "captions": items(wrong)}
    assert set(errors_of("video", no_captions)) == {"captions"}
    no_film = {"title": "Film", "file": document().pk, "captions": items(english)}
    assert set(errors_of("video", no_film)) == {"file"}


@pytest.mark.parametrize(
    ("url", "host", "player"),
    [
        (
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=10",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1",
        ),
        (
            "https://youtu.be/aqz-KE-bpKQ",
            "YouTube",
            "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1",
        ),
        (
            "https://vimeo.com/76979871",
            "Vimeo",
            "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1",
        ),
        (
            "https://framatube.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "PeerTube",
            "https://framatube.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0",
        ),
    ],
)
def test_known_hosts_of_films(settings, url, host, player):
    film = hosted_video(url)
    assert (film.host, film.player_url) == (host, player)
    assert any(player.startswith(origin) for origin in settings.VIDEO_HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.youtube.com/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.example.org/watch?v=aqz-KE-bpKQ",
        "https://www.youtube.com/playlist?list=PL123",
        'https://vimeo.com/1"><script>',
        "https://[broken",
        "//youtu.be/aqz-KE-bpKQ",
        "",
    ],
)
def test_other_addresses_are_no_films(url):
    assert not hosted_video(url)


def test_rich_text_has_no_headings_and_no_pictures():
    for definition in (
        BodyBlock().child_blocks["paragraph"],
        BodyBlock().child_blocks["callout"].child_blocks["text"],
    ):
        assert not {"h2", "h3", "h4", "image", "embed", "hr"} & set(definition.features)


def test_an_empty_body_is_valid_where_the_field_may_be_blank():
    stream = BodyBlock(required=False)
    assert len(stream.clean(stream.to_python([]))) == 0
    with pytest.raises(ValidationError):
        BodyBlock().clean(BodyBlock().to_python([]))
