"""Every page type answers in every language."""

import pytest
from bs4 import BeautifulSoup

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
    ("path", "heading"),
    [
        ("/en/", "Institute"),
        ("/fr/", "Institute (fr)"),
        ("/de/", "Institute (de)"),
        ("/fr/recherche/", "Recherche"),
        ("/fr/recherche/le-cancer/", "Le cancer"),
        ("/fr/personnes/", "Personnes"),
        ("/fr/personnes/ada/", "Dr Ada Example"),
        ("/fr/actualites/", "Actualités"),
        ("/de/aktuelles/a-grant-de/", "A grant (de)"),
        ("/en/events/", "Events"),
        ("/en/events/?when=past", "Events"),
        ("/de/veranstaltungen/a-talk-de/", "A talk (de)"),
        ("/de/privacy-de/", "Privacy (de)"),
    ],
)
def test_each_page_answers_in_the_language_of_its_address(client, site, path, heading):
    response = client.get(path)
    assert response.status_code == 200
    shown = BeautifulSoup(response.content, "html.parser")
    assert shown.html["lang"] == path.split("/")[1]
    assert [" ".join(one.text.split()) for one in shown.find_all("h1")] == [heading]
