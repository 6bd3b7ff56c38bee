"""The events as Atom and RSS."""

import pytest
from lxml import etree

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
