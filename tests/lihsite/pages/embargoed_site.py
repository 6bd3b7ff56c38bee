"""A site with one news under embargo that everything of the site could tell of."""

import json
from datetime import UTC, date, datetime

from home.models import HomePage, PinnedNews
from news.models import NewsPage, RelatedItem
from tests import factories
from tests.lihsite.media.library import bodies_with, document, image
from tests.lihsite.search.published import published

HOUR = datetime(2026, 6, 10, 8, tzinfo=UTC)
"""Ten o'clock in Luxembourg."""

SECRET = "xylophonine"
"""A word in every text of the news, and in its addresses, that stands nowhere else."""


class Site:
    def __init__(self):
        self.home = factories.home()
        self.people = factories.people_index()
        self.person = factories.person("Dr Ada", slug="ada")
        self.topic = published(factories.topic, title_en="Allergy")
        self.index = factories.news_index()
        self.event = published(factories.event, title_en="A talk", topics=[self.topic])
        self.release = factories.news(
            topics=[self.topic],
            authors=[self.person],
            date=date(2026, 6, 10),
            embargo=HOUR,
            press_contact_name="Press office",
            **{
                f"{name}_{code}": f"{SECRET} {name} {code}"
                for name in ("title", "summary", "plain_summary")
                for code in factories.ALL
            },
        )
        self.attach_to_it()
        self.release.save_revision().publish()
        self.release = NewsPage.objects.get(pk=self.release.pk)
        self.link_to_it()

    def attach_to_it(self):
        """A picture and a document, uploaded for it and shown by nothing else."""
        self.picture = image(title_en="Pictured ahead")
        self.document = document("findings.pdf", title_en=f"{SECRET} findings")
        self.release.lead_image = self.picture
        for name, body in bodies_with(self.document).items():
            setattr(self.release, name, body)

    def link_to_it(self):
        """From a related item, a pinned item and blocks, as editors do ahead of the hour."""
        self.other = factories.news(title_en="Other", topics=[self.topic])
        RelatedItem.objects.create(page=self.other, item=self.release)
        PinnedNews.objects.create(page=self.home, news=self.release)
        home = HomePage.objects.get()
        home.hero_page = self.release
        home.save()
        text = f'<p>See <a linktype="page" id="{self.release.pk}">this</a>.</p>'
        body = [
            {"type": "paragraph", "value": text, "id": "7d0d2a86-6d61-4b4a-8f5e-0d3a3a1b0001"},
            {
                "type": "related_pages",
                "value": {"title": "", "pages": [self.release.pk]},
                "id": "7d0d2a86-6d61-4b4a-8f5e-0d3a3a1b0002",
            },
            {
                "type": "call_to_action",
                "value": {"title": "Go", "label": "Go", "page": self.release.pk, "url": ""},
                "id": "7d0d2a86-6d61-4b4a-8f5e-0d3a3a1b0003",
            },
        ]
        body = {f"body_{code}": json.dumps(body) for code in factories.ALL}
        self.content = factories.content_page(title_en="About", **body)
