"""What may be uploaded, through the admin's real views."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lihsite.models import Document, Image
from tests.lihsite.media.library import document, image_file

pytestmark = pytest.mark.django_db


def upload_image(client, file):
    return client.post(reverse("wagtailimages:add_multiple"), {"title": "Cells", "files[]": file})


def upload_document(client, file):
    return client.post(reverse("wagtaildocs:add_multiple"), {"title": "Report", "files[]": file})


def test_a_picture_is_taken(admin_client):
    assert upload_image(admin_client, image_file()).json()["success"]
    assert Image.objects.get().title_en == "Cells"


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            id="svg",
        ),
        pytest.param(
            SimpleUploadedFile("page.png", b"<html><script>alert(1)</script></html>"),
            id="page named as a picture",
        ),
        pytest.param(image_file("cells.jpg", kind="PNG"), id="another format than its name"),
        pytest.param(image_file("cells.tiff", kind="TIFF"), id="format that browsers do not show"),
    ],
)
def test_what_is_no_picture_is_refused(admin_client, file):
    answer = upload_image(admin_client, file).json()
    assert not answer["success"]
    assert answer["error_message"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_that_ends_too_early_is_refused(admin_client, kind):
    whole = image_file(f"cells.{kind.lower()}", kind=kind).read()
    part = SimpleUploadedFile(f"cells.{kind.lower()}", whole[: len(whole) * 3 // 4])
    answer = upload_image(admin_client, part).json()
    assert "corrupted" in answer["error_message"]
    assert not Image.objects.exists()


def test_a_picture_that_is_too_big_is_refused(admin_client, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    assert "too big" in upload_image(admin_client, image_file()).json()["error_message"]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(SimpleUploadedFile("report.pdf", b"%PDF-1.7"), id="pdf"),
        pytest.param(SimpleUploadedFile("film.vtt", b"WEBVTT\n"), id="captions"),
        pytest.param(SimpleUploadedFile("data.csv", "année,n\n2026,3\n".encode()), id="table"),
    ],
)
def test_a_document_is_taken(admin_client, file):
    assert upload_document(admin_client, file).json()["success"]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(SimpleUploadedFile("page.html", b"<html></html>"), id="page"),
        pytest.param(SimpleUploadedFile("drawing.svg", b"<svg/>"), id="svg"),
        pytest.param(SimpleUploadedFile("report.pdf", b"<html></html>"), id="page named as a pdf"),
        pytest.param(SimpleUploadedFile("notes.txt", b"  <!DOCTYPE html>"), id="page as text"),
        pytest.param(SimpleUploadedFile("tool.exe", b"MZ"), id="program"),
    ],
)
def test_what_a_browser_would_run_is_refused(admin_client, file):
    answer = upload_document(admin_client, file).json()
    assert not answer["success"]
    assert answer["error_message"]
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("tool.exe", b"MZ"), "File extension “exe” is not allowed."),
        (SimpleUploadedFile("REPORT.PDF", b"MZ"), "The content of this file does not match"),
        (SimpleUploadedFile("report.pdf", b""), "The submitted file is empty."),
    ],
)
def test_one_reason_is_given_for_which_a_document_is_refused(admin_client, file, message):
    given = upload_document(admin_client, file).json()["error_message"]
    assert given.startswith(message)
    assert "\n" not in given


def test_a_document_that_is_too_big_is_refused(admin_client, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 4
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    assert "too big" in upload_document(admin_client, file).json()["error_message"]


def test_documents_are_served_so_that_nothing_in_them_runs(client):
    answer = client.get(document("notes.txt", b"notes").url)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "attachment" in answer["Content-Disposition"]
