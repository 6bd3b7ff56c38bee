"""Codes of an app, recovery codes, and who has to have a second factor."""

import re
from datetime import timedelta

import pyotp
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from freezegun import freeze_time
from wagtail.models import GroupPagePermission

from lihsite.accounts.audit import AccountEvent
from lihsite.accounts.factors import AuthenticatorApp, make_recovery_codes, new_secret
from lihsite.accounts.sealing import seal
from lihsite.models import BasePage
from tests.lihsite.accounts.conftest import PASSWORD

STEP = "/admin/login/second-step/"
FACTORS = "/admin/account/second-factor/"
START = "2026-06-01 09:00:10"


@pytest.fixture
def secret(ada):
    secret = new_secret()
    AuthenticatorApp.objects.create(account=ada, secret=seal(secret))
    return secret


@pytest.fixture
def half_in(ada, secret, sign_in):
    """A browser that has shown the password."""
    browser = Client()
    sign_in(client=browser)
    return browser


def code_of(secret):
    return pyotp.TOTP(secret).now()


def is_in(client):
    return client.get("/admin/account/").status_code == 200


def give(client, code, **options):
    return client.post(STEP, {"code": code}, **options)


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").main.text


def test_the_password_alone_opens_nothing(ada, secret, sign_in):
    browser = Client()
    answer = sign_in(client=browser)
    assert (answer.status_code, answer.url) == (302, STEP)
    assert not is_in(browser)
    assert 'name="code"' in browser.get(STEP).content.decode()


