"""What is sent as a passkey's answer and is none is refused in words."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from freezegun import freeze_time

from lihsite.accounts.factors import Passkey
from lihsite.rates import limit_of
from tests.lihsite.accounts.conftest import PASSWORD

ANSWERS = [
    *("", "x", "{}", "[]", "null", '"x"', '{"id": "\\ud800"}'),
    *("1" * 5000, "[" * 3000, '{"a":' * 3000),
    '{"id":"AA","rawId":"AA","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
    '"signature":"AA"},"type":"public-key"}',
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_breaks_the_login(ada, answer):
    browser = Client()
    browser.post("/admin/login/passkey/options/")
    response = browser.post("/admin/login/passkey/", {"credential": answer}, follow=True)
    assert response.redirect_chain == [("/admin/login/", 302)]
    assert response.context["messages"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_no_answer_breaks_the_adding_of_a_passkey(ada, sign_in, answer):
    browser = Client()
    sign_in(client=browser)
    factors = "/admin/account/second-factor/"
    browser.post(f"{factors}confirm/", {"code": PASSWORD})
    browser.post(f"{factors}passkeys/options/")
    response = browser.post(f"{factors}passkeys/add/", {"credential": answer, "name": "Phone"})
    assert (response.status_code, response.url) == (302, factors)
    assert not Passkey.objects.exists()


def test_nobody_begins_sessions_without_end(ada):
    most, _seconds = limit_of("begin_client")
    with freeze_time("2026-06-01 09:01:00"):
        answers = [Client().post("/admin/login/passkey/options/") for _time in range(most + 3)]
    assert [answer.status_code for answer in answers] == [200] * most + [429] * 3
    assert answers[-1].json() == {"error": "Too many attempts. Try again in 14 minutes."}
    assert Session.objects.count() == most
