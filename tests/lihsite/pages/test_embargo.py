"""Before its hour nobody learns of a page under embargo, wherever they look; then everybody does.

The addresses are taken from the site's own routes, so that a new list or endpoint is looked at too.
"""

import re
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from freezegun import freeze_time
from wagtail.contrib.redirects.models import Redirect

from lihsite.models import BasePage, ReviewerLink
from lihsite.multilingual.languages import language_codes
from lihsite.search.queries import Search, find
from news.models import NewsPage
from tests import factories
from tests.lihsite.media.library import document, image, shown
from tests.lihsite.pages.embargoed_site import HOUR, SECRET, Site

pytestmark = pytest.mark.django_db

BEFORE, AFTER = "2026-06-10 07:59:59", "2026-06-10 08:00:00"
QUERIES = {
    "search": ["", f"?q={SECRET}", f"?q={SECRET[:-1]}x", "?q=talk&others=yes", "?q=dr+ada"],
    "search_suggestions": [f"?q={SECRET[:6]}"],
}
"""What is asked of the addresses that answer to a query."""
NOT_FOR_VISITORS = ("admin/", "_util/", "documents/", "media/", "_review/", "static/")


@pytest.fixture(scope="module")
def stored_site(shared_rows, media_folder):
    with freeze_time("2026-06-01"):
        return Site()


@pytest.fixture
def site(stored_site):
    return deepcopy(stored_site)


