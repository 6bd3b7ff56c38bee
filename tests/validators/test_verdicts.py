"""Validators' verdicts on every type of page in every language, on feeds and on the sitemap."""

import re

import pytest
from django.test import Client
from lxml import etree

from lihsite.multilingual.languages import language_codes
from tests import visitor_pages
from tests.validators import json_ld, nu_checker, xml_rules


@pytest.fixture(scope="module")
def answers(demo_database, django_db_blocker):
    """The HTML of each kind of page and language, by a name that says which it is."""
    with django_db_blocker.unblock():
        client = Client(raise_request_exception=False)
        kinds = visitor_pages.all_addresses()
        return {
            f"{re.sub('[^a-z]+', '-', kind)}.{language}": client.get(address).text
            for kind, addresses in kinds.items()
            for language, address in addresses.items()
        }


@pytest.mark.skipif(not nu_checker.JAVA, reason="no Java was found")
def test_html_is_what_the_standard_asks_for(answers, tmp_path):
    files = []
    for name, html in answers.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_text(html)
    assert nu_checker.complaints(files) == []


def test_the_checker_finds_what_is_wrong(tmp_path):
    if not nu_checker.JAVA:
        pytest.skip("no Java was found")
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><ul><p>no</p></ul>")
    assert len(nu_checker.complaints([page])) == 1


def test_structured_data_has_what_each_type_needs(answers):
    found = {
        name: faults
        for name, html in answers.items()
        if "ld+json" in html and (faults := json_ld.faults(html))
    }
    assert found == {}
    types = {kind for html in answers.values() for kind in re.findall(r'"@type": "(\w+)"', html)}
    assert {"NewsArticle", "ScholarlyArticle", "Event", "Person", "ResearchProject"} <= types


@pytest.mark.parametrize("language", language_codes())
def test_feeds_keep_the_rules(demo, client, language):
    addresses = visitor_pages.addresses()
    for kind in ("news", "events"):
        for name, rules in (("atom", xml_rules.atom), ("rss", xml_rules.rss)):
            feed = etree.fromstring(client.get(f"{addresses[kind][language]}{name}/").content)
            rules.assertValid(feed)


def test_the_sitemap_keeps_the_rules(demo, client):
    index = etree.fromstring(client.get("/sitemap.xml").content)
    xml_rules.sitemap_index.assertValid(index)
    xml_rules.sitemap.assertValid(etree.fromstring(client.get("/sitemap-1.xml").content))
