"""The list of news: what it shows, its filters and its page numbers."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator

from news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db

Kind = NewsPage.Kind


@pytest.fixture
def index():
    factories.home()
    return factories.news_index()


def titles(response):
    return [item.shown.title for item in response.context_data["items"]]


def test_news_is_listed_newest_first(client, index):
    for day in (1, 3, 2):
        factories.news(title_en=f"Day {day}", date=date(2026, 5, day))
    assert titles(client.get("/en/news/")) == ["Day 3", "Day 2", "Day 1"]


def test_what_is_not_live_in_the_language_is_listed_with_its_language(client, index):
    factories.news(title_en="Both", title_fr="Les deux", live_in=("en", "fr"))
    factories.news(title_en="English alone", live_in=("en",), date=date(2026, 1, 2))
    items = client.get("/fr/actualites/").context_data["items"]
    assert [(item.shown.title, item.shown.lang) for item in items] == [
        ("Les deux", ""),
        ("English alone", "en"),
    ]


def test_what_is_live_in_no_language_is_not_listed(client, index):
    factories.news(title_en="Draft", live_in=())
    factories.news(title_en="Hidden", live=True, live_in_en=False)
    hidden = NewsPage.objects.get(title_en="Hidden")
    NewsPage.objects.filter(pk=hidden.pk).update(
        live_in_en=False, live_in_fr=False, live_in_de=False
    )
    assert titles(client.get("/en/news/")) == []


class TestFilters:
    @pytest.fixture
    def topic(self, index):
        return factories.topic(title_en="Allergy", title_fr="Allergies", title_de="Allergien")

    @pytest.fixture(autouse=True)
    def some_news(self, index, topic):
        factories.news(title_en="Pollen", kind=Kind.STORY, date=date(2025, 4, 1), topics=[topic])
        factories.news(
            title_en="Grant", kind=Kind.GRANT_AWARD, date=date(2026, 4, 1), topics=[topic]
        )
        factories.news(title_en="Cells", kind=Kind.STORY, date=date(2023, 4, 1))

    def test_by_topic(self, client, topic):
        assert titles(client.get("/en/news/", {"topic": topic.pk})) == ["Grant", "Pollen"]

    def test_by_type(self, client):
        assert titles(client.get("/en/news/", {"type": "story"})) == ["Pollen", "Cells"]

    def test_by_year(self, client):
        assert titles(client.get("/en/news/", {"year": "2025"})) == ["Pollen"]

    def test_filters_combine(self, client, topic):
        found = client.get("/en/news/", {"topic": topic.pk, "type": "story", "year": "2025"})
        assert titles(found) == ["Pollen"]
        assert found.context_data["is_filtered"]

    def test_filters_that_find_nothing_together_give_an_empty_list(self, client, topic):
        response = client.get("/en/news/", {"topic": topic.pk, "year": "2023"})
        assert response.status_code == 200
        assert titles(response) == []

    def test_an_empty_filter_is_no_filter(self, client):
        response = client.get("/en/news/?topic=&type=&year=&page=")
        assert len(titles(response)) == 3
        assert not response.context_data["is_filtered"]

    def test_the_address_means_the_same_in_every_language(self, client, topic):
        query = {"topic": topic.pk, "type": "story"}
        for path in ("/en/news/", "/fr/actualites/", "/de/aktuelles/"):
            assert len(titles(client.get(path, query))) == 1

    def test_the_switcher_keeps_the_filters(self, client, topic):
        response = client.get(f"/en/news/?topic={topic.pk}&year=2025")
        french = next(one for one in response.context_data["languages"] if one["code"] == "fr")
        assert f"/fr/actualites/?topic={topic.pk}&year=2025" in french["url"]

    def test_years_are_offered_where_there_is_news(self, client):
        year = client.get("/en/news/").context_data["filters"][2]
        assert [choice.value for choice in year.choices] == ["", "2026", "2025", "2023"]

    @pytest.mark.parametrize("year", [1, 206, 1899, 2200, 9999])
    def test_a_mistyped_year_is_refused_before_it_is_offered(self, year):
        with pytest.raises(ValidationError, match="between 1900 and 2199"):
            factories.news(date=date(year, 4, 1))

    def test_years_may_lie_as_far_apart_as_dates_are_allowed_to(self, client):
        for year in (1900, 2199):
            factories.news(date=date(year, 4, 1))
        offered = client.get("/en/news/").context_data["filters"][2]
        years = [choice.value for choice in offered.choices]
        assert years == ["", "2199", "2026", "2025", "2023", "1900"]
        assert client.get("/en/news/?year=1900").status_code == 200

    def test_topics_are_offered_in_the_visitors_language(self, client, topic):
        group = client.get("/de/aktuelles/", {"topic": topic.pk}).context_data["filters"][0]
        chosen = next(choice for choice in group.choices if choice.selected)
        assert (chosen.label, chosen.lang) == ("Allergien", "")

    @pytest.mark.parametrize(
        "query",
        [
            "topic=999999",
            "topic=allergy",
            "topic=99999999999999999999999999",
            "type=gossip",
            "year=2024",
            "year=1e3",
            "year=20%2025",
            "page=0",
            "page=2",
            "page=last",
            "page=-1",
            "page=99999999999999999999",
        ],
    )
    def test_what_is_unknown_is_not_found(self, client, query):
        assert client.get(f"/fr/actualites/?{query}").status_code == 404

    def test_other_parameters_are_let_pass(self, client):
        assert client.get("/en/news/?utm_source=letter").status_code == 200


def test_pages_hold_twelve(client, index):
    for day in range(1, 15):
        factories.news(title_en=f"Day {day}", date=date(2026, 5, day))
    assert len(titles(client.get("/en/news/"))) == 12
    second = client.get("/en/news/?page=2")
    assert titles(second) == ["Day 2", "Day 1"]
    assert client.get("/en/news/?page=3").status_code == 404


def test_page_links_keep_the_filters(client, index):
    for day in range(1, 15):
        factories.news(kind=Kind.STORY, date=date(2026, 5, day))
    response = client.get("/en/news/?type=story")
    assert response.context_data["query"] == "type=story"
    assert b"type=story&amp;page=2" in response.content


@pytest.mark.parametrize(
    ("address", "count", "pages"),
    [
        ("/en/news/", "20,016 items", "Page 1 of 1,668"),
        ("/fr/actualites/", "20\u202f016 actualités", "Page 1 sur 1\u202f668"),
        ("/de/aktuelles/", "20.016 Meldungen", "Seite 1 von 1.668"),
    ],
)
def test_numbers_are_written_as_each_language_does(
    client, index, monkeypatch, address, count, pages
):
    factories.news()
    monkeypatch.setattr(Paginator, "count", 20_016)
    page = client.get(address).text
    assert count in page
    assert pages in page


def head(client, address) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").head


def test_a_further_page_stands_for_itself_and_a_filtered_one_for_the_list(client, index):
    for number in range(13):
        factories.news(title_en=f"News {number}", kind="publication")
    second = head(client, "/en/news/?page=2")
    assert second.title.text.startswith("News – page 2 –")
    assert second.select_one("[rel=canonical]")["href"] == "http://testserver/en/news/?page=2"
    alternates = {link["hreflang"]: link["href"] for link in second.select("[hreflang]")}
    assert alternates["fr"] == "http://testserver/fr/actualites/?page=2"
    assert alternates["x-default"] == "http://testserver/en/news/?page=2"
    for address in alternates.values():
        assert head(client, address).select_one("[rel=canonical]")["href"] in alternates.values()
    filtered = head(client, "/en/news/?type=publication&page=2")
    assert filtered.title.text.startswith("News – Publication – page 2 –")
    assert filtered.select_one("[rel=canonical]")["href"] == "http://testserver/en/news/"