def test_the_door_of_private_pages_asks_for_it_too(ada, secret):
    browser = Client()
    answer = browser.post("/en/_util/login/", {"username": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, STEP)
    assert not is_in(browser)


def test_the_code_of_the_app_opens(half_in, secret):
    answer = give(half_in, code_of(secret))
    assert (answer.status_code, answer.url) == (302, "/admin/")
    assert is_in(half_in)


def test_the_code_may_be_typed_as_it_is_shown(half_in, secret):
    code = code_of(secret)
    assert give(half_in, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_code_is_good_once(half_in, secret, sign_in):
    with freeze_time(START):
        code = code_of(secret)
        assert give(half_in, code).status_code == 302
        other = Client()
        sign_in(client=other)
        assert "not right" in text_of(give(other, code))
        assert not is_in(other)


@pytest.mark.parametrize(
    ("seconds", "is_good"), [(-30, True), (30, True), (-75, False), (75, False)]
)
def test_the_clock_of_a_phone_may_be_half_a_minute_wrong(half_in, secret, seconds, is_good):
    with freeze_time(START) as clock:
        clock.tick(timedelta(seconds=seconds))
        code = code_of(secret)
        clock.tick(timedelta(seconds=-seconds))
        AuthenticatorApp.objects.update(last_step=0)
        half_in.cookies.clear()
        half_in.post("/admin/login/", {"username": "ada", "password": PASSWORD})
        assert (give(half_in, code).status_code == 302) is is_good


def test_codes_cannot_be_tried_on_and_on(half_in, secret, sign_in, kinds):
    with freeze_time(START):
        for number in range(5):
            give(half_in, f"{number:06}")
        assert "Too many attempts" in text_of(give(half_in, code_of(secret)))
        assert ("code_failed", "ada") in kinds()
        assert ("login_refused", "ada") in kinds()
        again = Client()
        sign_in(client=again)
        assert "Too many attempts" in text_of(give(again, code_of(secret)))


def test_who_waits_too_long_begins_anew(half_in, secret):
    with freeze_time(START) as clock:
        half_in.cookies.clear()
        half_in.post("/admin/login/", {"username": "ada", "password": PASSWORD})
        clock.tick(timedelta(minutes=11))
        answer = give(half_in, code_of(secret))
        assert (answer.status_code, answer.url) == (302, "/admin/login/")
        assert not is_in(half_in)


def test_an_account_that_was_closed_meanwhile_is_not_let_in(half_in, ada, secret):
    ada.is_active = False
    ada.save()
    assert give(half_in, code_of(secret)).url == "/admin/login/"
    assert not is_in(half_in)


def test_a_recovery_code_is_good_once_however_it_is_written(half_in, ada, sign_in, kinds):
    code = make_recovery_codes(ada, None)[3]
    assert give(half_in, code.upper().replace("-", " ")).status_code == 302
    assert ("recovery_code_used", "ada") in kinds()
    other = Client()
    sign_in(client=other)
    assert give(other, code).status_code == 200
    assert ada.recovery_codes.count() == 9


def test_recovery_codes_are_of_one_account_and_cannot_be_read(ada, secret, django_user_model):
    bob = django_user_model.objects.create_user("bob", password=PASSWORD)
    AuthenticatorApp.objects.create(account=bob, secret=seal(new_secret()))
    codes = make_recovery_codes(ada, None)
    assert len(set(codes)) == 10
    kept = str(list(ada.recovery_codes.values()))
    assert not any(code.replace("-", "") in kept for code in codes)
    browser = Client()
    browser.post("/admin/login/", {"username": "bob", "password": PASSWORD})
    assert give(browser, codes[0]).status_code == 200


# Setting up


def signed_in(sign_in):
    browser = Client()
    sign_in(client=browser)
    return browser


def test_an_app_is_set_up_with_a_picture_or_a_text_and_gives_recovery_codes(ada, sign_in, kinds):
    browser = signed_in(sign_in)
    page = BeautifulSoup(browser.get(f"{FACTORS}app/").content, "html.parser")
    secret = page.select_one(".lih-factors code").text.replace(" ", "")
    assert page.select_one(".lih-factors [role=img] svg path")
    assert not page.select(".lih-factors [style], .lih-factors script")
    wrong = browser.post(f"{FACTORS}app/", {"code": "000000"})
    assert wrong.status_code == 200
    assert not AuthenticatorApp.objects.exists()
    done = browser.post(f"{FACTORS}app/", {"code": code_of(secret)}, follow=True)
    codes = [code.text for code in BeautifulSoup(done.content, "html.parser").select("ul code")]
    assert len(codes) == 10
    assert "no-store" in done.headers["Cache-Control"]
    assert browser.get(f"{FACTORS}codes/").status_code == 302
    assert {"factor_added", "recovery_codes"} <= {kind for kind, _name in kinds()}
    other = Client()
    assert sign_in(client=other).url == STEP
    assert give(other, codes[0]).status_code == 302


def test_new_recovery_codes_replace_the_old_ones(ada, secret, half_in):
    old = make_recovery_codes(ada, None)
    give(half_in, code_of(secret))
    half_in.post(f"{FACTORS}codes/", follow=True)
    assert ada.recovery_codes.count() == 10
    other = Client()
    other.post("/admin/login/", {"username": "ada", "password": PASSWORD})
    assert give(other, old[0]).status_code == 200


def test_without_a_factor_there_are_no_recovery_codes(ada, sign_in):
    browser = signed_in(sign_in)
    browser.post(f"{FACTORS}codes/")
    assert not ada.recovery_codes.exists()


def test_the_app_is_removed_with_the_codes_that_stood_for_it(ada, secret, half_in, sign_in):
    make_recovery_codes(ada, None)
    give(half_in, code_of(secret))
    half_in.post(f"{FACTORS}app/remove/")
    assert not ada.recovery_codes.exists()
    assert is_in(signed_in(sign_in))


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "app/"),
        ("post", "app/"),
        ("post", "app/remove/"),
        ("post", "codes/"),
        ("post", "passkeys/add/"),
        ("post", "passkeys/options/"),
        ("post", "passkeys/1/remove/"),
    ],
)
def test_whoever_finds_an_open_session_changes_no_factor(ada, secret, half_in, method, address):
    with freeze_time(START) as clock:
        half_in.cookies.clear()
        half_in.post("/admin/login/", {"username": "ada", "password": PASSWORD})
        give(half_in, code_of(secret))
        clock.tick(timedelta(minutes=16))
        answer = getattr(half_in, method)(FACTORS + address)
        assert answer.status_code == 302
        assert answer.url.startswith(f"{FACTORS}confirm/")
        assert AuthenticatorApp.objects.filter(account=ada).exists()
        assert half_in.post(f"{FACTORS}confirm/", {"code": "wrong"}).status_code == 200
        confirmed = half_in.post(f"{FACTORS}confirm/?next={FACTORS}app/", {"code": PASSWORD})
        assert confirmed.url == f"{FACTORS}app/"
        assert half_in.get(confirmed.url).status_code == 200


