"""The editors' guide: alike in all languages, whole, and open to everybody in the admin."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils.translation import override, trans_real
from PIL import Image

from lihsite.guide.texts import FOLDER, PICTURES, STATIC_PREFIX, guide_in, guide_languages
from lihsite.multilingual.languages import language_codes, language_name, language_name_local
from tests.lihsite.pages.admin import client_of
from tests.lihsite.translating.workspace import people

LANGUAGES = language_codes()
LARGEST = 3_000_000
"""All pictures together, in bytes."""


def names_of_pictures(language: str) -> list[str]:
    prefix = f"{PICTURES}{language}/"
    return [picture.removeprefix(prefix) for picture in guide_in(language).pictures]


def test_there_is_a_guide_in_each_language():
    assert guide_languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_have_the_same_headings_pictures_and_tables(language):
    first, other = guide_in(settings.LANGUAGE_CODE), guide_in(language)
    assert [one.level for one in other.headings] == [one.level for one in first.headings]
    assert len({one.anchor for one in other.headings}) == len(other.headings)
    assert names_of_pictures(language) == names_of_pictures(first.language)
    structures = [
        [
            tag.name
            for tag in BeautifulSoup(guide.html, "html.parser").find_all(["ol", "ul", "li", "tr"])
        ]
        for guide in (first, other)
    ]
    assert structures[0] == structures[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_somewhere(language):
    guide = guide_in(language)
    others = [f"{code}.md" for code in LANGUAGES if code != language]
    assert sorted(link for link in guide.links if link in others) == sorted(others)
    for link in guide.links:
        name, _, anchor = link.partition("#")
        assert not name or name in others, link
        target = guide_in(name.removesuffix(".md")) if name else guide
        assert not anchor or anchor in {one.anchor for one in target.headings}, link


PLACEHOLDER = re.compile(r"%\(\w+\)s")
NEXT_TO_PLACEHOLDERS = " \u202f:,"
WAY = " \u203a "
"""Stands between a menu and what is chosen in it."""


def strings_of_the_interface(language: str) -> set[str]:
    """All strings of the admin in the language, ours and Wagtail's.

    Of those with placeholders also what is beside them: “Fill by” of “Fill by %(service)s”.
    """
    catalogue = trans_real.translation(language)._catalog
    if language == settings.LANGUAGE_CODE:
        other = next(code for code in LANGUAGES if code != language)
        keys = trans_real.translation(other)._catalog.keys()
        ids = [key[0] if isinstance(key, tuple) else key for key in keys]
        strings = {name.rpartition("\x04")[2] for name in ids}
    else:
        strings = {text for _key, text in catalogue.items()}
    parts = {part for text in strings for part in PLACEHOLDER.split(text)}
    return strings | {part.strip(NEXT_TO_PLACEHOLDERS) for part in parts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_tells_to_choose_is_called_so_in_the_interface(language):
    html = BeautifulSoup(guide_in(language).html, "html.parser")
    strings = strings_of_the_interface(language)
    with override(language):
        languages = {name for code in LANGUAGES for name in names_of_a_language(code)}
    chosen = [label for bold in html.find_all("strong") for label in bold.text.split(WAY)]
    assert len(chosen) > 50
    for label in chosen:
        words = ["%(language)s" if word in languages else word for word in label.split(" ")]
        assert " ".join(words) in strings, label


def names_of_a_language(code: str) -> list[str]:
    return [language_name(code), language_name_local(code)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_with_its_size_and_what_it_shows(language):
    for picture, tag in zip(
        guide_in(language).pictures,
        BeautifulSoup(guide_in(language).html, "html.parser").find_all("img"),
        strict=True,
    ):
        with Image.open(FOLDER / picture) as shown:
            assert shown.format == "WEBP"
            assert (int(tag["width"]), int(tag["height"])) == shown.size
        assert tag["alt"]
        path = tag["src"].removeprefix(settings.STATIC_URL)
        assert path.startswith(STATIC_PREFIX)
        assert finders.find(path)


def test_pictures_are_small_and_none_is_left_over():
    files = {str(file.relative_to(FOLDER)) for file in (FOLDER / PICTURES).rglob("*.*")}
    assert files == {picture for code in LANGUAGES for picture in guide_in(code).pictures}
    assert sum((FOLDER / file).stat().st_size for file in files) < LARGEST


@pytest.mark.django_db
def test_everybody_in_the_admin_reads_it_in_the_language_of_their_admin():
    people()
    for account in ("admin", "editor", "reviewer", "french", "german"):
        for language in LANGUAGES:
            response = client_of(account, language).get(reverse("guide"))
            assert response.status_code == 200
            html = BeautifulSoup(response.content, "html.parser")
            article = html.find("article", lang=language)
            assert article.find("h1").text == guide_in(language).title
            anchors = {tag["id"] for tag in article.find_all(id=True)}
            contents = [link["href"] for link in html.select(".lih-guide__contents a")]
            assert contents
            assert {link.removeprefix("#") for link in contents} <= anchors
            for link in article.find_all("a"):
                assert client_of(account).get(link["href"]).status_code == 200


@pytest.mark.django_db
def test_it_is_in_the_help_menu():
    people()
    page = client_of("german").get(reverse("wagtailadmin_home")).content.decode()
    label = json.dumps("Handbuch für die Redaktion")
    assert re.search(rf'"label": {re.escape(label)}[^}}]+}}, "url": "{reverse("guide")}"', page)


@pytest.mark.django_db
def test_the_address_may_name_a_language_in_which_there_is_a_guide():
    people()
    client = client_of("german")
    assert guide_in("fr").title in client.get(reverse("guide", args=["fr"])).content.decode()
    assert client.get(reverse("guide", args=["xx"])).status_code == 404


@pytest.mark.django_db
def test_visitors_have_to_sign_in():
    response = Client().get(reverse("guide"))
    assert response.status_code == 302
    assert "login" in response.url
