"""The newsletter: double opt-in in the visitor's language, and nothing told to anybody else."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from smtplib import SMTPException

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import mail
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import ModelLogEntry

from lihsite.contact.models import Subscription
from lihsite.contact.newsletter.subscriptions import ask_for
from lihsite.expiry import delete_expired
from lihsite.multilingual.languages import language_codes
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = {"en": "/en/newsletter/", "fr": "/fr/lettre-d-information/", "de": "/de/newsletter/"}
SUBJECTS = {
    "en": "Please confirm your subscription to our newsletter",
    "fr": "Veuillez confirmer votre inscription à notre lettre d’information",
    "de": "Bitte bestätigen Sie Ihre Anmeldung zu unserem Newsletter",
}
KNOWN = "Known@Example.org"


@pytest.fixture(autouse=True)
def site(settings):
    settings.FORM_SECONDS = 0
    return factories.home()


@pytest.fixture
def mails(django_capture_on_commit_callbacks):
    """What is done here sends its mails: `with mails():`."""

    def sending():
        return django_capture_on_commit_callbacks(execute=True)

    return sending


def sign_up(client, visitor="en", **changes):
    """Open the form in the language of a visitor and send it, with what is changed of it."""
    address = ADDRESSES[visitor]
    form = BeautifulSoup(client.get(address).content, "html.parser").find("form", class_="form")
    data = {
        "opened": form.find(attrs={"name": "opened"})["value"],
        "homepage": "",
        "email": "ada@example.org",
        "language": form.find("option", selected=True)["value"],
    }
    return client.post(address, {**data, **changes})


def links(sent) -> list[str]:
    return [found.removeprefix("http://testserver") for found in re.findall(r"http\S+", sent.body)]


@pytest.mark.parametrize("language", language_codes())
def test_the_owner_of_an_address_confirms_it_in_the_language_of_the_visitor(
    client, mails, language
):
    with mails():
        response = sign_up(client, language)
    assert (response.status_code, len(mail.outbox)) == (302, 1)
    assert client.get(response["Location"]).status_code == 200
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == (SUBJECTS[language], ["ada@example.org"])
    confirm_url = links(sent)[0]
    assert client.get(confirm_url).status_code == 200
    assert not Subscription.objects.confirmed().exists()
    assert client.post(confirm_url).status_code == 200
    confirmed = Subscription.objects.confirmed().values("language", "confirmed_at")
    (before,) = confirmed.all()
    assert before["language"] == language
    # Once more changes nothing.
    assert client.post(confirm_url).status_code == 200
    assert list(confirmed.all()) == [before]


def test_another_language_can_be_chosen(client, mails):
    with mails():
        sign_up(client, "en", language="de")
    assert mail.outbox[0].subject == SUBJECTS["de"]
    follow_link(client)
    assert Subscription.objects.get().language == "de"


def follow_link(client):
    return client.post(links(mail.outbox[-1])[0])


def test_a_link_expires(client, mails):
    with mails():
        sign_up(client)
    confirm_url = links(mail.outbox[0])[0]
    with freeze_time(timezone.now() + timedelta(days=8)):
        for response in (client.get(confirm_url), client.post(confirm_url)):
            assert response.status_code == 410
    assert not Subscription.objects.confirmed().exists()


@pytest.mark.parametrize("token", ["x", "WyJhIl0:1abc:def", "a" * 500, "ü", "\ud7ff", "%00x"])
@pytest.mark.parametrize("name", ["confirm", "unsubscribe"])
def test_a_link_that_is_made_up_does_nothing(client, name, token):
    for method in (client.get, client.post):
        assert method(f"/en/newsletter/{name}/{token}/").status_code in {400, 404, 410}


def test_a_token_to_unsubscribe_confirms_nothing(client, mails):
    with mails():
        sign_up(client)
    token = links(mail.outbox[0])[1].split("/")[-2]
    assert client.post(f"/en/newsletter/confirm/{token}/").status_code == 410


def test_unsubscribing_takes_one_click_and_forgets_the_address(client, mails):
    with mails():
        sign_up(client, "fr")
    follow_link(client)
    unsubscribe_url = links(mail.outbox[0])[1]
    assert client.get(unsubscribe_url).status_code == 200
    assert Subscription.objects.exists()
    assert client.post(unsubscribe_url).status_code == 200
    assert not Subscription.objects.exists()
    assert client.post(unsubscribe_url).status_code == 200
    entries = ModelLogEntry.objects.filter(action__startswith="contact.")
    assert sorted(entry.action for entry in entries) == [
        "contact.confirm_subscription",
        "contact.unsubscribe",
    ]
    assert not any("ada" in entry.label for entry in entries)


def test_a_link_of_an_old_newsletter_ends_what_was_asked_for_anew(client, mails):
    for email in ("ada@example.org", "bob@example.org", "Ada@Example.org"):
        with mails():
            sign_up(client, email=email)
        follow_link(client)
        if len(mail.outbox) == 1:
            unsubscribe_url = links(mail.outbox[0])[1]
            client.post(unsubscribe_url)
    assert client.post(unsubscribe_url).status_code == 200
    assert Subscription.objects.get().email == "bob@example.org"


def test_the_key_of_a_subscription_cannot_be_made_without_the_secret_key(settings):
    first = ask_for("ada@example.org", "en").key
    Subscription.objects.all().delete()
    settings.SECRET_KEY = "another"
    assert ask_for("ada@example.org", "en").key != first


def test_mail_programs_unsubscribe_by_rfc_8058(client, mails):
    with mails():
        sign_up(client)
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    strange = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    response = client.post(address, {"List-Unsubscribe": "One-Click"}, headers=strange)
    assert response.status_code == 200
    assert not Subscription.objects.exists()


def answer(response):
    """All that a visitor can tell an answer by."""
    return response.status_code, response["Location"], response.content, response.cookies.output()


def test_nobody_learns_whether_an_address_is_known(client, mails):
    Subscription.objects.create(email=KNOWN, language="en", confirmed_at=timezone.now())
    Subscription.objects.create(email="waiting@example.org", language="en")
    with mails():
        answers = [
            answer(sign_up(client, email=email))
            for email in ("new@example.org", KNOWN.lower(), "waiting@example.org")
        ]
    assert answers[0] == answers[1] == answers[2]
    assert [sent.to for sent in mail.outbox] == [
        ["new@example.org"],
        [KNOWN],
        ["waiting@example.org"],
    ]
    assert "already" in mail.outbox[1].subject
    assert Subscription.objects.count() == 3


def test_an_address_gets_only_so_many_mails_and_the_answer_stays_the_same(client, mails, settings):
    settings.CONTACT_LIMITS = {**settings.CONTACT_LIMITS, "mails": (2, 86400)}
    with mails():
        answers = {answer(sign_up(client, email=email)) for email in ("a@b.org", "A@b.org") * 2}
    assert len(answers) == 1
    assert len(mail.outbox) == 2


def test_one_client_signs_up_only_so_often(client, settings):
    settings.CONTACT_LIMITS = {**settings.CONTACT_LIMITS, "posts": (2, 3600)}
    statuses = [sign_up(client, email=f"{n}@example.org").status_code for n in range(3)]
    assert statuses == [302, 302, 429]


def test_a_failing_mail_server_is_logged_and_not_shown(client, mails, monkeypatch, caplog):
    def fail(self, *args, **kwargs):
        raise SMTPException("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with mails():
        assert sign_up(client).status_code == 302
    assert "could not be sent" in caplog.text
    assert "ada@example.org" not in caplog.text


def test_the_form_in_the_footer_is_completed_on_the_page(client):
    assert 'action="/fr/lettre-d-information/"' in client.get("/fr/").text
    response = client.post(ADDRESSES["fr"], {"email": "ada@example.org"})
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find(id="id_email")["value"] == "ada@example.org"
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "email",
    [
        *("", "ada", "a@b", "x" * 250 + "@b.org", "a\0@b.org"),
        # Mail cannot write them: too long a part once it is encoded, none, and another address.
        *("a@" + "ä" * 60 + ".lu", "a@b.\u00ad\u00ad", "a@b.lu\uff0cc\uff20d.lu"),
    ],
)
def test_an_address_that_is_none_is_refused_beside_the_field(client, email):
    response = sign_up(client, "fr", email=email)
    assert response.status_code == 422
    html = BeautifulSoup(response.content, "html.parser")
    field = html.find(id="id_email")
    assert html.find(id=field["aria-describedby"]).text.strip()


def test_no_cookie_is_set_and_no_page_is_kept(client):
    assert not client.get("/en/").cookies
    for response in (client.get(ADDRESSES["en"]), sign_up(client), sign_up(client, email="x")):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


def test_pages_of_others_cannot_sign_up(client):
    data = {"email": "ada@example.org", "language": "en", "opened": "x"}
    response = client.post(ADDRESSES["en"], data, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_what_is_never_confirmed_is_deleted(settings):
    now = timezone.now()
    days = timedelta(days=settings.NEWSLETTER_DAYS_TO_CONFIRM)
    Subscription.objects.create(email="old@b.org", language="en", asked_at=now - days * 2)
    Subscription.objects.create(email="new@b.org", language="en", asked_at=now - days / 2)
    Subscription.objects.create(
        email="sure@b.org", language="en", asked_at=now - days * 9, confirmed_at=now
    )
    assert delete_expired(now)["unconfirmed sign-ups"] == 1
    assert {one.email for one in Subscription.objects.all()} == {"new@b.org", "sure@b.org"}


@pytest.mark.parametrize(
    "email",
    [
        "anna@bücher.example",
        "ANNA@BÜCHER.EXAMPLE",
        "anna@xn--bcher-kva.example",
        "anna@XN--BCHER-KVA.example",
    ],
)
def test_all_spellings_of_an_address_are_one_subscription(client, email):
    for spelling in ("Anna@BÜCHER.example", email):
        assert sign_up(client, email=spelling).status_code == 302
    assert Subscription.objects.get().email == "Anna@BÜCHER.example"


def test_a_domain_of_many_short_labels_is_an_address_too(client):
    email = "a@" + "é." * 120 + "example"
    assert sign_up(client, email=email).status_code == 302
    assert Subscription.objects.get().email == email


def test_other_addresses_are_others(client):
    for email in ("anna@bücher.example", "anna@bucher.example", "ana@bücher.example"):
        sign_up(client, email=email)
    assert Subscription.objects.count() == 3


def test_who_signed_up_with_the_version_before_is_known():
    """While both versions run, that one writes rows which do not say how they are compared."""
    old = Subscription.objects.create(email="Anna@example.org", language="de")
    Subscription.objects.update(compared_email=None)
    assert ask_for("anna@example.org", "en") == old
    assert Subscription.objects.get().compared_email == "anna@example.org"
    Subscription.objects.bulk_create([Subscription(email="ANNA@example.org", language="de")])
    assert ask_for("ANNA@example.org", "en") == old


@pytest.mark.parametrize(
    ("confirmed", "stays"),
    [
        ([None, None, None], 1),
        ([None, None, 5], 2),
        ([7, None, 5], 2),
        ([5, None, 7], 0),
    ],
)
def test_the_migration_leaves_of_all_spellings_the_confirmed_else_the_older(confirmed, stays):
    day = datetime(2026, 1, 1, tzinfo=UTC)
    spellings = ["anna@BÜCHER.example", "anna@bücher.example", "Anna@xn--bcher-kva.example"]
    Subscription.objects.bulk_create(
        Subscription(
            email=email,
            language="en",
            asked_at=day + timedelta(days=asked),
            confirmed_at=after and day + timedelta(days=after),
        )
        for email, asked, after in zip(spellings, [2, 1, 3], confirmed, strict=True)
    )
    Subscription.objects.create(email="other@example.org", language="en")
    import_module("lihsite.contact.migrations.0002_compared_email").fill(apps, None)
    left = Subscription.objects.order_by("pk").values_list("email", "compared_email")
    assert list(left) == [
        (spellings[stays], "anna@xn--bcher-kva.example"),
        ("other@example.org", "other@example.org"),
    ]
