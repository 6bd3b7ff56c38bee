"""Once a language of a page is taken down nothing tells of its text, wherever visitors look."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.lihsite.pages.embargoed_site import SECRET
from tests.lihsite.pages.test_embargo import addresses, tells
from tests.lihsite.search.published import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    factories.home()
    people = factories.people_index()
    person = factories.person("Dr Ada", slug="ada")
    topic = published(
        factories.topic,
        title_en="Allergy",
        title_fr=f"{SECRET} allergie",
        slug_fr="allergie",
        summary_fr=f"{SECRET} summary",
    )
    index = factories.news_index()
    factories.event_index()
    published(factories.news, title_en="Other", topics=[topic])
    published(factories.event, title_en="A talk", topics=[topic])
    release = published(
        factories.news,
        title_en="Open",
        title_fr=f"{SECRET} title",
        slug_fr="ouvert",
        summary_fr=f"{SECRET} summary",
        plain_summary_fr=f"{SECRET} plainly",
        body_fr=[("paragraph", f"<p>{SECRET} text</p>")],
        topics=[topic],
        authors=[person],
    )
    return SimpleNamespace(people=people, person=person, topic=topic, index=index, release=release)


def test_a_language_that_is_taken_down_is_told_nowhere(client, site):
    own = [
        address
        for code in ("en", "fr", "de")
        for address in (
            site.release.get_url_for_language(code),
            f"/api/v2/pages/{site.release.pk}/?lang={code}&fields=*",
        )
    ]
    own += ["/fr/rechercher/?q=plainly", "/fr/rechercher/suggestions/?q=title"]
    french = site.release.get_url_for_language("fr")
    for address in ("/fr/", "/fr/actualites/", french, *own[-2:]):
        assert tells(client, address), address
    for page in (site.release, site.topic):
        page.live_in_fr = False
        page.save_revision().publish()
    assert [address for address in [*addresses(site), *own] if tells(client, address)] == []
