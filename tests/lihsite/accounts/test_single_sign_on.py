"""Signing in by OpenID Connect, with a provider that answers over HTTP."""

import time

import pytest
import requests
from bs4 import BeautifulSoup
from django.test import Client
from freezegun import freeze_time
from joserfc.jwk import RSAKey

from lihsite.accounts import single_sign_on
from lihsite.accounts.factors import AuthenticatorApp, new_secret
from lihsite.accounts.models import OpenIdentity
from lihsite.accounts.sealing import seal
from tests.lihsite.accounts import openid_provider

BEGIN = "/admin/login/openid/"
HOST = "http://testserver"


@pytest.fixture(scope="module")
def server():
    with openid_provider.serving() as provider:
        yield provider


@pytest.fixture
def provider(server, settings):
    settings.OIDC = {
        **{"issuer": server.issuer, "client_id": openid_provider.CLIENT_ID},
        **{"client_secret": openid_provider.CLIENT_SECRET, "name": "LIH account"},
        "creates_accounts": False,
    }
    single_sign_on.client.cache_clear()
    server.claims = {"sub": "4711", "email": "ada@example.org", "email_verified": True}
    server.token_claims, server.signs_with, server.is_broken = {}, server.key, False
    return server


def at_provider(address):
    """Where the provider sends the browser back to."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    assert answer.status_code == 302
    return answer.headers["Location"]


def come_in(browser, query=""):
    """The last answer of the whole way there and back."""
    begun = browser.get(BEGIN + query)
    back = at_provider(begun.url)
    assert back.startswith(f"{HOST}{BEGIN}answer/")
    return browser.get(back.removeprefix(HOST))


def told(browser):
    page = BeautifulSoup(browser.get("/admin/login/").content, "html.parser")
    return page.select_one(".messages").text.strip()


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def test_it_is_off_unless_configured(ada, client):
    assert client.get(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}answer/").status_code == 404
    assert "openid" not in client.get("/admin/login/").content.decode()


def test_an_account_with_the_verified_address_is_let_in_and_known_from_then_on(
    ada, provider, client, kinds
):
    page = client.get("/admin/login/?next=/admin/pages/").content.decode()
    assert "Sign in with LIH account" in page
    assert come_in(client, "?next=/admin/pages/").url == "/admin/pages/"
    assert is_in(client)
    assert kinds() == [("identity_linked", "ada"), ("login", "ada")]
    # The address may change at the issuer, and be somebody else's then.
    provider.claims = {"sub": "4711", "email": "lovelace@example.org", "email_verified": True}
    again = Client()
    come_in(again)
    assert is_in(again)
    assert OpenIdentity.objects.count() == 1


def test_a_second_factor_is_asked_for_here_too(ada, provider, client):
    AuthenticatorApp.objects.create(account=ada, secret=seal(new_secret()))
    assert come_in(client).url == "/admin/login/second-step/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
    ],
)
def test_whom_no_account_belongs_to_stays_outside(ada, provider, client, claims):
    provider.claims |= claims
    come_in(client)
    assert "have no account here" in told(client)
    assert not is_in(client)
    assert not OpenIdentity.objects.exists()


def test_an_address_of_two_accounts_opens_neither(ada, provider, client, django_user_model):
    django_user_model.objects.create_user("bob", "ADA@example.org")
    come_in(client)
    assert not is_in(client)


def test_a_closed_account_stays_closed(ada, provider, client):
    come_in(client)
    ada.is_active = False
    ada.save()
    other = Client()
    come_in(other)
    assert not is_in(other)
    OpenIdentity.objects.all().delete()
    come_in(other)
    assert not is_in(other)


def test_accounts_are_made_without_any_right_where_the_setting_says_so(
    provider, client, db, settings, django_user_model
):
    settings.OIDC = {**settings.OIDC, "creates_accounts": True}
    provider.claims = {
        **{"sub": "9", "email": "New@example.org", "email_verified": True},
        **{"given_name": "New", "family_name": "Person", "groups": ["admin"]},
    }
    come_in(client)
    made = django_user_model.objects.get(email="New@example.org")
    assert (made.first_name, made.last_name) == ("New", "Person")
    assert not made.has_usable_password()
    assert not made.is_staff
    assert not made.is_superuser
    assert not made.get_all_permissions()
    assert not made.groups.exists()
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another login"},
        {"aud": "somebody else"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_for_this_login_is_refused(ada, provider, client, wrong):
    provider.token_claims = wrong
    come_in(client)
    assert "Single sign-on did not work" in told(client)
    assert not is_in(client)


def test_a_token_that_names_nobody_is_refused(ada, provider, client):
    del provider.claims["sub"]
    come_in(client)
    assert "Single sign-on did not work" in told(client)
    assert not is_in(client)


def test_a_token_signed_by_somebody_else_is_refused(ada, provider, client):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "first"})
    come_in(client)
    assert not is_in(client)


def test_a_new_key_of_the_provider_is_fetched(ada, provider, client):
    come_in(client)
    provider.key = provider.signs_with = RSAKey.generate_key(2048, {"kid": "second"})
    other = Client()
    come_in(other)
    assert is_in(other)


def test_an_answer_to_a_question_of_another_browser_is_refused(ada, provider, client):
    victim = Client()
    back = at_provider(client.get(BEGIN).url)
    victim.get(back.removeprefix(HOST))
    assert not is_in(victim)


def test_an_answer_is_good_once(ada, provider, client):
    back = at_provider(client.get(BEGIN).url).removeprefix(HOST)
    client.get(back)
    client.post("/admin/logout/")
    client.get(back)
    assert not is_in(client)


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=a&state=b", "?state=", "?code="]
)
def test_nonsense_is_answered_with_the_login(ada, provider, client, query):
    answer = client.get(f"{BEGIN}answer/{query}")
    assert (answer.status_code, answer.url) == (302, "/admin/login/")


def test_a_provider_that_fails_leaves_the_password(ada, provider, client, sign_in):
    provider.is_broken = True
    single_sign_on.client.cache_clear()
    assert client.get(BEGIN).url == "/admin/login/"
    assert "Single sign-on did not work" in told(client)
    assert sign_in().status_code == 302


def test_it_leads_to_no_other_site_afterwards(ada, provider, client):
    assert come_in(client, "?next=https://evil.example/").url == "/admin/"


def test_nobody_begins_it_without_end(ada, provider, client, settings):
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "begin_client": (2, 15 * 60)}
    with freeze_time("2026-06-01 09:01:00"):
        begun = [client.get(BEGIN).url for _time in range(2)]
        assert all(address.startswith(provider.issuer) for address in begun)
        assert client.get(BEGIN).url == "/admin/login/"
        assert "Too many attempts. Try again in 14 minutes." in told(client)
