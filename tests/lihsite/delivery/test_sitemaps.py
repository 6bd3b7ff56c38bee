"""What crawlers are told of the site."""

import re

import pytest
from lxml import etree
from wagtail.models import PageViewRestriction

from home.models import HomePage
from lihsite.delivery import sitemaps
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = {"s": sitemaps.SITEMAP, "x": sitemaps.XHTML}


@pytest.fixture(autouse=True)
def home():
    return factories.home(title_fr="Institut", title_de="Institut")


def addresses(client, number=1):
    response = client.get(f"/sitemap-{number}.xml")
    assert response.status_code == 200
    tree = etree.fromstring(response.content)
    return {
        url.findtext("s:loc", namespaces=NAMES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)
        }
        for url in tree.findall("s:url", NAMES)
    }


def test_every_live_language_is_an_address_that_names_all_alternates(client):
    factories.content_page(
        title_en="About", title_fr="À propos", live_in=("en", "fr"), slug_de="ueber-uns"
    )
    found = addresses(client)
    alternates = {
        "en": "http://testserver/en/about/",
        "fr": "http://testserver/fr/a-propos/",
        "x-default": "http://testserver/en/about/",
    }
    assert found["http://testserver/en/about/"] == alternates
    assert found["http://testserver/fr/a-propos/"] == alternates
    assert "http://testserver/de/ueber-uns/" not in found


def test_the_home_page_names_the_start_as_default(client):
    found = addresses(client)
    assert {found[f"http://testserver/{code}/"]["x-default"] for code in ("en", "fr", "de")} == {
        "http://testserver/"
    }


def test_what_not_everybody_gets_is_left_out(client):
    factories.content_page(title_en="Draft", live_in=())
    private = factories.content_page(title_en="Private", live_in=("en",))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert not [url for url in addresses(client) if "draft" in url or "private" in url]


def test_people_have_their_own_addresses(client):
    factories.people_index()
    factories.person("Dr Ada", slug="ada", role_en="Immunologist")
    found = addresses(client)
    assert found["http://testserver/en/people/ada/"] == {
        "en": "http://testserver/en/people/ada/",
        "x-default": "http://testserver/en/people/ada/",
    }


def test_a_person_changes_with_a_revision(client):
    factories.people_index()
    saved = factories.person(slug="ada").save_revision()
    factories.person(slug="never-saved")
    tree = etree.fromstring(client.get("/sitemap-1.xml").content)
    changes = {
        url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", namespaces=NAMES)
        for url in tree.findall("s:url", NAMES)
    }
    changed = saved.created_at.isoformat(timespec="seconds")
    assert changes["http://testserver/en/people/ada/"] == changed
    assert changes["http://testserver/en/people/never-saved/"] is None
    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert index.findtext("s:sitemap/s:lastmod", namespaces=NAMES) == changed


def test_people_are_asked_for_at_once(client, django_assert_max_num_queries):
    factories.people_index()
    for _ in range(20):
        factories.person().save_revision()
    for address in ("/sitemap.xml", "/sitemap-1.xml"):
        client.get(address)
        with django_assert_max_num_queries(10):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("longest", [3, 5, 6, 9, 12, 100])
def test_no_file_holds_more_than_it_may(client, monkeypatch, longest):
    monkeypatch.setattr(sitemaps, "LONGEST", longest)
    factories.people_index()
    factories.content_page()
    roles = {"role_en": "Immunologist", "role_fr": "Immunologue", "role_de": "Immunologin"}
    slugs = [factories.person(**roles).slug for _ in range(5)]
    index = etree.fromstring(client.get("/sitemap.xml").content)
    named = [loc.text for loc in index.findall("s:sitemap/s:loc", NAMES)]
    per_file = []
    for number, url in enumerate(named, start=1):
        assert url == f"http://testserver/sitemap-{number}.xml"
        per_file.append(addresses(client, number))
    assert all(0 < len(found) <= longest for found in per_file)
    assert client.get(f"/sitemap-{len(named) + 1}.xml").status_code == 404
    everything = [url for found in per_file for url in found]
    assert len(everything) == len(set(everything)) == (3 + 5) * 3
    assert {f"http://testserver/de/personen/{slug}/" for slug in slugs} <= set(everything)


def test_the_index_splits_what_is_too_much_for_a_file(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "LONGEST", 6)
    for number in range(4):
        factories.content_page(title_en=f"Page {number}").save_revision().publish()
    index = etree.fromstring(client.get("/sitemap.xml").content)
    files = index.findall("s:sitemap", NAMES)
    assert [file.findtext("s:loc", namespaces=NAMES) for file in files] == [
        f"http://testserver/sitemap-{number}.xml" for number in (1, 2, 3)
    ]
    assert files[1].findtext("s:lastmod", namespaces=NAMES)
    per_file = [addresses(client, number) for number in (1, 2, 3)]
    assert all(len(found) <= 6 for found in per_file)
    assert sum(len(found) for found in per_file) == 15


@pytest.mark.parametrize("number", [0, 2, 10**15])
def test_there_are_no_other_files(client, number):
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_lead_to_the_sitemap(client):
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots


def test_language_models_are_told_the_sections_of_each_language(client):
    factories.news_index(summary_en="What is\nnew.", live_in=("en", "de"))
    factories.event_index(live_in=("fr",))
    text = client.get("/llms.txt").content.decode()
    english, french, german = (
        text.index(f"## {name}") for name in ("English (en)", "Français (fr)", "Deutsch (de)")
    )
    assert "- [News](http://testserver/en/news/): What is new." in text[english:french]
    assert "- [Événements](http://testserver/fr/evenements/)" in text[french:german]
    assert "- [Aktuelles](http://testserver/de/aktuelles/)" in text[german:]
    assert "/en/events/" not in text
    assert "/fr/actualites/" not in text


def test_language_models_are_told_no_summary_that_visitors_do_not_get(client):
    home = HomePage.objects.get()
    home.summary_en = "For everybody."
    home.save()
    assert "> For everybody." in client.get("/llms.txt").text
    home.live_in_en = False
    home.save()
    assert "For everybody" not in client.get("/llms.txt").text


def test_language_models_are_told_what_programs_read(client):
    factories.news_index()
    factories.event_index()
    text = client.get("/llms.txt").content.decode()
    found = re.findall(r"\]\((http://testserver/[^)]*)\)", text.partition("## For programs")[2])
    assert "http://testserver/en/events/calendar/" in found
    assert "http://testserver/en/news/atom/" in found
    assert [client.get(address).status_code for address in found] == [200] * len(found)