def plain_routes(resolver=None, prefix=""):
    """The site's own addresses that need nothing filled in but a number."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if any(part in route for part in NOT_FOR_VISITORS):
            continue
        if isinstance(pattern, URLResolver):
            yield from plain_routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            route = route.replace("<int:number>", "1")
            if not any(sign in route for sign in "<(^"):
                yield pattern.name, f"/{route}"


def addresses(site) -> list[str]:
    """Every public address of the site but those of the release itself, in every language.

    All at once: routes are in the language in force, and each request leaves its own behind.
    """
    return list(_addresses(site))


def _addresses(site):
    for code in language_codes():
        with translation.override(code):
            for name, route in plain_routes():
                yield from (route + query for query in QUERIES.get(name, [""]))
        for page in BasePage.objects.filter(depth__gt=1).exclude(pk=site.release.pk).specific():
            own = page.get_url_for_language(code)
            yield own
            yield from (own + name + "/" for name in getattr(page, "resources", ()))
        people = site.people.get_url_for_language(code)
        news = site.index.get_url_for_language(code)
        yield from api_addresses(site, code)
        yield f"{people}{site.person.slug}/"
        yield f"{news}?topic={site.topic.pk}"
        yield f"{news}atom/?topic={site.topic.pk}&type=press_release"
        yield f"{news}?type=press_release"
        yield f"/{code}/there-is-no-such-page/"


def api_addresses(site, code):
    """The API, whose routes are patterns: its lists, and each page that is no secret."""
    for name in ("pages", "images", "documents"):
        yield f"/api/v2/{name}/?lang={code}"
        yield f"/api/v2/{name}/?lang={code}&search={SECRET}"
    yield f"/api/v2/pages/?lang={code}&type=news.NewsPage&fields=*"
    yield f"/api/v2/pages/?lang={code}&child_of={site.index.pk}&order=-id"
    for pk in (
        BasePage.objects.filter(depth__gt=1)
        .exclude(pk=site.release.pk)
        .values_list("pk", flat=True)
    ):
        yield f"/api/v2/pages/{pk}/?lang={code}&fields=*"


def own_addresses(site):
    for code in language_codes():
        yield f"/api/v2/pages/{site.release.pk}/?lang={code}"
    for code in language_codes():
        own = site.release.get_url_for_language(code)
        yield from (own, f"{own}bibtex/", f"{own}ris/")


def tells(client, address) -> bool:
    """Whether the answer holds the secret, where the question does not."""
    response = client.get(address)
    assert response.status_code in (200, 301, 302, 400, 404), address
    heard = response.content.decode(errors="replace") + str(response.headers)
    return (
        SECRET in heard.replace(address, "").replace(f'value="{SECRET}"', "")
        if (SECRET not in address)
        else f"{SECRET} " in heard or f"{SECRET}-" in heard
    )


def test_routes_are_found_in_every_language():
    with translation.override("fr"):
        found = {route for _name, route in plain_routes()}
    assert {"/sitemap.xml", "/sitemap-1.xml", "/llms.txt", "/fr/rechercher/"} <= found


def test_nothing_tells_of_it_before_its_hour(client, site):
    with freeze_time(BEFORE):
        telling = [address for address in addresses(site) if tells(client, address)]
    assert telling == []


def test_its_own_addresses_are_not_found_before_its_hour(client, admin_client, site):
    with freeze_time(BEFORE):
        for visitor in (client, admin_client):
            for address in own_addresses(site):
                response = visitor.get(address)
                assert response.status_code == 404, address
                assert f"{SECRET} " not in response.text


def test_at_its_hour_it_is_everywhere_by_itself(client, site):
    with freeze_time(BEFORE):
        for address in addresses(site):
            client.get(address)
    with freeze_time(AFTER):
        for code in language_codes():
            assert client.get(site.release.get_url_for_language(code)).status_code == 200
            api = client.get(f"/api/v2/pages/{site.release.pk}/?lang={code}")
            assert api.status_code == 200
        telling = {address for address in addresses(site) if tells(client, address)}
    for code in language_codes():
        with translation.override(code):
            news, people = (page.get_url_for_language(code) for page in (site.index, site.people))
            told = {
                news,
                f"{news}atom/",
                f"{news}rss/",
                f"{people}ada/",
                f"/{code}/",
                site.topic.get_url_for_language(code),
                site.other.get_url_for_language(code),
                site.content.get_url_for_language(code),
                site.event.get_url_for_language(code),
                "/sitemap-1.xml",
            }
            told |= {
                f"{reverse('search')}?q={SECRET}",
                f"{reverse('search_suggestions')}?q={SECRET[:6]}",
            }
        told.add(f"/api/v2/pages/?lang={code}")
        told.add(f"/api/v2/pages/?lang={code}&search={SECRET}")
        assert told <= telling


def test_a_word_of_it_is_suggested_for_a_mistyped_one_only_from_its_hour(client, site):
    address = f"/en/search/?q={SECRET[:-1]}x"
    with freeze_time(BEFORE):
        assert SECRET not in client.get(address).text
    with freeze_time(AFTER):
        assert SECRET in client.get(address).text


def test_its_year_is_no_choice_before_its_hour(client, site):
    NewsPage.objects.filter(pk=site.release.pk).update(date="2031-01-01")
    with freeze_time(BEFORE):
        assert client.get("/en/news/?year=2031").status_code == 404
    with freeze_time(AFTER):
        assert client.get("/en/news/?year=2031").status_code == 200


def test_a_new_slug_leaves_no_redirect_that_would_tell_the_address(client, site):
    with freeze_time(BEFORE):
        site.release.slug_en = "renamed"
        site.release.save_revision().publish()
        assert not Redirect.objects.filter(redirect_page=site.release.pk).exists()


def test_a_redirect_that_leads_to_it_is_none_before_its_hour(client, site):
    Redirect.objects.create(old_path="/press", redirect_page=site.release.basepage_ptr)
    address = site.release.get_url_for_language("en")
    with freeze_time(BEFORE):
        assert client.get("/press/").status_code == 404
        assert client.get("/press/?from=mail").status_code == 404
    with freeze_time(AFTER):
        assert client.get("/press/").headers["Location"] == address
        assert client.get("/press/?from=mail").headers["Location"] == address


def test_feeds_date_it_from_its_hour(client, site):
    with freeze_time(AFTER):
        feed = client.get("/en/news/atom/").text
    assert f"<published>{HOUR:%Y-%m-%dT%H:%M}" in feed
    assert f"<updated>{HOUR:%Y-%m-%dT%H:%M}" in feed


def test_the_number_of_results_leaves_it_out(site):
    with freeze_time(BEFORE):
        assert find(Search(SECRET, "en")).total == 0
    with freeze_time(AFTER):
        assert find(Search(SECRET, "en")).total > 0


def test_a_page_without_an_hour_is_for_everybody(site):
    page = factories.news()
    assert Client().get(page.get_url()).status_code == 200


def test_its_document_is_for_those_alone_who_may_read_it(client, admin_client, site):
    address = site.document.url
    with freeze_time(BEFORE):
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?review=guessed").status_code == 404
        assert admin_client.get(address).status_code == 200
        link = ReviewerLink.objects.create(page_id=site.release.pk, note="Daily", expires_at=HOUR)
        page = client.get(f"/fr/_review/{link.token}/")
        told = f"{address}?review={link.token}"
        assert f'href="{told}"' in page.text
        answer = client.get(told)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        link.revoke()
        assert client.get(told).status_code == 404
    with freeze_time(AFTER):
        assert client.get(address).status_code == 200
        assert f'href="{address}"' in client.get(site.release.get_url()).text


def test_a_link_to_one_page_opens_no_document_of_another(client, site):
    other = factories.news(title_en="Also early", embargo=HOUR)
    link = ReviewerLink.objects.create(page_id=other.pk, note="Daily", expires_at=HOUR)
    with freeze_time(BEFORE):
        assert client.get(f"{site.document.url}?review={link.token}").status_code == 404


def test_a_document_that_something_public_shows_too_is_for_everybody(client, site):
    with freeze_time(BEFORE):
        shown(site.document)
        assert client.get(site.document.url).status_code == 200


def test_a_version_of_its_document_is_as_secret(client, site):
    version = document("resultats.pdf", language="fr", version_of=site.document)
    with freeze_time(BEFORE):
        assert client.get(version.url).status_code == 404
    with freeze_time(AFTER):
        assert client.get(version.url).status_code == 200


def test_the_address_of_a_picture_is_not_told_from_its_name(site):
    again = image(title_en="Pictured again")
    names = {one.file.name for one in (site.picture, again)}
    assert len(names) == 2
    for name in names:
        assert re.fullmatch(r"original_images/cells-[0-9a-f]{10}\.png", name)


def test_its_cards_are_not_drawn_for_those_who_guess(client, site):
    with freeze_time(BEFORE):
        address = site.release.get_social_card_url("en")
        assert client.get(address).status_code == 404
    with freeze_time(AFTER):
        assert client.get(address).status_code == 200
