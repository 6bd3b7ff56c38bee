"""Reviewers' links show a page ahead of its hour, to nobody else and no longer than they may."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from freezegun import freeze_time
from wagtail.models import PageLogEntry, PageViewRestriction
from wagtail.users.models import UserProfile

from lihsite.models import ReviewerLink
from lihsite.multilingual.languages import language_codes
from tests.lihsite.pages.admin import accounts, client_of
from tests.lihsite.pages.embargoed_site import HOUR, SECRET, Site

pytestmark = pytest.mark.django_db

NOW = "2026-06-05 12:00"


@pytest.fixture(scope="module")
def stored_site(shared_rows, media_folder):
    with freeze_time("2026-06-01"):
        return Site()


@pytest.fixture
def site(stored_site):
    return deepcopy(stored_site)


@pytest.fixture(autouse=True)
def now():
    with freeze_time(NOW):
        yield


def link_to(page, **fields):
    return ReviewerLink.objects.create(
        page_id=page.pk, **{"note": "Daily", "expires_at": HOUR, **fields}
    )


def address(link, code="en"):
    with translation.override(code):
        return reverse("reviewed_page", args=[link.token])


def test_it_shows_the_page_in_each_language_and_says_what_it_is(client, site):
    link = link_to(site.release)
    for code, words in (
        ("en", "Under embargo until 10 June 2026, 10:00"),
        ("fr", "10 juin 2026"),
        ("de", "10. Juni 2026"),
    ):
        response = client.get(address(link, code))
        assert response.status_code == 200
        assert f"{SECRET} title {code}" in response.text
        assert words in response.text
        assert response["Content-Language"] == code


def test_nobody_is_told_its_address(client, site):
    link = link_to(site.release)
    response = client.get(address(link))
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.text
    for sign in ("canonical", "og:", "ld+json", 'rel="alternate" hreflang', "mailto:?"):
        assert sign not in response.text
    assert site.release.get_url_for_language("en") not in response.text


def test_the_switcher_keeps_the_link(client, site):
    link = link_to(site.release)
    page = client.get(address(link)).text
    for code in language_codes():
        assert address(link, code) in page


def test_files_of_the_page_come_by_the_link(client, site):
    site.release.kind = "publication"
    site.release.save_revision().publish()
    link = link_to(site.release)
    assert f"{address(link)}bibtex/" in client.get(address(link)).text
    file = client.get(f"{address(link)}bibtex/")
    assert SECRET in file.text
    assert file["Cache-Control"] == "no-store, private"
    assert client.get(f"{address(link)}nothing/").status_code == 404


@pytest.mark.parametrize("method", ["revoke", "expire", "unpublish", "mistype"])
def test_it_leads_nowhere_once_it_is_no_good(client, site, method):
    link = link_to(site.release)
    asked = address(link)
    if method == "revoke":
        link.revoke()
    elif method == "expire":
        ReviewerLink.objects.update(expires_at=HOUR - timedelta(days=6))
    elif method == "unpublish":
        site.release.unpublish()
    else:
        asked = address(link)[:-2] + "/"
    response = client.get(asked)
    assert response.status_code == 404
    assert SECRET not in response.text


def test_from_the_hour_on_it_leads_to_the_address_for_everybody(client, site):
    link = link_to(site.release, expires_at=HOUR + timedelta(days=1))
    with freeze_time(HOUR):
        response = client.get(address(link, "fr"))
    assert response.status_code == 302
    assert response.url == site.release.get_url_for_language("fr")
    assert response["Cache-Control"] == "no-store, private"


def test_it_does_not_open_a_private_page(client, site):
    PageViewRestriction.objects.create(page=site.index, restriction_type="login")
    response = client.get(address(link_to(site.release)))
    assert response.status_code == 302
    assert SECRET not in response.text


def test_a_link_is_of_one_page_alone(client, site):
    link = link_to(site.other)
    assert client.get(address(link)).url == site.other.get_url_for_language("en")
    assert SECRET not in client.get(address(link)).text


class TestInTheAdmin:
    @pytest.fixture(autouse=True)
    def some_accounts(self, site):
        accounts(site.home)

    def url(self, site):
        return reverse("reviewer_links", args=[site.release.pk])

    @pytest.mark.parametrize("language", ["en", "fr", "de"])
    def test_who_publishes_gives_and_revokes_links(self, site, language):
        admin = client_of("reviewer", language)
        data = {"note": "Morning paper", "expires_at": "2026-06-10 10:00"}
        assert admin.post(self.url(site), data).status_code == 302
        link = site.release.reviewer_links.get()
        assert (link.expires_at, link.created_by.username) == (HOUR, "reviewer")
        page = admin.get(self.url(site)).text
        assert all(address(link, code) in page for code in language_codes())
        admin.post(reverse("revoke_reviewer_link", args=[site.release.pk, link.pk]))
        link.refresh_from_db()
        assert not link.is_good
        assert address(link) not in admin.get(self.url(site)).text
        actions = PageLogEntry.objects.filter(page=site.release.pk).values_list("action", flat=True)
        assert {"lihsite.create_reviewer_link", "lihsite.revoke_reviewer_link"} <= set(actions)

    @pytest.mark.parametrize("moment", ["", "2026-06-01 10:00", "2026-03-29 02:30", "never"])
    def test_a_moment_that_cannot_be_is_refused(self, site, moment):
        response = client_of("reviewer").post(self.url(site), {"note": "x", "expires_at": moment})
        assert response.status_code == 200
        assert not site.release.reviewer_links.exists()

    @pytest.mark.parametrize("username", ["editor", "french"])
    def test_who_does_not_publish_gives_none(self, site, username):
        admin = client_of(username)
        data = {"note": "x", "expires_at": "2026-06-10 10:00"}
        for method in (admin.get, admin.post):
            assert method(self.url(site), data).status_code == 302
        assert not site.release.reviewer_links.exists()

    def test_the_form_takes_the_hour_for_luxembourgs(self, site):
        admin = client_of("reviewer")
        UserProfile.objects.update(current_time_zone="Asia/Tokyo")
        edit = reverse("wagtailadmin_pages:edit", args=[site.release.pk])
        page = admin.get(edit).text
        assert 'value="2026-06-10 10:00"' in page
        assert self.url(site) in page
