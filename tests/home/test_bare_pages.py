"""Pages on which an editor has filled in no more than the title."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from events.models import EventPage
from tests import factories

pytestmark = pytest.mark.django_db


def bare_pages():
    home = factories.home()
    in_person = EventPage.Attendance.IN_PERSON
    pages = [
        home,
        factories.content_page(),
        factories.research_index(),
        factories.topic(),
        factories.people_index(),
        factories.news_index(),
        factories.news(),
        factories.event_index(),
        factories.event(),
        factories.event(attendance=in_person, venue_name_en="Hall"),
    ]
    Site.clear_site_root_paths_cache()
    return pages


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_bare_page_has_nothing_empty(client, language):
    pages = bare_pages()
    person = factories.person(role_en="")
    addresses = [page.get_url_for_language(language) for page in pages]
    people = next(page for page in pages if page.title.startswith("People"))
    addresses.append(f"{people.get_url_for_language(language)}{person.slug}/")
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        html = BeautifulSoup(response.content, "html.parser")
        empty = [
            element
            for element in html.select("h1, h2, h3, p, ul, ol, dl, dt, dd, aside, section, nav")
            if not element.text.strip() and not element.select("img, svg, input")
        ]
        assert (address, empty) == (address, [])
