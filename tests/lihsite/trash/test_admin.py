"""Deleted pages in the admin: how they get there, who sees them, how they come back."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time

from lihsite.models import BasePage
from lihsite.trash.models import DeletedPage
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

REPORT = reverse("deleted-pages:report")


@pytest.fixture
def home(db):
    home = factories.home()
    accounts(home)
    return home


@pytest.fixture
def page(home):
    return factories.content_page(home, title_en="About", title_fr="À propos", title_de="Über uns")


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def entry_of(page) -> DeletedPage:
    return DeletedPage.objects.get(page_key=page.pk)


def restore_url(page) -> str:
    return reverse("deleted-pages:restore", args=[entry_of(page).pk])


def delete_url(page) -> str:
    return reverse("deleted-pages:delete", args=[entry_of(page).pk])


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Until 4 January 2027 it can be restored under Reports"),
        ("fr", "Jusqu’au 4 janvier 2027, elle peut être restaurée sous Rapports"),
        ("de", "Bis zum 4. Januar 2027 kann sie unter Berichte"),
    ],
)
@freeze_time("2026-12-05 10:00")
def test_whoever_deletes_is_told_until_when_and_where(page, language, note):
    client = client_of("reviewer", language)
    asked = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).content.decode()
    bulk = reverse("wagtail_bulk_action", args=["lihsite", "basepage", "delete"])
    asked_of_many = client.get(bulk, {"id": page.pk}).content.decode()
    assert note in asked
    assert note in asked_of_many
    assert REPORT in delete(client, page).content.decode()


def test_the_list_tells_what_and_where_and_leads_to_what_may_be_done(page):
    client = client_of("reviewer", "fr")
    delete(client, page)
    shown = client.get(REPORT)
    text = shown.content.decode()
    assert "À propos" in text
    assert "/fr/a-propos/" in text
    assert restore_url(page) in text
    assert delete_url(page) not in text
    assert "À propos" in client.get(REPORT, {"q": "propos"}).content.decode()


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "15 April 2031"), ("fr", "15 avril 2031"), ("de", "15. April 2031")],
)
def test_the_list_writes_the_last_day_and_names_who_deleted(page, language, day):
    client = client_of("reviewer", language)
    get_user_model().objects.filter(username="reviewer").update(
        first_name="Rosa", last_name="Review"
    )
    delete(client, page)
    DeletedPage.objects.update(kept_until=datetime(2031, 4, 15, 12, tzinfo=UTC))
    html = BeautifulSoup(client.get(REPORT).content, "html.parser")
    cells = [cell.get_text(" ", strip=True) for cell in html.select("table.listing tbody td")]
    assert day in cells
    assert "Rosa Review" in cells


def test_an_empty_list_says_so(home):
    assert "There is no deleted page" in client_of("reviewer", "en").get(REPORT).content.decode()


def test_one_click_restores_it_with_what_is_below(page):
    factories.content_page(page, title_en="History")
    # Wagtail's right to delete pages with others below them is the administrator's alone.
    delete(client_of("admin"), page)
    client = client_of("reviewer")
    shown = client.get(restore_url(page))
    assert list(shown.context["form"].fields) == ["parent"]
    answer = client.post(restore_url(page), {"parent": page.get_parent().pk}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(
        "wagtailadmin_explore", args=[page.get_parent().pk]
    )
    assert BasePage.objects.filter(path__startswith=page.path).count() == 2


@pytest.mark.parametrize(("parent", "status"), [("x", 400), ("999999", 200), ("", 200)])
def test_a_parent_that_is_none_is_refused(page, parent, status):
    client = client_of("reviewer")
    delete(client, page)
    assert client.post(restore_url(page), {"parent": parent}).status_code == status
    assert entry_of(page)


def test_the_form_asks_for_another_slug_where_it_was_taken(page):
    client = client_of("reviewer")
    delete(client, page)
    factories.content_page(title_en="New", slug_fr="a-propos")
    shown = client.get(restore_url(page))
    assert shown.context["form"]["slug_fr"].value() == "a-propos-2"
    assert "slug_en" not in shown.context["form"].fields
    data = {"parent": page.get_parent().pk, "slug_fr": "a-propos"}
    assert "slug_fr" in client.post(restore_url(page), data).context["form"].errors
    client.post(restore_url(page), {**data, "slug_fr": "sur-nous"})
    assert BasePage.objects.get(pk=page.pk).slug_fr == "sur-nous"


def test_a_list_of_pages_is_deleted_together_and_each_restored_by_itself(page):
    other = factories.content_page(title_en="Other")
    client = client_of("reviewer")
    bulk = reverse("wagtail_bulk_action", args=["lihsite", "basepage", "delete"])
    client.post(f"{bulk}?id={page.pk}&id={other.pk}")
    client.post(restore_url(other), {"parent": other.get_parent().pk})
    assert BasePage.objects.filter(pk=other.pk).exists()
    assert not BasePage.objects.filter(pk=page.pk).exists()


def test_the_api_of_the_admin_keeps_it_too(page):
    client = client_of("admin")
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, "delete"])
    assert client.post(url).status_code == 204
    assert entry_of(page).deleted_by.username == "admin"


WHO = {
    "admin": (200, 200, 200),
    "reviewer": (200, 200, 403),
    # Live pages are restored by those who may publish.
    "editor": (200, 200, 403),
    "french": (403, 404, 403),
}


@pytest.mark.parametrize(("username", "expected"), WHO.items())
def test_who_opens_what(page, username, expected):
    delete(client_of("admin"), page)
    client = client_of(username)
    urls = (REPORT, restore_url(page), delete_url(page))
    # Wagtail leads whoever is refused to the admin's home.
    refused = {302: 403}
    statuses = [client.get(url).status_code for url in urls]
    assert tuple(refused.get(status, status) for status in statuses) == expected


def test_who_may_not_publish_does_not_restore_what_was_live(page):
    delete(client_of("admin"), page)
    client = client_of("editor")
    shown = client.post(restore_url(page), {"parent": page.get_parent().pk})
    assert "parent" in shown.context["form"].errors
    assert not BasePage.objects.filter(pk=page.pk).exists()


def test_who_may_add_restores_a_draft(page):
    draft = factories.content_page(page, live_in=(), title_en="Draft")
    delete(client_of("admin"), draft)
    client_of("editor").post(restore_url(draft), {"parent": page.pk})
    assert BasePage.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(("username", "is_told"), [("editor", True), ("reviewer", False)])
def test_who_may_not_publish_is_told_that_nothing_goes_live_by_itself(page, username, is_told):
    draft = factories.content_page(page, live_in=(), title_en="Draft")
    draft.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))
    delete(client_of("admin"), draft)
    client = client_of(username, "en")
    answer = client.post(restore_url(draft), {"parent": page.pk}, follow=True)
    assert ("Publications that were scheduled are cancelled" in answer.content.decode()) == is_told


def test_the_menu_leads_there_for_those_who_may(page):
    assert REPORT in client_of("reviewer").get(reverse("wagtailadmin_home")).content.decode()
    assert REPORT not in client_of("french").get(reverse("wagtailadmin_home")).content.decode()


def test_deleting_for_good_takes_a_right_of_its_own(page, django_user_model):
    delete(client_of("admin"), page)
    client_of("reviewer").post(delete_url(page))
    assert entry_of(page)
    right = Permission.objects.get(codename="delete_for_good")
    django_user_model.objects.get(username="reviewer").user_permissions.add(right)
    client_of("reviewer").post(delete_url(page))
    assert not DeletedPage.objects.exists()


def test_it_is_gone_from_wherever_pages_are_found(page):
    client = client_of("admin", "en")
    places = {
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]): {},
        reverse("wagtailadmin_pages:search"): {"q": "About"},
        reverse("wagtailadmin_choose_page_search"): {"q": "About"},
    }
    edit, public = reverse("wagtailadmin_pages:edit", args=[page.pk]), f"/api/v2/pages/{page.pk}/"

    def found() -> list[bool]:
        shown = [client.get(url, query).content.decode() for url, query in places.items()]
        return [edit in text for text in shown] + [client.get(public).status_code == 200]

    assert found() == [True, True, True, True]
    delete(client, page)
    assert found() == [False, False, False, False]
