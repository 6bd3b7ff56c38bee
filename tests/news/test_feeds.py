"""The news as Atom and RSS."""

import json
import re
from datetime import date

import pytest
from freezegun import freeze_time
from lxml import etree
from wagtail.models import PageViewRestriction

from lihsite.media.pictures import SOCIAL
from tests import factories
from tests.lihsite.blocks.vocabulary import block, items
from tests.lihsite.media.library import image

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
RSS = {"content": "http://purl.org/rss/1.0/modules/content/"}


@pytest.fixture(autouse=True)
def index():
    factories.home()
    return factories.news_index(title_fr="Actualités")


def fetch(client, address, media_type):
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    return etree.fromstring(response.content)


def atom(client, address="/en/news/atom/"):
    return fetch(client, address, "application/atom+xml")


def rss(client, address="/en/news/rss/"):
    return fetch(client, address, "application/rss+xml")


def entry_titles(feed):
    return feed.xpath("a:entry/a:title/text()", namespaces=ATOM)


def test_the_newest_stand_first_with_their_full_content(client):
    body = [("paragraph", "<p>The whole text with a <a href='/en/news/'>link</a>.</p>")]
    factories.news(title_en="Older", date=date(2026, 1, 1))
    factories.news(title_en="Newer", date=date(2026, 2, 1), body_en=body, summary_en="In < short")
    feed = atom(client)
    assert entry_titles(feed) == ["Newer", "Older"]
    content = feed.xpath("string(a:entry[1]/a:content)", namespaces=ATOM)
    assert "The whole text" in content
    assert "http://testserver/en/news/" in content
    item = rss(client).xpath("channel/item[1]")[0]
    assert "The whole text" in item.xpath("string(content:encoded)", namespaces=RSS)
    assert item.xpath("string(description)") == "In &lt; short"


def test_a_feed_without_entries_is_the_same_at_each_reading(client):
    with freeze_time("2026-01-01"):
        first = client.get("/en/news/atom/?type=story")
    second = client.get("/en/news/atom/?type=story")
    assert first.content == second.content
    assert entry_titles(etree.fromstring(second.content)) == []


def test_the_summary_in_plain_language_is_part_of_the_content(client):
    factories.news(title_de="Fund", plain_summary_de="Was <wir>\n\nfanden.", live_in=("de",))
    feed = atom(client, "/de/aktuelles/atom/")
    content = feed.xpath("string(a:entry/a:content)", namespaces=ATOM)
    assert "<p>Was &lt;wir&gt;</p>\n\n<p>fanden.</p>" in content
    assert "<h2>" in content


def test_a_feed_holds_its_own_language_alone(client):
    factories.news(title_en="English", title_fr="Français", live_in=("en", "fr"))
    factories.news(title_en="English only", live_in=("en",))
    feed = atom(client, "/fr/actualites/atom/")
    assert entry_titles(feed) == ["Français"]
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert rss(client, "/fr/actualites/rss/").findtext("channel/language") == "fr"


def test_ids_are_stable_and_differ_by_language(client):
    page = factories.news(title_en="Before", title_fr="Avant")

    def ids(address):
        return atom(client, address).xpath("a:entry/a:id/text()", namespaces=ATOM)

    before = ids("/en/news/atom/")
    page.title_en, page.slug_en = "After", "after"
    page.save_revision().publish()
    assert ids("/en/news/atom/") == before
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", before[0])
    assert ids("/fr/actualites/atom/") != before


def test_feeds_are_narrowed_like_the_list(client):
    lung = factories.topic(title_en="Lungs")
    factories.news(title_en="A story", kind="story", topics=[lung])
    factories.news(title_en="A release", kind="press_release")
    assert entry_titles(atom(client, "/en/news/atom/?type=story")) == ["A story"]
    feed = atom(client, f"/en/news/atom/?topic={lung.pk}")
    assert entry_titles(feed) == ["A story"]
    assert feed.xpath("string(a:title)", namespaces=ATOM).endswith("– Lungs")


@pytest.mark.parametrize("query", ["type=nothing", "topic=0", "year=x"])
def test_feeds_of_what_there_is_not_are_not_found(client, query):
    assert client.get(f"/en/news/atom/?{query}").status_code == 404


