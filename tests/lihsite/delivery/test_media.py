import pytest
from wagtail.models import CollectionViewRestriction

from tests.lihsite.media import library

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def put(media_folder):
    """Put a file into the media folder; its address is returned."""

    def put(name, content=b"0123456789"):
        file = media_folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return f"/media/{name}"

    return put


@pytest.fixture
def outside(media_folder):
    """The name of a file beside the media folder, with which its own name begins."""
    file = media_folder.with_name(f"{media_folder.name}-secret")
    file.write_bytes(b"0123456789")
    yield file.name
    file.unlink()


def content(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("A.JPG", "image/jpeg"),
        ("film.mp4", "video/mp4"),
        ("film.vtt", "text/vtt"),
    ],
)
def test_pictures_and_films_are_shown_in_place(client, put, name, content_type):
    response = client.get(put(f"images/{name}"))
    assert response.status_code == 200
    assert response["Content-Type"].startswith(content_type)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment" not in response.get("Content-Disposition", "")
    assert "max-age=2592000" in response["Cache-Control"]
    assert content(response) == b"0123456789"


@pytest.mark.parametrize("name", ["drawing.svg", "page.html", "page.xhtml", "data.xml", "unknown"])
def test_what_could_run_as_a_page_is_a_download_without_rights(client, put, name):
    response = client.get(put(name, SVG))
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "../{outside}",
        "%2e%2e/{outside}",
        "images/../../{outside}",
        "images",
        "images/",
        "nothing.png",
        "/etc/passwd",
        f"{'x' * 1500}.png",
        "documents/private.pdf",
        "images/../documents/private.pdf",
        "restored-files/documents/private.pdf",
        "restored-files/images/x.png",
    ],
)
def test_nothing_outside_and_nothing_private_is_served(client, put, outside, path, db):
    put("images/shown.png")
    put("documents/private.pdf")
    put("restored-files/documents/private.pdf")
    put("restored-files/images/x.png")
    address = f"/media/{path.format(outside=outside)}"
    assert client.get(address).status_code in {400, 404}


def test_a_copy_that_is_still_good_is_not_sent_again(client, put):
    address = put("images/kept.png")
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.fixture(params=["media", "library"])
def film(request, put):
    """The address of a film of ten bytes, among the media or a document of the library."""
    if request.param == "media":
        return put("film.mp4")
    request.getfixturevalue("db")
    return library.document("film.mp4", b"0123456789", file_hash="abc").url


@pytest.mark.parametrize(
    ("asked", "status", "sent", "part"),
    [
        ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("Bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-30", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=10-12", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=20-2", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        (f"bytes={'9' * 5000}-", 200, b"0123456789", None),
    ],
)
def test_players_may_ask_for_a_part(client, film, asked, status, sent, part):
    headers = {"Range": asked, "Accept-Encoding": "gzip"}
    response = client.get(film, headers=headers)
    assert response.status_code == status
    assert content(response) == sent
    assert response.get("Content-Range") == part
    assert response["Content-Length"] == str(len(sent))
    assert response["Accept-Ranges"] == "bytes"
    assert "Content-Encoding" not in response
    if status != 416:
        assert response["Content-Type"] == "video/mp4"


def test_a_part_of_a_file_that_has_changed_is_the_whole_file(client, film):
    etag = client.get(film)["ETag"]
    same = client.get(film, headers={"Range": "bytes=0-3", "If-Range": etag})
    assert (same.status_code, content(same)) == (206, b"0123")
    for other in ('"another"', "Mon, 23 Nov 2026 03:50:27 GMT"):
        changed = client.get(film, headers={"Range": "bytes=0-3", "If-Range": other})
        assert (changed.status_code, content(changed)) == (200, b"0123456789")


def test_parts_are_for_get_alone(client, film):
    response = client.head(film, headers={"Range": "bytes=0-3"})
    assert (response.status_code, response["Content-Length"]) == (200, "10")


def test_who_may_not_read_a_film_gets_no_part_of_it(client, db):
    film = library.document("film.mp4", b"0123456789")
    restriction = CollectionViewRestriction.LOGIN
    CollectionViewRestriction.objects.create(
        collection=film.collection, restriction_type=restriction
    )
    response = client.get(film.url, headers={"Range": "bytes=0-3"})
    assert response.status_code == 302


def test_media_are_the_same_for_all_visitors(client, put):
    response = client.get(put("images/a.webp"), headers={"Accept-Encoding": "gzip"})
    assert "Vary" not in response
    assert "Content-Language" not in response
    assert "Content-Encoding" not in response


def test_text_is_compressed(client, put):
    address = put("film.vtt", b"WEBVTT\n" + b"Once more.\n" * 100)
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(content(response)) < 200


def test_files_are_read_only(client, put):
    assert client.post(put("images/a.png")).status_code == 405
