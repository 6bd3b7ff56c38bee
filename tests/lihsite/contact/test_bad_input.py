"""Whatever is sent to forms and to the newsletter: an answer, and nothing stored that is none."""

import pytest
from django.test import Client
from freezegun import freeze_time
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from lihsite.clients import client_of
from lihsite.contact.models import Rate, Submission, Subscription
from lihsite.rates import take
from tests import factories
from tests.factories import QUESTIONS

pytestmark = pytest.mark.django_db

URLENCODED = "application/x-www-form-urlencoded"
FORM = "/fr/nous-ecrire/send/"
NEWSLETTER = "/fr/lettre-d-information/"
UNTOUCHED = {FORM: 422, NEWSLETTER: 200}
"""The status of the answer where nothing was filled in."""
FIELDS = [*QUESTIONS.values(), "consent", "opened", "homepage", "email", "language", "x", "\0"]
VALUES = [
    *("\0", "x" * 10_000, "a\0b", "<script>", "' OR 1=1 --", "%00", "\ud7ff", "🦠", "\u202e"),
    *("a@b.org\r\nBcc: c@d.org", "1e400000", "NaN", "9" * 5000, "0000-00-00", "{}", "\r\n"),
]


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def site(settings):
    settings.CONTACT_LIMITS = {"posts": (10**6, 3600), "mails": (10**6, 3600)}
    factories.home()
    factories.form_page(title_en="Write to us", title_fr="Nous écrire")


@pytest.mark.parametrize("address", [FORM, NEWSLETTER])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\x00\xfe", URLENCODED),
        (b'{"email": ["a"]}', "application/json"),
        (b"{", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"a=b", "text/plain; charset=nonsense"),
        (b"", ""),
        (b"&".join(b"f%d=" % n for n in range(20_000)), URLENCODED),
        (b"email=" + b"x" * 10_000_000, URLENCODED),
    ],
)
def test_what_is_no_form_is_a_form_that_nobody_filled_in(client, address, body, kind):
    assert client.generic("POST", address, body, kind).status_code == UNTOUCHED[address]


@pytest.mark.parametrize("address", [FORM, NEWSLETTER])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\n", "multipart/form-data"),
        (b"a=b", f"{URLENCODED}; charset=utf-16"),
        (b"&".join(b"f%d=" % n for n in range(20_001)), URLENCODED),
        (b"email=" + b"x" * 11_000_000, URLENCODED),
    ],
)
def test_what_cannot_be_read_or_is_too_much_is_refused(client, address, body, kind):
    assert client.generic("POST", address, body, kind).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW", "OPTIONS", "HEAD"])
@pytest.mark.parametrize("address", [FORM, NEWSLETTER, "/fr/nous-ecrire/sent/"])
def test_other_methods_store_nothing(client, address, method):
    assert client.generic(method, address, b"a=b").status_code < 500
    assert not Submission.objects.exists()
    assert not Subscription.objects.exists()


def test_addresses_for_sending_below_other_pages_are_not_found(client):
    for path in ("/fr/send/", "/fr/rien/send/", "/fr/nous-ecrire/send/send/"):
        assert client.post(path).status_code in {403, 404}


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.dictionaries(
        st.sampled_from(FIELDS),
        st.lists(st.sampled_from(VALUES) | st.text(max_size=30), min_size=1, max_size=3),
    ),
    header=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30),
)
def test_nothing_that_is_sent_breaks_a_form(client, data, header):
    headers = {"Origin": header, "Referer": header, "X-Forwarded-For": header}
    for address in (FORM, NEWSLETTER):
        for sent_with in ({}, headers):
            assert client.post(address, data, headers=sent_with).status_code in {200, 403, 422}
    assert not Submission.objects.exists()
    assert not Subscription.objects.exists()


@hypothesis_settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    token=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60)
)
def test_no_token_breaks_a_link(client, token):
    for name in ("confirmer", "desinscrire"):
        address = f"{NEWSLETTER}{name}/{token.replace('?', '').replace('#', '')}/"
        for method in (client.get, client.post):
            assert method(address).status_code in {400, 404, 410}


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forwarded=st.text(max_size=60), remote=st.text(max_size=60), proxies=st.integers(0, 4))
def test_every_request_has_a_client(rf, settings, forwarded, remote, proxies):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=remote)
    assert client_of(request)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "client"),
    [
        ("203.0.113.9", "", 0, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", 0, "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "nonsense", 1, "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "", 0, "203.0.113.9"),
    ],
)
def test_a_client_is_who_our_own_proxies_say(rf, settings, remote, forwarded, proxies, client):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=remote)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_of(request) == client


def test_a_count_ends_with_its_span_and_names_nobody(settings):
    settings.CONTACT_LIMITS = {"posts": (2, 3600)}
    with freeze_time("2026-06-01 10:00"):
        assert [take("posts", "203.0.113.9") for _ in range(3)] == [True, True, False]
        assert take("posts", "203.0.113.10")
    with freeze_time("2026-06-01 11:00"):
        assert take("posts", "203.0.113.9")
    assert Rate.objects.count() == 3
    assert all(len(rate.key) == 64 for rate in Rate.objects.all())
