"""Sessions end: after a while without an act, some time after the login, and with the password."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from lihsite.accounts import sessions
from lihsite.expiry import delete_expired
from lihsite.pages.presence import PING
from tests import factories
from tests.lihsite.accounts.conftest import PASSWORD

HOUR = timedelta(hours=1)
START = "2026-06-01 08:00:00"


def is_in(client):
    return client.get("/admin/account/").status_code == 200


@pytest.fixture
def browser(ada):
    return Client()


def stays_in(client, clock, acts, apart):
    """Act so many times, each so long after the last, and be let in every time."""
    for _time in range(acts):
        clock.tick(apart)
        assert is_in(client)


@pytest.mark.parametrize(
    ("acts", "then"),
    [
        pytest.param(4, 8 * HOUR, id="after hours without an act"),
        pytest.param(23, 7 * HOUR, id="so long after the login whatever is done"),
    ],
)
def test_a_session_ends(browser, sign_in, acts, then):
    with freeze_time(START) as clock:
        sign_in(client=browser)
        stays_in(browser, clock, acts, apart=7 * HOUR)
        clock.tick(then + timedelta(minutes=1))
        assert not is_in(browser)


def test_it_has_ended_at_visitors_addresses_too(browser, sign_in):
    with freeze_time(START) as clock:
        sign_in(client=browser)
        clock.tick(9 * HOUR)
        assert not browser.get("/en/").wsgi_request.user.is_authenticated


def test_the_hours_are_settings(browser, sign_in, settings):
    settings.SESSION_IDLE_AGE, settings.SESSION_COOKIE_AGE = 1800, 3600
    with freeze_time(START) as clock:
        sign_in(client=browser)
        stays_in(browser, clock, acts=2, apart=timedelta(minutes=29))
        clock.tick(timedelta(minutes=3))
        assert not is_in(browser)


def test_a_page_left_open_does_not_keep_a_session_alive(browser, sign_in):
    page = factories.content_page()
    assert PING in sessions.NO_ACTS
    with freeze_time(START) as clock:
        sign_in(client=browser)
        for _time in range(3):
            clock.tick(3 * HOUR)
            address = f"/admin/presence/{page.pk}/00000000-0000-4000-8000-000000000000/"
            browser.get(address)
        assert not is_in(browser)


def test_a_new_password_ends_all_other_sessions(browser, sign_in):
    other = Client()
    sign_in(client=browser)
    sign_in(client=other)
    new = "another long and odd one"
    answer = browser.post(
        "/admin/account/",
        {
            **{"name_email-first_name": "Ada", "name_email-last_name": "L"},
            **{"email-email": "ada@example.org", "locale-preferred_language": "en"},
            **{"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"},
            **{"password-old_password": PASSWORD},
            **{"password-new_password1": new, "password-new_password2": new},
        },
    )
    assert answer.status_code == 302
    assert is_in(browser)
    assert not is_in(other)
    assert sign_in().status_code == 200
    assert sign_in(password=new).status_code == 302


def test_after_the_logout_the_session_is_worth_nothing(browser, sign_in, settings):
    sign_in(client=browser)
    stolen = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/admin/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert not is_in(thief)


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(browser, sign_in, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = sign_in(client=browser).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == settings.SESSION_IDLE_AGE


def test_a_login_gets_a_session_of_its_own(browser, sign_in, settings):
    browser.post("/admin/login/passkey/options/")
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    sign_in(client=browser)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != before


@pytest.mark.parametrize("is_signed_in", [True, False], ids=["signed in", "anonymous"])
def test_visitors_pages_neither_ask_for_a_session_nor_move_its_end(browser, sign_in, is_signed_in):
    page = factories.content_page()
    with freeze_time(START) as clock:
        if is_signed_in:
            sign_in(client=browser)
        clock.tick(HOUR)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(page.get_url_for_language("en"))
    assert answer.status_code == 200
    asked = [query["sql"] for query in queries]
    assert asked
    assert [sql for sql in asked if Session._meta.db_table in sql] == []
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.django_db
def test_a_save_that_a_form_makes_by_itself_is_told_that_the_session_has_ended():
    page = factories.content_page()
    address = f"/admin/pages/{page.pk}/edit/"
    told = Client(headers={"accept": "application/json"}).post(address)
    assert told.status_code == 401
    assert told.json()["signed_out"]
    assert "Sign in in another tab" in told.json()["error_message"]
    # A person is led to the login.
    assert Client(headers={"accept": "text/html,*/*"}).post(address).status_code == 302


def test_sessions_that_have_ended_are_deleted_and_others_are_not(browser, sign_in):
    with freeze_time(START) as clock:
        sign_in(client=browser)
        clock.tick(7 * HOUR)
        other = Client()
        sign_in(client=other)
        clock.tick(2 * HOUR)
        assert delete_expired()["sessions"] == 1
        assert is_in(other)
    assert Session.objects.count() == 1
