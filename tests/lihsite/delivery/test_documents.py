"""How documents of the library are sent."""

import pytest

from tests.lihsite.media import library

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["report.pdf", "notes.txt", "table.csv", "film.mp4", "all.zip"])
def test_every_document_is_a_download_without_rights(client, name):
    document = library.document(name, file_hash="abc")
    first = client.get(document.url)
    again = client.get(document.url, headers={"If-None-Match": first["ETag"]})
    part = client.get(document.url, headers={"Range": "bytes=0-3"})
    assert [first.status_code, again.status_code, part.status_code] == [200, 304, 206]
    for response in (first, part):
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
    for response in (first, again, part):
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_document_that_is_not_there_keeps_the_policy_of_pages(client):
    assert "style-src 'self'" in client.get("/documents/999/x.pdf")["Content-Security-Policy"]
