"""Owners are told by mail when how they sign in has changed."""

import re

import pyotp
import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.users.models import UserProfile

from lihsite.accounts.factors import (
    AuthenticatorApp,
    Passkey,
    add_app,
    make_recovery_codes,
    new_secret,
)
from tests.lihsite.accounts.conftest import PASSWORD

FACTORS = "/admin/account/second-factor/"
NEW_PASSWORD = "yet another odd sentence"


@pytest.fixture
def owner_in(ada, sign_in):
    """In which the owner has signed in."""
    client = Client()
    sign_in(client=client)
    ada.refresh_from_db()
    return client


@pytest.fixture
def administrator(owner_in, django_user_model):
    root = django_user_model.objects.create_superuser("root", "root@example.org", PASSWORD)
    client = Client()
    client.force_login(root)
    return client


def told() -> str:
    """The only mail, which is the owner's."""
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert "&" not in sent.body
    return sent.body


def edit(administrator, account, **changes):
    """As the form of an account in the admin does."""
    fields = {"username": "ada", "email": "ada@example.org", "first_name": "Ada", "last_name": "L"}
    answer = administrator.post(
        f"/admin/users/edit/{account.pk}/", {**fields, "is_active": "on", **changes}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "how you sign in has changed", "Second factor added: TOTP"),
        ("fr", "votre façon de vous connecter a changé", "Second facteur ajouté"),
        ("de", "Ihre Anmeldung hat sich geändert", "Zweiter Faktor hinzugefügt"),
    ],
)
def test_a_new_factor_is_told_in_the_language_of_its_owner(ada, owner_in, language, subject, words):
    UserProfile.objects.filter(user=ada).update(preferred_language=language)
    page = BeautifulSoup(owner_in.get(f"{FACTORS}app/").content, "html.parser")
    secret = page.select_one(".lih-factors code").text.replace(" ", "")
    owner_in.post(f"{FACTORS}app/", {"code": pyotp.TOTP(secret).now()})
    # The second one tells of the recovery codes that were made with it.
    sent, _codes = mail.outbox
    assert subject in sent.subject
    assert words in sent.body
    assert "http://127.0.0.1:8000/admin/password_reset/" in sent.body
    assert secret not in sent.body
    assert sent.to == ["ada@example.org"]


def test_what_is_taken_away_is_told_whoever_does_it(ada, owner_in):
    secret = new_secret()
    add_app(ada, secret, pyotp.TOTP(secret).now(), None)
    passkey = Passkey.objects.create(account=ada, name="Phone", credential_id="x", credential=b"")
    mail.outbox.clear()
    owner_in.post(f"{FACTORS}app/remove/")
    assert "Second factor removed: TOTP" in told()
    mail.outbox.clear()
    owner_in.post(f"{FACTORS}passkeys/{passkey.pk}/remove/")
    assert "Second factor removed: Phone" in told()
    mail.outbox.clear()
    AuthenticatorApp.objects.create(account=ada, secret=secret)
    call_command("reset_second_factor", "ada")
    assert "Second factor removed\n" in told()


def test_a_recovery_code_that_was_used_is_told(ada, owner_in, sign_in):
    add_app(ada, secret := new_secret(), pyotp.TOTP(secret).now(), None)
    code = make_recovery_codes(ada, None)[0]
    mail.outbox.clear()
    other = Client(headers={"accept-language": "fr"})
    sign_in(client=other)
    assert "codes de secours" in other.get("/admin/login/second-step/").content.decode()
    other.post("/admin/login/second-step/", {"code": code})
    # In the language of the owner, and not of whoever has signed in.
    assert "Recovery code used" in told()


def test_a_password_that_somebody_else_has_set_is_told_with_who_it_was(ada, administrator):
    edit(administrator, ada, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    assert "Password set" in told()
    assert "By root." in told()


def test_a_password_that_its_owner_has_set_names_nobody(ada, owner_in):
    ask = {"email": "ada@example.org"}
    Client().post("/admin/password_reset/", ask)
    address = re.search(r"http://127.0.0.1:8000(/admin/\S+)", mail.outbox.pop().body)[1]
    owner = Client()
    form = owner.get(address, follow=True)
    fields = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    owner.post(form.request["PATH_INFO"], fields)
    assert "Password set" in told()
    assert "\nBy " not in told()


def test_another_address_is_told_to_the_one_before(ada, administrator, kinds):
    edit(administrator, ada, email="somebody@else.example")
    assert "E-mail address changed" in told()
    assert "else.example" not in told()
    assert ("email", "ada") in kinds()


def test_what_changes_nothing_about_signing_in_is_no_mail(ada, administrator):
    edit(administrator, ada, first_name="Augusta")
    administrator.logout()
    assert not mail.outbox


@pytest.mark.parametrize(
    "state",
    [{"last_login": None}, {"email": ""}, {"is_active": False}],
    ids=lambda state: next(iter(state)),
)
def test_whom_a_mail_would_not_help_gets_none(ada, owner_in, state):
    type(ada).objects.filter(pk=ada.pk).update(**state)
    ada = type(ada).objects.get(pk=ada.pk)
    ada.set_password(NEW_PASSWORD)
    ada.save()
    assert not mail.outbox


def test_a_mail_that_cannot_be_sent_undoes_nothing(ada, owner_in, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ada.set_password(NEW_PASSWORD)
    ada.save()
    assert "could not be sent" in caplog.text
    ada.refresh_from_db()
    assert ada.check_password(NEW_PASSWORD)
