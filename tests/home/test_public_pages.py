"""Every page type answers in every language."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def site(shared_rows):
    """A page of each type, linked to each other."""
    factories.home()
    person = factories.person(slug="ada")
    topic = factories.topic(title_en="Cancer", title_fr="Le cancer", leads=[person])
    factories.people_index()
    factories.content_page(title_en="Privacy")
    factories.news(title_en="A grant", topics=[topic], authors=[person])
    factories.event(title_en="A talk", topics=[topic], speakers=[person])


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/fr/",
        "/de/",
        "/fr/recherche/",
        "/fr/recherche/le-cancer/",
        "/fr/personnes/",
        "/fr/personnes/ada/",
        "/fr/actualites/",
        "/de/aktuelles/a-grant-de/",
        "/en/events/",
        "/en/events/?when=past",
        "/de/veranstaltungen/a-talk-de/",
        "/de/privacy-de/",
    ],
)
def test_each_page_answers(client, site, path):
    response = client.get(path)
    assert response.status_code == 200
