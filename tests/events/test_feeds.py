"""The events as Atom and RSS."""

from datetime import datetime

import pytest
from lxml import etree

from events.times import DEFAULT_TIME_ZONE
from lihsite.local_times import instant
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_an_entry_holds_all_that_the_page_says(client, kind):
    session = {"time": "14:15", "title": "Opening", "speaker": "Ada", "description": "A <b> & c"}
    factories.event(
        title_en="Open day",
        summary_en="Come and see.",
        body_en=[("paragraph", "<p>Doors open at nine.</p>")],
        programme_en=[("session", session)],
        status="cancelled",
    )
    factories.event(title_en="Without a programme")
    feed = etree.fromstring(client.get(f"/en/events/{kind}/").content)
    entries = feed.xpath("//*[local-name()='entry' or local-name()='item']")
    without, entry = (
        one.xpath("string(*[local-name()='content' or local-name()='encoded'])") for one in entries
    )
    said = ["Come and see.", "Cancelled", "Doors open at nine.", "Programme", "14:15", "Opening"]
    assert sorted(said, key=entry.index) == said
    assert "A &lt;b&gt; &amp; c" in entry
    assert "Programme" not in without


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize(
    ("address", "when"),
    [
        ("/en/events", "At a glance: 1 June 2027"),
        ("/fr/evenements", "En bref\u202f: 1er juin 2027"),
        ("/de/veranstaltungen", "Auf einen Blick: 1. Juni 2027"),
    ],
)
def test_an_entry_says_when_as_its_language_writes_it(client, kind, address, when):
    start, end = (instant(datetime(2027, 6, 1, hour), DEFAULT_TIME_ZONE) for hour in (9, 11))
    factories.event(start=start, end=end)
    assert f"&lt;p&gt;{when}" in client.get(f"{address}/{kind}/").text
