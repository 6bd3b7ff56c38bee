import os
import time

import polib
import pytest

from lihsite.operations import catalogues, preparation, static_files
from tests import factories


@pytest.fixture
def commands(monkeypatch):
    """The management commands that were called, in place of calling them."""
    called = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **options: called.append(name))
    return called


@pytest.mark.django_db
def test_the_demonstration_is_loaded_into_an_empty_site(commands):
    preparation.load_demonstration()
    assert commands == ["load_demo"]


@pytest.mark.django_db
def test_a_site_with_pages_is_left_as_it_is(commands, capsys):
    factories.home()
    preparation.load_demonstration()
    assert commands == []
    assert "left as it is" in capsys.readouterr().out


def test_static_files_are_collected_again_only_after_a_change(settings, tmp_path):
    source = tmp_path / "source" / "a.css"
    source.parent.mkdir()
    source.write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source.parent]
    settings.STATIC_ROOT = tmp_path / "collected"
    assert static_files.static_files_changed()
    assert static_files.collect_static_files() == 1
    assert not static_files.static_files_changed()
    source.write_text("a { color: red }")
    assert static_files.static_files_changed()


@pytest.fixture
def catalogue(settings, tmp_path):
    """A French catalogue with one entry."""
    settings.LOCALE_PATHS = [tmp_path]
    file = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    entries = polib.POFile()
    entries.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    entries.append(polib.POEntry(msgid="News", msgstr="Actualités"))
    entries.save(str(file))
    return file


def test_catalogues_are_compiled_only_after_a_change(catalogue):
    assert catalogues.compile_catalogues() == 1
    assert catalogues.compile_catalogues() == 0
    assert polib.mofile(str(catalogue.with_suffix(".mo"))).find("News").msgstr == "Actualités"
    later = time.time() + 10
    os.utime(catalogue, (later, later))
    assert catalogues.compile_catalogues() == 1