def test_a_lost_file_of_a_picture_takes_its_enclosure_alone(client):
    lost, kept = image(size=(1400, 800)), image(size=(1400, 800))
    factories.news(title_en="Lost", lead_image=lost)
    factories.news(title_en="Kept", lead_image=kept)
    atom(client)
    file = lost.renditions.get(filter_spec=SOCIAL).file
    file.storage.delete(file.name)
    feed = atom(client)
    assert sorted(entry_titles(feed)) == ["Kept", "Lost"]
    entries = "a:entry[a:link[@rel='enclosure']]/a:title/text()"
    assert feed.xpath(entries, namespaces=ATOM) == ["Kept"]


def test_pictures_are_enclosed_and_authors_named(client):
    ada = factories.person("Dr Ada Lovisa")
    factories.news(title_en="Pictured", lead_image=image(size=(1400, 800)), authors=[ada])
    feed = atom(client)
    (enclosure,) = feed.xpath("a:entry/a:link[@rel='enclosure']", namespaces=ATOM)
    assert enclosure.get("type") == "image/jpeg"
    assert int(enclosure.get("length")) > 0
    assert enclosure.get("href").startswith("http://testserver/media/")
    assert feed.xpath("a:entry/a:author/a:name/text()", namespaces=ATOM) == ["Dr Ada Lovisa"]


def test_topics_that_visitors_do_not_get_are_not_named(client):
    shown, draft = factories.topic(title_en="Lungs"), factories.topic(title_en="Draft", live_in=())
    private = factories.topic(title_en="Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    factories.news(kind="story", topics=[draft, shown, private])
    assert atom(client).xpath("a:entry/a:category/@term", namespaces=ATOM) == ["Story", "Lungs"]


def test_the_list_names_its_feeds_as_it_is_filtered(client):
    page = client.get("/en/news/?type=story").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert 'href="/en/news/atom/?type=story"' in page


def test_each_narrowed_feed_has_an_id_of_its_own(client):
    factories.news(title_en="A story", kind="story")

    def feed_id(query):
        return atom(client, f"/en/news/atom/{query}").findtext("a:id", namespaces=ATOM)

    assert len({feed_id(query) for query in ("", "?type=story", "?year=2026")}) == 3
    assert feed_id("?type=story&year=2026") == feed_id("?year=2026&type=story")


def test_a_link_to_a_place_on_the_page_leads_there_from_a_reader_too(client):
    body = [("paragraph", "<p><a href='#s-1'>below</a> and <a href='?x=1'>so</a></p>")]
    factories.news(title_en="Long", body_en=body)
    content = atom(client).xpath("string(a:entry/a:content)", namespaces=ATOM)
    assert "http://testserver/en/news/long/#s-1" in content
    assert "http://testserver/en/news/long/?x=1" in content


def test_a_reader_that_has_the_feed_already_is_told_so(client):
    page = factories.news(title_en="Only")
    first = client.get("/en/news/atom/")
    asked = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/en/news/atom/", headers=asked)
    assert (again.status_code, again.content) == (304, b"")
    page.title_en = "Changed"
    page.save()
    assert client.get("/en/news/atom/", headers=asked).status_code == 200


def test_a_feed_takes_no_query_for_each_of_its_entries(client, django_assert_max_num_queries):
    for _number in range(6):
        factories.news(title_en="News", topics=[factories.topic()], authors=[factories.person()])
    client.get("/en/news/atom/")
    with django_assert_max_num_queries(14):
        client.get("/en/news/atom/")


@pytest.mark.parametrize("read", [atom, rss])
def test_old_texts_with_control_characters_leave_a_feed_readable(client, read):
    body = [("paragraph", "<p>The\x0b text.</p>")]
    factories.news(
        title_en="Mon\x0bday",
        summary_en="A\x1f day",
        body_en=body,
        authors=[factories.person("Dr\x0b Ada")],
        topics=[factories.topic(title_en="Can\x0bcer")],
    )
    words = etree.tostring(read(client), encoding="unicode")
    for expected in ("Monday", "A day", "The text", "Dr Ada", "Cancer"):
        assert expected in words


@pytest.mark.parametrize("read", [atom, rss])
def test_what_a_feed_holds_of_an_entry_names_no_private_page(client, read):
    private = factories.content_page(title_en="For the board")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    related = block("related_pages", {"title": "", "pages": items(private.pk)})
    factories.news(title_en="Monday", body_en=json.dumps([related]))
    words = etree.tostring(read(client), encoding="unicode")
    assert "Monday" in words
    assert "For the board" not in words
