"""Private pages are private at each of their addresses, and in nobody else's lists."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import ContentPage
from lihsite.pages.reviewer_links import ReviewerLink
from tests import factories

pytestmark = pytest.mark.django_db


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.fixture
def news_index():
    return factories.news_index()


def test_private_news_are_in_no_list(client, news_index):
    private = factories.news(news_index, title_en="For the board only")
    factories.news(news_index, title_en="For everybody")
    make_private(private)
    content = client.get("/en/news/").content.decode()
    assert "For everybody" in content
    assert "For the board only" not in content


def test_what_is_below_a_private_section_is_private_in_every_language(client, news_index):
    item = factories.news(news_index, title_en="For everybody", title_fr="Pour tout le monde")
    make_private(news_index)
    for code in ("en", "fr", "de"):
        response = client.get(item.get_url_for_language(code))
        assert response.status_code == 302
        assert "login" in response.url


def test_private_sections_are_not_in_the_menu(client, news_index):
    news_index.show_in_menus = True
    news_index.save()
    home = news_index.get_parent().specific
    assert news_index.title.encode() in client.get(home.get_url_for_language("en")).content
    make_private(news_index)
    response = client.get(home.get_url_for_language("en"))
    assert [link.title for link in response.context["navigation"]] == []


@pytest.fixture
def home():
    return factories.home()


@pytest.fixture
def section(home):
    return factories.content_page(home, title_en="Board", title_fr="Conseil", title_de="Rat")


@pytest.fixture
def child(section):
    return factories.content_page(
        section, live_in=("en", "fr"), title_en="Minutes", title_fr="Procès-verbal"
    )


def addresses(page):
    return [page.get_url_for_language(code) for code in ("en", "fr", "de")]


def test_a_private_page_is_private_in_every_language(client, section, child):
    make_private(section)
    for address in addresses(section) + addresses(child):
        response = client.get(address)
        assert response.status_code == 302, address
        assert "login" in response["location"]


def test_a_private_page_opens_for_those_who_may_see_it(admin_client, section, child):
    make_private(section)
    for address in addresses(section) + addresses(child):
        assert admin_client.get(address).status_code == 200


def test_what_stands_beside_a_private_page_is_public(client, home, section):
    make_private(section)
    other = factories.content_page(home, title_en="Boards")
    for address in addresses(other):
        assert client.get(address).status_code == 200


def test_an_alias_of_a_private_page_is_private(client, home, child):
    make_private(child)
    public = factories.content_page(home, title_en="Public")
    alias = ContentPage.objects.get(pk=child.pk).create_alias(parent=public)
    for address in addresses(alias):
        assert client.get(address).status_code == 302, address


def test_a_private_home_page_makes_the_whole_site_private(client, home, child):
    make_private(home)
    for address in addresses(home) + addresses(child):
        assert client.get(address).status_code == 302, address


def test_a_person_below_a_private_list_is_private(client):
    index = factories.people_index()
    person = factories.person(slug="ada")
    assert client.get(f"/fr/personnes/{person.slug}/").status_code == 200
    make_private(index)
    assert client.get(f"/fr/personnes/{person.slug}/").status_code == 302


PASSWORD = "for the board"


@pytest.fixture
def lock(section):
    """The restriction by which the section and what is below it have a password."""
    return PageViewRestriction.objects.create(
        page=section, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
    )


def way_in(restriction, pk) -> str:
    return f"/fr/_util/authenticate_with_password/{restriction.pk}/{pk}/"


def send(client, restriction, page, password=PASSWORD, back=None):
    """Send the password of a page, to be led back to it or to another address."""
    fields = {"password": password, "return_url": back or page.get_url_for_language("fr")}
    return client.post(way_in(restriction, page.pk), fields)


def test_a_password_opens_the_page_and_a_wrong_one_is_asked_for_again(client, child, lock):
    address = child.get_url_for_language("fr")
    asked = client.get(address).content.decode()
    assert way_in(lock, child.pk) in asked
    assert "Procès-verbal" not in client.get(address).content.decode().partition("<main")[2]
    wrong = send(client, lock, child, "anything")
    assert (wrong.status_code, way_in(lock, child.pk) in wrong.content.decode()) == (200, True)
    right = send(client, lock, child)
    assert (right.status_code, right.url) == (302, address)
    assert "Procès-verbal" in client.get(address).content.decode()


@pytest.fixture
def two_attempts(settings):
    """Who sends a wrong password twice within a quarter of an hour is not heard again in it."""
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "shared_password_client": (2, 900)}


@pytest.mark.usefixtures("two_attempts")
def test_who_knows_it_is_asked_to_wait_after_no_number_of_visits(client, child, lock):
    assert {send(client, lock, child).status_code for _visit in range(5)} == {302}


@pytest.mark.usefixtures("two_attempts")
@freeze_time("2026-05-01 12:00")
def test_who_guesses_it_is_asked_to_wait(client, child, lock):
    assert [send(client, lock, child, guess).status_code for guess in "ab"] == [200, 200]
    refused = send(client, lock, child)
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "Trop de tentatives. Réessayez dans 15 minutes." in refused.text
    assert send(Client(REMOTE_ADDR="192.0.2.7"), lock, child).status_code == 302
    with freeze_time("2026-05-01 12:15"):
        assert send(client, lock, child).status_code == 302


@pytest.mark.usefixtures("two_attempts")
def test_the_password_of_a_collection_is_not_guessed_either(client):
    board = Collection.get_first_root_node().add_child(name="Board")
    lock = CollectionViewRestriction.objects.create(
        collection=board, restriction_type="password", password=PASSWORD
    )
    address = reverse("wagtaildocs_authenticate_with_password", args=[lock.pk])

    def status_of(password):
        return client.post(address, {"password": password, "return_url": "/en/"}).status_code

    assert [status_of(text) for text in (PASSWORD, PASSWORD, PASSWORD)] == [302, 302, 302]
    assert [status_of(text) for text in ("a", "b", PASSWORD)] == [200, 200, 429]


def test_the_password_of_one_page_is_asked_for_in_the_frame_of_no_other(
    client, home, section, child, lock
):
    elsewhere = factories.content_page(home, title_en="Elsewhere")
    draft = factories.content_page(section, live_in=(), title_en="Draft")
    root = home.get_parent()
    for pk in (root.pk, home.pk, elsewhere.pk, draft.pk, 4711):
        assert client.get(way_in(lock, pk)).status_code == 404
        assert client.post(way_in(lock, pk), {"password": "x"}).status_code == 404
    for page in (section, child):
        assert client.get(way_in(lock, page.pk)).status_code == 200


def test_under_embargo_it_is_asked_for_by_reviewers_alone(client, child, lock):
    ContentPage.objects.filter(pk=child.pk).update(embargo=timezone.now() + timedelta(1))
    link = ReviewerLink.objects.create(page_id=child.pk, expires_at=timezone.now() + timedelta(1))
    reviewed = f"/fr/_review/{link.token}/"
    assert way_in(lock, child.pk) in client.get(reviewed).content.decode()
    assert client.get(way_in(lock, child.pk)).status_code == 404
    assert send(client, lock, child).status_code == 404
    assert send(client, lock, child, back="/fr/_review/made-up/").status_code == 404
    assert send(client, lock, child, back=reviewed).url == reviewed
    assert "Procès-verbal" in client.get(reviewed).content.decode()
