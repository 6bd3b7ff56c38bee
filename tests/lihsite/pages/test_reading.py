"""What stands around a text: contents, reading time, plain language, ways on and ways to share."""

import json
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from lihsite.pages.reading import share_links
from news.models import RelatedItem
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return factories.home()


def heading(number, text, level="h2"):
    block_id = f"{number:08d}-0000-4000-8000-000000000000"
    return {"type": "heading", "id": block_id, "value": {"text": text, "level": level}}


def words(count):
    return {
        "type": "paragraph",
        "id": f"{count:08x}-0000-4000-8000-00000000000f",
        "value": "a " * count,
    }


def test_long_pages_have_contents_with_the_same_anchors_in_every_language(client):
    page = factories.content_page(
        body_en=json.dumps([heading(1, "One"), heading(2, "Two"), heading(3, "Three")]),
        body_fr=json.dumps([heading(1, "Un"), heading(2, "Deux"), heading(3, "Trois")]),
    )
    for code, title in (("en", "One"), ("fr", "Un")):
        text = client.get(page.get_url_for_language(code)).text
        assert f'<a href="#s-00000001">{title}</a>' in text
        assert f'id="s-00000001">{title}</h2>' in text


def test_short_pages_have_no_contents(client):
    body = [heading(1, "One"), heading(2, "Two"), heading(3, "Sub", "h3")]
    page = factories.content_page(body_en=json.dumps(body))
    assert 'href="#s-' not in client.get(page.get_url()).text


def test_each_language_is_read_at_its_own_speed(client):
    body = json.dumps([words(1790)])
    page = factories.news(body_en=body, body_de=body)
    assert "8 minutes to read" in client.get(page.get_url_for_language("en")).text
    assert "10 Minuten Lesezeit" in client.get(page.get_url_for_language("de")).text


def test_the_summary_in_plain_language_is_a_section_of_its_own(client):
    for page in (
        factories.news(plain_summary_en="It is simple.", live_in=("en",)),
        factories.topic(plain_summary_en="It is simple.", live_in=("en",)),
    ):
        text = client.get(page.get_url_for_language("en")).text
        assert 'aria-labelledby="plain-summary"' in text
        assert "<p>It is simple.</p>" in text
        # In fallback it is marked as the rest of the text is.
        assert "<p>It is simple.</p>" in client.get(page.get_url_for_language("fr")).text


def test_links_to_share_are_plain_and_whole():
    links = {link.name: link.url for link in share_links("A & B: 50%", "https://a.example/x/?y=é")}
    assert links["E-mail"] == (
        "mailto:?subject=A%20%26%20B%3A%2050%25&body=https%3A%2F%2Fa.example%2Fx%2F%3Fy%3D%C3%A9"
    )
    linkedin = parse_qs(urlsplit(links["LinkedIn"]).query)
    assert linkedin == {"url": ["https://a.example/x/?y=é"]}
    assert parse_qs(urlsplit(links["Bluesky"]).query)["text"][0].startswith("A & B: 50% https:")
    assert unquote(urlsplit(links["Mastodon"]).fragment).startswith("text=A & B: 50%")


class TestWorthReadingNext:
    @pytest.fixture
    def topics(self):
        return [factories.topic(title_en=name) for name in ("Cancer", "Brain")]

    def titles(self, client, page, code="en"):
        response = client.get(page.get_url_for_language(code))
        return [item.shown.title for item in response.context_data["related"]]

    def test_nearest_first(self, client, topics):
        page = factories.news(kind="story", topics=topics, date=date(2026, 5, 1))
        for title, kind, about, day in (
            ("Both", "grant_award", topics, 1),
            ("Same type", "story", topics[:1], 2),
            ("Newest", "grant_award", topics[1:], 4),
            ("Older", "grant_award", topics[1:], 3),
            ("Elsewhere", "story", [], 5),
        ):
            factories.news(title_en=title, kind=kind, topics=about, date=date(2026, 4, day))
        assert self.titles(client, page) == ["Both", "Same type", "Newest"]

    def test_the_readers_language_first(self, client, topics):
        page = factories.news(topics=topics)
        factories.news(title_en="English", topics=topics, live_in=("en",))
        factories.news(title_en="x", title_fr="Français", topics=topics[:1], live_in=("en", "fr"))
        assert self.titles(client, page, "fr") == ["Français", "English"]

    def test_what_editors_chose_stands_before_it_and_once(self, client, topics):
        page = factories.news(topics=topics)
        near = factories.news(title_en="Near", topics=topics)
        chosen = factories.news(title_en="Chosen")
        for item in (chosen, near):
            RelatedItem.objects.create(page=page, item=item)
        assert self.titles(client, page) == ["Chosen", "Near"]

    def test_events_lead_to_the_news_on_their_topics(self, client, topics):
        about = factories.news(topics=topics[:1])
        factories.news(topics=topics[1:])
        context = client.get(factories.event(topics=topics[:1]).get_url()).context_data
        assert [item.pk for item in context["next_news"]] == [about.pk]
