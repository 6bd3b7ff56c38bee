"""The JSON-LD of each page type."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time

from tests import factories

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def home():
    return factories.home(title_fr="Institut")


def nodes(client, address):
    (found,) = SCRIPT.findall(client.get(address).content.decode())
    document = json.loads(found)
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def test_the_home_page_names_the_institute_and_its_search(client):
    found = nodes(client, "/fr/")
    assert found["ResearchOrganization"]["name"] == "Luxembourg Institute of Health"
    action = found["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == (
        "http://testserver/fr/rechercher/?q={search_term_string}"
    )
    assert found["WebSite"]["inLanguage"] == "fr"
    assert "BreadcrumbList" not in found


def test_a_page_names_the_way_to_it(client):
    parent = factories.content_page(title_en="About")
    factories.content_page(parent, title_en="History")
    steps = nodes(client, "/en/about/history/")["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert [step["name"] for step in steps] == [
        "Luxembourg Institute of Health",
        "About",
        "History",
    ]
    assert [step["item"] for step in steps] == [
        "http://testserver/en/",
        "http://testserver/en/about/",
        "http://testserver/en/about/history/",
    ]


def test_a_page_in_fallback_speaks_of_its_own_address_and_language(client):
    factories.content_page(title_en="About", live_in=("en",))
    found = nodes(client, "/fr/about/")["WebPage"]
    assert (found["url"], found["inLanguage"]) == ("http://testserver/en/about/", "en")


def test_news_is_an_article_by_its_authors(client):
    ada = factories.person("Dr Ada", orcid="0000-0002-1825-0097")
    factories.news(title_en="Findings", date=date(2026, 3, 2), authors=[ada])
    article = nodes(client, "/en/news/findings/")["NewsArticle"]
    assert article["headline"] == "Findings"
    assert article["datePublished"] == "2026-03-02"
    assert article["author"] == [
        {
            "@type": "Person",
            "name": "Dr Ada",
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "sameAs": "https://orcid.org/0000-0002-1825-0097",
        }
    ]


def test_a_publication_is_a_scholarly_article_with_its_doi(client):
    factories.news(
        title_en="Findings", kind="publication", journal="Journal", doi="10.5555/12345678"
    )
    article = nodes(client, "/en/news/findings/")["ScholarlyArticle"]
    assert article["sameAs"] == "https://doi.org/10.5555/12345678"
    assert article["isPartOf"] == {"@type": "Periodical", "name": "Journal"}


def test_an_event_says_when_where_and_whether(client):
    factories.event(
        title_en="Open day",
        start=datetime(2026, 6, 3, 8, tzinfo=UTC),
        attendance="hybrid",
        venue_name="House of numbers",
        venue_address="1 Example street\nLuxembourg",
        status="cancelled",
    )
    event = nodes(client, "/en/events/open-day/")["Event"]
    assert event["startDate"] == "2026-06-03T10:00+02:00"
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    assert event["location"][0]["address"] == "1 Example street, Luxembourg"


def test_a_topic_is_a_research_project(client):
    factories.topic(title_en="Cancer", leads=[factories.person("Dr Ada")])
    project = nodes(client, "/en/research/cancer/")["ResearchProject"]
    assert project["member"] == [{"@type": "Person", "name": "Dr Ada"}]


@freeze_time("2026-03-05")
def test_what_was_under_embargo_has_not_changed_before_its_hour(client):
    hour = datetime(2026, 3, 2, 9, tzinfo=UTC)
    factories.news(
        title_en="Release",
        date=date(2026, 3, 2),
        embargo=hour,
        last_published_at=datetime(2026, 2, 25, tzinfo=UTC),
    )
    article = nodes(client, "/en/news/release/")["NewsArticle"]
    assert article["dateModified"] == hour.isoformat()


def test_a_person_has_a_profile(client):
    factories.people_index()
    factories.person("Dr Ada", slug="ada", role_en="Immunologist", orcid="0000-0002-1825-0097")
    found = nodes(client, "/en/people/ada/")
    profile = found["ProfilePage"]
    assert profile["description"] == "Immunologist"
    assert not {"datePublished", "dateModified"} & set(profile)
    assert [
        (step["name"], step["item"].removeprefix("http://testserver"))
        for step in found["BreadcrumbList"]["itemListElement"]
    ] == [
        ("Luxembourg Institute of Health", "/en/"),
        ("People", "/en/people/"),
        ("Dr Ada", "/en/people/ada/"),
    ]
    assert profile["mainEntity"]["jobTitle"] == "Immunologist"
    assert profile["mainEntity"]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"


def test_no_title_ends_the_script(client):
    factories.content_page(title_en="</script><b>", slug_en="odd")
    assert nodes(client, "/en/odd/")["WebPage"]["name"] == "</script><b>"
