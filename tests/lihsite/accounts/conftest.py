"""An account that may open the admin, and how it signs in."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.users.models import UserProfile

from lihsite.accounts.audit import AccountEvent

PASSWORD = "a long and odd sentence"
LOGIN = "/admin/login/"


@pytest.fixture
def ada(db, django_user_model):
    account = django_user_model.objects.create_user("ada", "ada@example.org", PASSWORD)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=account, preferred_language="en")
    AccountEvent.objects.all().delete()
    return account


@pytest.fixture
def sign_in(db):
    """Post the form of the login from an address, in a browser of its own unless one is given."""

    def post(username="ada", password=PASSWORD, client=None, address="192.0.2.1", **headers):
        browser = client or Client()
        fields = {"username": username, "password": password, "next": "/admin/"}
        return browser.post(LOGIN, fields, REMOTE_ADDR=address, headers=headers or None)

    return post


@pytest.fixture
def kinds():
    """What the audit holds, oldest first, as (kind, account) pairs."""

    def read():
        events = AccountEvent.objects.order_by("pk")
        return [(event.kind, event.account_name) for event in events]

    return read