def test_the_confirmation_leads_to_no_other_site(ada, sign_in):
    browser = signed_in(sign_in)
    answer = browser.post(f"{FACTORS}confirm/?next=https://evil.example/", {"code": PASSWORD})
    assert answer.url == FACTORS


def test_an_account_without_password_confirms_with_a_code(ada, secret, half_in):
    give(half_in, make_recovery_codes(ada, None)[0])
    ada.set_unusable_password()
    ada.save()
    browser = Client()
    browser.force_login(ada)
    assert browser.post(f"{FACTORS}confirm/", {"code": code_of(secret)}).status_code == 302


def test_the_account_page_leads_there_and_can_still_be_saved(ada, sign_in):
    browser = signed_in(sign_in)
    page = browser.get("/admin/account/").content.decode()
    assert FACTORS in page
    assert "your password alone" in page


def test_a_lost_factor_is_taken_away_by_a_command(ada, secret, sign_in, kinds):
    make_recovery_codes(ada, None)
    call_command("reset_second_factor", "ada")
    assert kinds()[-1] == ("factor_removed", "ada")
    assert is_in(signed_in(sign_in))
    call_command("reset_second_factor", "ada")
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")


# Who has to have one


def reviewer_of_german(account):
    account.user_permissions.add(Permission.objects.get(codename="review_de"))


def publisher_of_a_section(account):
    group = Group.objects.create(name="Section")
    account.groups.add(group)
    publish = Permission.objects.get(codename="publish_basepage", content_type__app_label="lihsite")
    page = BasePage.objects.get(depth=1)
    GroupPagePermission.objects.create(group=group, page=page, permission=publish)


def superuser(account):
    account.is_superuser = True
    account.save()


@pytest.mark.parametrize("make", [reviewer_of_german, publisher_of_a_section, superuser])
def test_who_may_publish_sets_one_up_before_anything_else(ada, sign_in, settings, make):
    make(ada)
    settings.SECOND_FACTOR_REQUIRED = True
    browser = signed_in(sign_in)
    for address in ("/admin/", "/admin/account/", "/admin/pages/", "/admin/reports/accounts/"):
        answer = browser.get(address)
        assert (answer.status_code, answer.url) == (302, FACTORS)
    assert browser.post("/admin/account/").status_code == 403
    assert browser.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert "Your account may publish" in text_of(browser.get(FACTORS))
    page = browser.get(f"{FACTORS}app/").content
    secret = BeautifulSoup(page, "html.parser").select_one(".lih-factors code").text
    browser.post(f"{FACTORS}app/", {"code": code_of(secret.replace(" ", ""))})
    assert is_in(browser)
    assert "Your account may publish" not in text_of(browser.get(FACTORS))


def test_who_may_not_publish_works_without(ada, sign_in, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert is_in(signed_in(sign_in))


def test_nobody_has_to_where_the_setting_is_off(ada, sign_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    superuser(ada)
    assert is_in(signed_in(sign_in))


def test_a_publisher_may_sign_out_first(ada, sign_in, settings):
    superuser(ada)
    settings.SECOND_FACTOR_REQUIRED = True
    browser = signed_in(sign_in)
    assert re.search("login", browser.post("/admin/logout/").url)
    assert AccountEvent.objects.filter(kind="logout").exists()
