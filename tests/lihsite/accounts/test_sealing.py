"""Secrets of apps lie sealed in the database, and outlive the key that sealed them."""

import io

import pyotp
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lihsite.accounts.factors import AuthenticatorApp, add_app, make_recovery_codes, new_secret
from lihsite.plain_rows import read, table_of

STEP = "/admin/login/second-step/"
OLD, NEW = "the-key-of-last-year", "the-key-of-this-year"


@pytest.fixture
def secret(ada, settings):
    """Of an app that was set up under the old key."""
    settings.SECRET_KEY = OLD
    secret = new_secret()
    add_app(ada, secret, pyotp.TOTP(secret).now(), None)
    return secret


def stored() -> str:
    (row,) = read(table_of(AuthenticatorApp))
    return row["secret"]


def comes_in(sign_in, code) -> bool:
    browser = Client()
    sign_in(client=browser)
    browser.post(STEP, {"code": code})
    return browser.get("/admin/account/").status_code == 200


def app_opens(sign_in, secret) -> bool:
    AuthenticatorApp.objects.update(last_step=0)
    return comes_in(sign_in, pyotp.TOTP(secret).now())


def seal_secrets() -> str:
    said = io.StringIO()
    call_command("seal_secrets", stdout=said)
    return said.getvalue()


def test_who_reads_the_database_makes_no_code(secret):
    assert secret not in stored()
    assert not AuthenticatorApp.objects.filter(secret__icontains=secret[:8]).exists()


def test_no_two_seals_of_a_secret_are_alike(secret):
    first = stored()
    AuthenticatorApp.objects.update(secret=secret)
    seal_secrets()
    assert stored() != first


def test_a_secret_from_before_is_good_and_sealed_by_the_night(secret, sign_in):
    AuthenticatorApp.objects.update(secret=secret)
    assert app_opens(sign_in, secret)
    assert "1 secrets" in seal_secrets()
    assert secret not in stored()
    assert app_opens(sign_in, secret)
    assert "0 secrets" in seal_secrets()


def test_a_new_key_takes_over_and_the_old_one_may_go_after_the_night(secret, settings, sign_in):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert app_opens(sign_in, secret)
    seal_secrets()
    settings.SECRET_KEY_FALLBACKS = []
    assert app_opens(sign_in, secret)


def test_recovery_codes_are_good_as_long_as_their_key_is_named(ada, secret, settings, sign_in):
    codes = make_recovery_codes(ada, None)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert comes_in(sign_in, codes[0])
    assert not comes_in(sign_in, codes[0])
    settings.SECRET_KEY_FALLBACKS = []
    assert not comes_in(sign_in, codes[1])


def test_without_its_key_an_app_opens_nothing_and_that_is_said(secret, settings, sign_in, caplog):
    settings.SECRET_KEY = NEW
    assert not app_opens(sign_in, secret)
    assert "No SECRET_KEY opens" in caplog.text
    said = io.StringIO()
    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("seal_secrets", stdout=said)
    assert "ada" in said.getvalue()
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert app_opens(sign_in, secret)


def test_nobody_is_signed_out_by_a_new_key_while_the_old_one_is_named(ada, settings, sign_in):
    settings.SECRET_KEY = OLD
    browser = Client()
    sign_in(client=browser)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert browser.get("/admin/account/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert browser.get("/admin/account/").status_code == 200, "the session is of the new key now"
