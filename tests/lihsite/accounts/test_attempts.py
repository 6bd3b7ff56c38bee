"""How often signing in may fail, and that nobody learns from it who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from freezegun import freeze_time

from lihsite.accounts.devices import COOKIE
from tests.lihsite.accounts.conftest import LOGIN, PASSWORD

WAIT = re.compile(r"Too many attempts\. Try again in (\d+) minutes?\.")


@pytest.fixture
def one_quarter():
    """Attempts count by the quarter of an hour; here none begins meanwhile."""
    with freeze_time("2026-06-01 09:01:00"):
        yield


def errors(response):
    return [
        item.text.strip()
        for item in BeautifulSoup(response.content, "html.parser").select(".messages li")
    ]


def fail(sign_in, times, **options):
    return [sign_in(password="wrong", **options) for _time in range(times)][-1]


def test_a_name_that_nobody_has_is_answered_like_a_wrong_password(ada, sign_in, django_user_model):
    django_user_model.objects.create_user("gone", password=PASSWORD, is_active=False)
    known, unknown = sign_in(password="wrong"), sign_in("nobody", "wrong")
    closed = sign_in("gone", PASSWORD)
    assert known.status_code == unknown.status_code == closed.status_code == 200
    assert errors(known) == errors(unknown) == errors(closed) != []


def test_a_name_that_nobody_has_costs_as_much_as_a_wrong_password(ada, sign_in, monkeypatch):
    hashed = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    monkeypatch.setattr(
        type(hasher), "encode", lambda self, *args: hashed.append(1) or encode(self, *args)
    )
    sign_in(password="wrong")
    for_known = len(hashed)
    sign_in("nobody", "wrong")
    assert len(hashed) - for_known == for_known > 0


@pytest.mark.parametrize("username", ["ada", "nobody"])
def test_the_sixth_attempt_from_an_address_waits_whether_or_not_there_is_an_account(
    ada, sign_in, username
):
    with freeze_time("2026-06-01 09:01:00"):
        assert not WAIT.search(errors(fail(sign_in, 5, username=username))[0])
        refused = sign_in(username, "wrong")
    assert refused.status_code == 200
    assert WAIT.search(errors(refused)[0])[1] == "14"


def test_the_right_password_does_not_help_while_the_wait_lasts_and_does_after(ada, sign_in):
    with freeze_time("2026-06-01 09:01:00") as clock:
        fail(sign_in, 5)
        assert WAIT.search(errors(sign_in())[0])
        clock.tick(timedelta(minutes=14))
        assert sign_in().status_code == 302


def test_the_name_in_other_letters_is_the_same_name(ada, sign_in, one_quarter):
    for username in ("ada", "ADA", " Ada", "\uff41\uff44\uff41", "aDa"):
        sign_in(username, "wrong")
    assert WAIT.search(errors(sign_in("ada", "wrong"))[0])


def test_another_address_is_still_heard_until_the_account_has_had_enough(ada, sign_in, settings):
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "login_account": (8, 3600)}
    with freeze_time("2026-06-01 09:01:00"):
        fail(sign_in, 5, address="192.0.2.1")
        assert not WAIT.search(errors(fail(sign_in, 3, address="192.0.2.2"))[0])
        assert WAIT.search(errors(sign_in(address="192.0.2.3"))[0])[1] == "59"


def test_an_address_is_refused_whatever_names_it_tries(ada, sign_in, settings):
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "login_client": (4, 900)}
    for name in ("a", "b", "c", "d"):
        sign_in(name, "wrong")
    assert WAIT.search(errors(sign_in())[0])
    assert sign_in(address="192.0.2.9").status_code == 302


def test_addresses_behind_our_proxy_are_told_apart(ada, sign_in, settings):
    settings.TRUSTED_PROXIES = 1
    for _time in range(6):
        sign_in(password="wrong", **{"X-Forwarded-For": "198.51.100.1"})
    assert sign_in(**{"X-Forwarded-For": "198.51.100.1"}).status_code == 200
    assert sign_in(**{"X-Forwarded-For": "198.51.100.1, 198.51.100.2"}).status_code == 302


def test_nobody_keeps_the_owner_out_of_a_browser_they_have_used(ada, sign_in, settings):
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "login_account": (6, 3600)}
    own = Client()
    sign_in(client=own)
    own.post("/admin/logout/")
    for address in ("203.0.113.7", "203.0.113.8"):
        fail(sign_in, 20, address=address)
    assert WAIT.search(errors(sign_in(address="192.0.2.50"))[0])
    assert sign_in(client=own).status_code == 302
    # Not even from the address of the attack itself.
    own.post("/admin/logout/")
    assert sign_in(client=own, address="203.0.113.7").status_code == 302


def test_one_address_does_not_keep_the_owner_out_anywhere_else(ada, sign_in, settings):
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, "login_account": (10, 3600)}
    with freeze_time("2026-06-01 09:01:00"):
        assert WAIT.search(errors(fail(sign_in, 20, address="203.0.113.7"))[0])
        assert sign_in(address="192.0.2.50").status_code == 302


def test_an_address_that_tries_many_names_counts_for_none_of_them_once_refused(
    ada, sign_in, settings
):
    limits = {"login_client": (4, 900), "login_account": (1, 3600)}
    settings.LOGIN_LIMITS = {**settings.LOGIN_LIMITS, **limits}
    with freeze_time("2026-06-01 09:01:00"):
        for name in ("a", "b", "c", "d"):
            sign_in(name, "wrong")
        assert WAIT.search(errors(fail(sign_in, 3))[0])
        assert sign_in(address="192.0.2.50").status_code == 302


def test_a_browser_that_an_account_knows_is_nothing_to_others_and_does_not_guess_for_ever(
    ada, sign_in, django_user_model
):
    django_user_model.objects.create_user("bob", password=PASSWORD)
    own = Client()
    sign_in(client=own)
    own.post("/admin/logout/")
    fail(sign_in, 5, username="bob", client=own)
    assert WAIT.search(errors(sign_in("bob", "wrong", client=own))[0])
    fail(sign_in, 10, client=own)
    assert WAIT.search(errors(sign_in(client=own))[0])


def test_a_made_up_browser_has_no_attempts_of_its_own(ada, sign_in):
    made_up = Client()
    made_up.cookies[COOKIE] = "eyJrZXkiOiJhIn0:1xxxxx:forged"
    fail(sign_in, 5, client=made_up)
    assert WAIT.search(errors(sign_in(client=made_up))[0])


def test_the_cookie_of_a_browser_names_nobody(ada, sign_in):
    cookie = sign_in().cookies[COOKIE]
    assert "ada" not in cookie.value
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"]) == ("/admin/", "Lax")


def test_without_any_cache_the_attempts_are_counted(ada, sign_in, settings, one_quarter):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.1},
        }
    }
    fail(sign_in, 5)
    assert WAIT.search(errors(sign_in())[0])
    assert sign_in(address="192.0.2.77").status_code == 302


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Trop de tentatives. Réessayez dans"),
        ("de", "Zu viele Versuche. Versuchen Sie es in"),
    ],
)
def test_the_wait_is_told_in_the_visitors_language(ada, sign_in, language, text, one_quarter):
    headers = {"Accept-Language": language}
    for _time in range(5):
        sign_in(password="wrong", **headers)
    assert text in errors(sign_in(**headers))[0]


def test_a_refusal_is_in_the_audit_once(ada, sign_in, kinds, one_quarter):
    fail(sign_in, 9)
    assert [kind for kind, _name in kinds()].count("login_refused") == 1
    assert [kind for kind, _name in kinds()].count("login_failed") == 5


@pytest.mark.usefixtures("database_of_its_own")
def test_attempts_at_the_same_moment_are_not_looked_at_for_the_price_of_one():
    def guess(number):
        try:
            fields = {"username": "editor", "password": "wrong"}
            return Client().post(LOGIN, fields, REMOTE_ADDR="192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    looked_at = [answer for answer in answers if not WAIT.search(errors(answer)[0])]
    assert len(looked_at) == 5
