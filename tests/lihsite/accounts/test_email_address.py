"""The address of one's own account: whoever reads its mail can set its password."""

from datetime import timedelta

import pytest
from django.test import Client
from freezegun import freeze_time
from wagtail.users.models import UserProfile

from tests.lihsite.accounts.account_page import ACCOUNT, form_of, save, value_of
from tests.lihsite.accounts.conftest import PASSWORD

CONFIRM = "/admin/account/second-factor/confirm/"
LATER = timedelta(minutes=16)


@pytest.fixture
def clock():
    with freeze_time("2026-06-01 09:00:10") as clock:
        yield clock


@pytest.fixture
def owner_in(ada, clock, sign_in):
    """In which the owner has signed in just now."""
    client = Client()
    sign_in(client=client)
    return client


def panel_of(response):
    return form_of(response).select_one("#email-content")


def address_of(account) -> str:
    account.refresh_from_db()
    return account.email


NAME = {"name_email__first_name": "Ada", "name_email__last_name": "Lovelace"}


def test_who_has_just_signed_in_changes_the_address(ada, owner_in):
    assert save(owner_in, **NAME, email__email="ada@elsewhere.example").status_code == 302
    assert address_of(ada) == "ada@elsewhere.example"


def test_whoever_finds_an_open_session_does_not_change_the_address(ada, owner_in, clock):
    clock.tick(LATER)
    answer = save(owner_in, **NAME, email__email="thief@evil.example")
    assert answer.status_code == 200
    assert address_of(ada) == "ada@example.org"
    panel = panel_of(answer)
    assert "Confirm that it is you" in panel.select_one(".error-message").text
    assert panel.select_one("a.button")["href"].startswith(CONFIRM)


def test_nothing_is_lost_of_a_form_that_was_sent_too_late(ada, owner_in, clock):
    clock.tick(LATER)
    fields = {**NAME, "email__email": "ada@elsewhere.example", "locale__preferred_language": "fr"}
    form = form_of(save(owner_in, **fields))
    for name, value in fields.items():
        assert value_of(form.select_one(f'[name="{name.replace("__", "-")}"]')) == value
    assert UserProfile.objects.get(user=ada).preferred_language == "en"
    owner_in.post(CONFIRM, {"code": PASSWORD})
    assert save(owner_in, **fields).status_code == 302
    assert address_of(ada) == "ada@elsewhere.example"


def test_the_rest_of_the_account_asks_for_no_confirmation(ada, owner_in, clock):
    clock.tick(LATER)
    assert save(owner_in, **NAME).status_code == 302
    assert address_of(ada) == "ada@example.org"
    assert ada.last_name == "Lovelace"


def test_the_field_leads_to_the_confirmation_and_back(ada, owner_in, clock):
    assert not panel_of(owner_in.get(ACCOUNT)).select("a.button")
    clock.tick(LATER)
    panel = panel_of(owner_in.get(ACCOUNT))
    assert panel.select_one("input").has_attr("readonly")
    confirm = panel.select_one("a.button")["href"]
    answer = owner_in.post(confirm, {"code": PASSWORD})
    assert (answer.status_code, answer.url) == (302, ACCOUNT)
    panel = panel_of(owner_in.get(ACCOUNT))
    assert not panel.select_one("input").has_attr("readonly")


def test_an_account_without_an_address_saves_the_rest_and_adds_one_once_confirmed(
    ada, owner_in, clock
):
    type(ada).objects.filter(pk=ada.pk).update(email="")
    clock.tick(LATER)
    assert save(owner_in, **NAME).status_code == 302
    assert save(owner_in, **NAME, email__email="thief@evil.example").status_code == 200
    assert address_of(ada) == ""


def test_the_address_is_asked_for_in_one_place(owner_in):
    fields = form_of(owner_in.get(ACCOUNT)).select("[name$=email]")
    assert [field["name"] for field in fields] == ["email-email"]
