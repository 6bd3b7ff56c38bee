"""People's pages: what they lead, wrote and speak at, in every language."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from freezegun import freeze_time

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    factories.home()
    return factories.people_index()


def ada(**fields):
    texts = {"role_en": "Immunologist", "role_fr": "Immunologiste", "role_de": "Immunologin"}
    return factories.person("Prof. Ada Example", slug="ada", **{**texts, **fields})


def test_people_are_listed_by_their_last_names(client):
    factories.person("Dr Zoe Adams, PhD")
    factories.person("Prof. Al Zimmer")
    factories.person("Eve van Loon", sort_name="Loon")
    names = [person.name for person in client.get("/en/people/").context_data["people"]]
    assert names == ["Dr Zoe Adams, PhD", "Eve van Loon", "Prof. Al Zimmer"]


def test_a_persons_page_lists_what_they_lead_wrote_and_speak_at(client):
    person, other = ada(), factories.person()
    topic = factories.topic(leads=[person])
    factories.topic(leads=[other])
    older = factories.news(authors=[person], date=date(2026, 1, 1))
    newer = factories.news(authors=[other, person], date=date(2026, 2, 1))
    factories.news(authors=[other])
    talk = factories.event(speakers=[person], start=datetime(2030, 1, 1, tzinfo=UTC))
    context = client.get("/en/people/ada/").context_data
    assert context["person"] == person
    assert context["leads"] == [topic]
    assert context["writes"] == [newer, older]
    assert context["speaks"] == [talk]


@freeze_time("2030-06-15 10:00")
def test_talks_are_listed_as_they_come_and_past_ones_after_them(client):
    person = ada()

    def talk(month, day=15):
        start = datetime(2030, month, day, 9, tzinfo=UTC)
        return factories.event(
            speakers=[person], start=start, end=start + timedelta(hours=2), title_en=f"{month}"
        )

    for month in (12, 1, 6, 9, 3):
        talk(month)
    speaks = client.get("/en/people/ada/").context_data["speaks"]
    assert [event.title_en for event in speaks] == ["6", "9", "12", "3", "1"]


def test_what_is_not_live_is_not_listed(client):
    person = ada()
    factories.topic(leads=[person], live_in=())
    factories.news(authors=[person], live_in=())
    factories.event(speakers=[person], live_in=())
    context = client.get("/en/people/ada/").context_data
    assert (context["leads"], context["writes"], context["speaks"]) == ([], [], [])


def test_an_unknown_person_is_not_found(client):
    assert client.get("/fr/personnes/nobody/").status_code == 404
    ada()
    assert client.get("/fr/personnes/ada/more/").status_code == 404


def test_the_switcher_leads_to_the_same_person(client):
    ada()
    languages = client.get("/en/people/ada/").context_data["languages"]
    addresses = {one["code"]: one["url"].partition("?")[0] for one in languages}
    assert addresses == {
        "en": "/en/people/ada/",
        "fr": "/fr/personnes/ada/",
        "de": "/de/personen/ada/",
    }


def test_alternates_name_the_languages_that_something_is_written_in(client):
    ada(role_de="")
    alternates = client.get("/en/people/ada/").context_data["alternates"]
    assert alternates == [
        ("en", "http://testserver/en/people/ada/"),
        ("fr", "http://testserver/fr/personnes/ada/"),
        ("x-default", "http://testserver/en/people/ada/"),
    ]


def test_a_person_without_text_in_the_language_is_shown_in_another(client):
    ada(role_de="")
    response = client.get("/de/personen/ada/")
    context = response.context_data
    assert context["person"].shown.lang == "en"
    assert context["canonical_url"] == "http://testserver/en/people/ada/"
    assert 'lang="en">Immunologist' in response.content.decode()


def test_the_list_itself_keeps_its_own_languages(client):
    ada(role_de="")
    context = client.get("/de/personen/").context_data
    assert context["shown"].lang == ""
    assert len(context["alternates"]) == 4


def test_a_draft_list_of_people_has_no_persons_pages(client, index):
    ada()
    index.live = False
    index.save()
    assert client.get("/en/people/ada/").status_code == 404


def test_a_persons_name_links_to_their_page(client):
    item = factories.news(authors=[ada()])
    with translation.override("fr"):
        address = item.get_url()
    assert 'href="/fr/personnes/ada/"' in client.get(address).content.decode()


def test_without_a_list_of_people_names_are_no_links(client, index):
    person = ada()
    index.delete()
    content = client.get(factories.news(authors=[person]).get_url()).content.decode()
    assert "Prof. Ada Example" in content
    assert "ada/" not in content


def renamed(person, slug):
    person.slug = slug
    person.save()
    return person


def assert_moved(client, old, new):
    response = client.get(old)
    assert (response.status_code, response["location"]) == (301, new)


def test_a_persons_new_slug_leaves_a_redirect_in_each_language(client):
    renamed(renamed(ada(), "ada-lovelace"), "lovelace")
    for old in ("ada", "ada-lovelace"):
        assert_moved(client, f"/en/people/{old}/", "/en/people/lovelace/")
        assert_moved(client, f"/fr/personnes/{old}/", "/fr/personnes/lovelace/")
        assert_moved(client, f"/de/personen/{old}/", "/de/personen/lovelace/")


def test_a_person_who_goes_back_to_the_old_slug_is_there_again(client):
    renamed(renamed(ada(), "lovelace"), "ada")
    assert client.get("/fr/personnes/ada/").status_code == 200
    assert_moved(client, "/fr/personnes/lovelace/", "/fr/personnes/ada/")


def test_an_old_slug_follows_the_list_of_people_to_its_new_address(client, index):
    renamed(ada(), "lovelace")
    index.slug_fr = "equipe"
    index.save()
    assert_moved(client, "/fr/personnes/ada/", "/fr/equipe/lovelace/")
