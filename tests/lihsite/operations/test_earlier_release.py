"""Two releases, one after the other: what pages of the first ask the second for."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from lihsite.operations.earlier_release import keep_static_files

NAME = "site.css"


@pytest.fixture
def release(settings, tmp_path):
    """Builds a release whose stylesheet says this; returns where the stylesheet is."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_DIRS[0].mkdir()

    def built(text: str) -> str:
        (settings.STATICFILES_DIRS[0] / NAME).write_text(text)
        settings.STATIC_ROOT = str(tmp_path / f"release-{text}")
        call_command("collectstatic", interactive=False, verbosity=0)
        return staticfiles_storage.url(NAME)

    return built


def ask(address: str, **headers):
    """What a server answers that begins now; None for what it does not have."""
    server = WhiteNoiseMiddleware(lambda request: None)
    return server(RequestFactory().get(address, headers=headers))


def text_of(address: str) -> str | None:
    response = ask(address)
    return response and response.getvalue().decode()


def test_files_of_the_release_before_are_answered_and_no_older_ones(release, settings):
    addresses = []
    for text in ("one", "two", "three"):
        before = settings.STATIC_ROOT
        addresses.append(release(text))
        if len(addresses) > 1:
            keep_static_files(Path(before))
    assert len(set(addresses)) == 3
    assert [text_of(address) for address in addresses] == [None, "two", "three"]
    assert staticfiles_storage.url(NAME) == addresses[-1]


def test_they_are_answered_compressed_too(release, settings):
    long = "a" * 200
    address, before = release(long), settings.STATIC_ROOT
    release("two")
    assert ask(address) is None
    keep_static_files(Path(before))
    response = ask(address, accept_encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.getvalue()).decode() == long


def test_a_build_keeps_them_by_the_command(release, settings):
    address, before = release("one"), settings.STATIC_ROOT
    release("two")
    subprocess.run(
        [sys.executable, "-m", "lihsite.operations.earlier_release", before],
        cwd=project.BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.test",
            "STATIC_ROOT": settings.STATIC_ROOT,
        },
        check=True,
    )
    assert text_of(address) == "one"
