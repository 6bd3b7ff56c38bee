"""What the panel of checks lists of the translations is what Wagtail's content checker counts."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from lihsite.models import Term
from tests import factories
from tests.lihsite.pages.admin import client_of, edit_url
from tests.lihsite.translating.workspace import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cells():
    """A page of which French and German are begun; the French does not follow the glossary."""
    home = people()
    Term.objects.create(term_en="cell", term_fr="cellule", term_de="Zelle")
    return factories.content_page(
        home,
        live_in=("en", "fr", "de"),
        title_en="The cell",
        title_fr="L’atome",
        title_de="Die Zelle",
        summary_en="How it lives",
    )


def html_of(client, address) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def listed(form) -> list[str]:
    return [line.get_text(strip=True) for line in form.select("#lih-checks summary")]


def checker(form) -> dict:
    return json.loads(form.find(id="checker-axe-configuration").string)


def counted(client, page) -> list[str]:
    """The names of the issues that the checker finds by what the preview of the source says."""
    spec = checker(html_of(client, edit_url(page)))
    draft = html_of(client, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    rules = {rule["id"]: rule["selector"] for rule in spec["spec"]["rules"]}
    return [
        spec["messages"][name]["error_name"]
        for name in spec["options"]["runOnly"]
        if name in rules and rules[name].startswith("body[") and draft.select(rules[name])
    ]


def test_all_that_is_listed_is_counted_whichever_language_is_previewed(cells):
    client = client_of("editor")
    assert listed(html_of(client, edit_url(cells))) == [
        "1 text untranslated",
        "1 term of the glossary is missing",
        "1 text untranslated",
    ]
    assert counted(client, cells) == [
        "Some texts are not translated: French",
        "Some texts are not translated: German",
        "The glossary is not followed: French",
    ]


def test_a_translator_s_checks_are_of_their_own_language(cells):
    client = client_of("german", "de")
    assert listed(html_of(client, edit_url(cells))) == ["1 Text nicht übersetzt"]
    assert counted(client, cells) == ["Einige Texte sind nicht übersetzt: Deutsch"]


def test_a_page_that_lacks_nothing_has_no_issue(cells):
    type(cells).objects.update(summary_fr="Une vie", summary_de="Ein Leben", title_fr="La cellule")
    client = client_of("editor")
    assert listed(html_of(client, edit_url(cells))) == []
    assert counted(client, cells) == []


def test_visitors_are_told_nothing_of_it(cells):
    body = html_of(Client(), cells.get_url_for_language("en")).body
    assert not any(name.startswith("data-") for name in body.attrs)
