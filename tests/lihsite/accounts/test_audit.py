"""What is kept of logins and of changes to what somebody may do, and for how long."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission

from lihsite.accounts.audit import AccountEvent, Kind
from lihsite.models import BasePage
from tests.lihsite.accounts.conftest import PASSWORD

REPORT = "/admin/reports/accounts/"


@pytest.fixture
def root(admin_user):
    AccountEvent.objects.all().delete()
    client = Client()
    client.force_login(admin_user)
    AccountEvent.objects.all().delete()
    return client


def test_logins_failures_and_logouts_are_kept_with_the_address(ada, sign_in, kinds):
    browser = Client()
    sign_in(password="wrong", address="192.0.2.8")
    sign_in(client=browser)
    browser.post("/admin/logout/")
    assert kinds() == [("login_failed", "ada"), ("login", "ada"), ("logout", "ada")]
    assert AccountEvent.objects.get(kind=Kind.LOGIN_FAILED).client == "192.0.2.8"


def test_nothing_that_was_typed_is_kept(ada, sign_in):
    sign_in("my password by mistake", "wrong secret")
    sign_in(password="wrong secret")
    kept = str(list(AccountEvent.objects.values()))
    assert "secret" not in kept
    assert "mistake" not in kept


def test_a_change_of_groups_in_the_admin_names_who_did_it(root, ada, kinds):
    group = Group.objects.get(name="Editors")
    AccountEvent.objects.all().delete()
    answer = root.post(
        f"/admin/users/edit/{ada.pk}/",
        {
            **{"username": "ada", "email": "ada@example.org", "first_name": "Ada"},
            **{"last_name": "L", "is_active": "on", "is_superuser": "on"},
            "groups": [group.pk],
        },
    )
    assert answer.status_code == 302
    assert set(kinds()) == {("superuser", "ada"), ("groups", "ada")}
    assert set(AccountEvent.objects.values_list("actor_name", flat=True)) == {"admin"}
    assert AccountEvent.objects.get(kind=Kind.GROUPS).detail == "+ Editors"


def test_each_way_to_change_permissions_is_noticed(ada):
    group = Group.objects.create(name="Board")
    permission = Permission.objects.get(codename="view_accountevent")
    ada.groups.add(group)
    group.user_set.remove(ada)
    group.user_set.set([ada])
    ada.groups.clear()
    ada.user_permissions.add(permission)
    ada.user_permissions.clear()
    group.permissions.add(permission)
    group.permissions.clear()
    granted = GroupPagePermission.objects.create(
        group=group,
        page=BasePage.objects.get(depth=1),
        permission=Permission.objects.get(
            codename="publish_basepage", content_type__app_label="lihsite"
        ),
    )
    granted.delete()
    ada.is_active = False
    ada.save()
    details = list(AccountEvent.objects.order_by("pk").values_list("kind", "detail"))
    name = "accounts.view_accountevent"
    assert details[:5] == [
        *[("groups", "+ Board"), ("groups", "- Board")] * 2,
        ("permissions", f"+ {name}"),
    ]
    assert details[5][0] == "permissions"
    assert f"- {name}" in details[5][1]
    assert details[6:8] == [
        ("group_permissions", f"Board: + {name}"),
        ("group_permissions", f"Board: - {name}"),
    ]
    assert [kind for kind, _detail in details[8:]] == [
        *["group_permissions"] * 2,
        "deactivated",
    ]
    assert "+ lihsite.publish_basepage" in details[8][1]
    assert "- lihsite.publish_basepage" in details[9][1]


def test_a_password_is_kept_as_set_but_not_when_it_is_only_stored_anew(
    ada, sign_in, kinds, settings
):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    sign_in()
    ada.refresh_from_db()
    assert ada.password.startswith("scrypt")
    assert kinds() == [("login", "ada")]
    ada.set_password(PASSWORD)
    ada.save()
    assert kinds()[-1] == ("password", "ada")


def test_what_a_deleted_account_did_stays(ada, sign_in, kinds):
    sign_in()
    ada.delete()
    assert kinds()[0] == ("login", "ada")
    assert kinds()[-1] == ("deleted", "ada")


def test_the_report_is_for_those_with_the_permission(ada):
    reader = Client()
    reader.force_login(ada)
    assert reader.get(REPORT).status_code == 302
    ada.user_permissions.add(Permission.objects.get(codename="view_accountevent"))
    assert reader.get(REPORT).status_code == 200
    assert reader.get(f"{REPORT}results/").status_code == 200


def test_the_report_is_filtered_and_exported(root, ada, sign_in):
    sign_in(password="wrong", address="192.0.2.8")
    sign_in(address="192.0.2.9")
    old = AccountEvent.objects.create(kind=Kind.LOGIN_FAILED, account_name="old")
    AccountEvent.objects.filter(pk=old.pk).update(happened_at=timezone.now() - timedelta(days=40))
    query = {"kind": "login_failed", "days": "30", "export": "csv"}
    exported = b"".join(root.get(REPORT, query).streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert [(row["Account"], row["Event"], row["Address"]) for row in rows] == [
        ("ada", "Failed to sign in", "192.0.2.8")
    ]
    assert "old" in root.get(REPORT).content.decode()


def test_addresses_go_before_events_and_both_by_the_night(ada, sign_in, settings):
    settings.AUDIT_DAYS, settings.AUDIT_ADDRESS_DAYS = 100, 10
    for age in (5, 50, 150):
        sign_in()
        newest = AccountEvent.objects.order_by("pk").last()
        moment = timezone.now() - timedelta(days=age)
        AccountEvent.objects.filter(pk=newest.pk).update(happened_at=moment)
    output = io.StringIO()
    call_command("delete_expired", stdout=output)
    assert "1 entries of the audit" in output.getvalue()
    kept = AccountEvent.objects.filter(kind="login").order_by("happened_at")
    assert [event.client for event in kept] == ["", "192.0.2.1"]
