"""Answers and addresses in the admin: for those alone who may, and in the log."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from lihsite.contact.models import Submission, Subscription
from lihsite.multilingual.languages import language_codes
from tests import factories
from tests.factories import QUESTIONS

pytestmark = pytest.mark.django_db

NEWSLETTER = "newsletter:index"
FORMULA = "=HYPERLINK(1)"


def account(django_user_model, name, *permissions, on=None):
    user = django_user_model.objects.create_user(name, password="x")
    group = Group.objects.create(name=name)
    found = Permission.objects.filter(codename__in=[*permissions, "access_admin"])
    group.permissions.set(found)
    if on:
        change = Permission.objects.get(codename="change_basepage")
        GroupPagePermission.objects.create(group=group, page=on, permission=change)
    user.groups.add(group)
    return user


@pytest.fixture
def form_page():
    return factories.form_page(title_en="Write to us", title_fr="Nous écrire")


@pytest.fixture
def submission(form_page):
    return Submission.objects.create(
        page=form_page,
        language="fr",
        digest="x",
        form_data={QUESTIONS["name"]: FORMULA, QUESTIONS["topics"]: ["Press", "News"], "old": "1"},
        labels={"old": "A question of old"},
    )


def export(response) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("language", language_codes())
def test_the_list_and_the_export_have_the_names_of_the_source_language(
    admin_client, admin_user, form_page, submission, language
):
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    address = reverse("wagtailforms:list_submissions", args=[form_page.pk])
    page = admin_client.get(address)
    assert page.status_code == 200
    for heading in ("Name", "Message", "A question of old"):
        assert heading in page.text
    assert "Votre message" not in page.text
    written = export(admin_client.get(address, {"export": "csv"}))
    heading, row = written.strip().splitlines()
    assert "Name,E-mail,Subject,Topics,Message" in heading
    assert f"'{FORMULA}" in row
    assert '"Press, News"' in row
    assert PageLogEntry.objects.filter(action="contact.export_submissions").count() == 1


def test_who_edits_a_form_does_not_read_what_was_sent(
    client, django_user_model, form_page, submission
):
    address = reverse("wagtailforms:list_submissions", args=[form_page.pk])
    client.force_login(account(django_user_model, "editor", on=form_page))
    assert client.get(address).status_code == 302
    client.force_login(account(django_user_model, "desk", "view_submission", on=form_page))
    assert client.get(address).status_code == 200


@pytest.fixture
def subscriptions():
    Subscription.objects.create(email="sure@b.org", language="de", confirmed_at=timezone.now())
    Subscription.objects.create(email="waiting@b.org", language="en")


def test_the_export_has_the_confirmed_addresses_and_how_to_unsubscribe(
    admin_client, subscriptions, client
):
    written = export(admin_client.get(reverse(NEWSLETTER), {"export": "csv"}))
    assert "sure@b.org" in written
    assert "waiting@b.org" not in written
    address = written.strip().split(",")[-1].removeprefix("http://127.0.0.1:8000")
    assert client.post(address).status_code == 200
    assert not Subscription.objects.confirmed().exists()
    assert ModelLogEntry.objects.get(action="contact.export_newsletter").data == {"count": 1}


def test_the_export_has_a_permission_of_its_own(client, django_user_model, subscriptions):
    client.force_login(account(django_user_model, "reader", "view_subscription"))
    listed = client.get(reverse(NEWSLETTER))
    assert "sure@b.org" in listed.text
    assert "export=csv" not in listed.text
    for kind in ("csv", "xlsx"):
        assert client.get(reverse(NEWSLETTER), {"export": kind}).status_code == 302
    permissions = ("view_subscription", "export_subscription")
    client.force_login(account(django_user_model, "mailer", *permissions))
    assert "export=csv" in client.get(reverse(NEWSLETTER)).text
    assert client.get(reverse(NEWSLETTER), {"export": "xlsx"}).status_code == 200


def test_nobody_writes_an_address_and_others_do_not_see_them(
    admin_client, client, django_user_model, subscriptions
):
    for name in ("newsletter:add", "newsletter:edit"):
        arguments = [Subscription.objects.first().pk] if "edit" in name else []
        assert admin_client.get(reverse(name, args=arguments)).status_code == 302
    client.force_login(account(django_user_model, "anybody"))
    assert client.get(reverse(NEWSLETTER)).status_code == 302


@pytest.mark.parametrize("language", language_codes())
def test_the_log_says_what_was_done_in_the_readers_language(
    admin_client, admin_user, form_page, submission, subscriptions, language
):
    admin_client.get(reverse(NEWSLETTER), {"export": "csv"})
    UserProfile.objects.create(user=admin_user, preferred_language=language)
    report = admin_client.get(reverse("wagtailadmin_reports:site_history"))
    assert report.status_code == 200
    expected = {"en": "Newsletter addresses exported", "fr": "Adresses", "de": "Adressen"}
    assert expected[language] in report.text


def test_who_may_not_read_answers_cannot_have_them_mailed_either(
    client, django_user_model, form_page
):
    for name, permissions in (("writer", []), ("reader", ["view_submission"])):
        permissions = ["change_shared_fields", *permissions]
        client.force_login(account(django_user_model, name, *permissions, on=form_page))
        form = client.get(reverse("wagtailadmin_pages:edit", args=[form_page.pk]))
        assert 'name="days_kept"' in form.text
        assert ('name="to_address"' in form.text) == (name == "reader")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_old_answer_with_control_characters_leaves_the_export_whole(
    admin_client, form_page, submission, kind
):
    submission.form_data["old"] = "hello\x0bworld"
    submission.labels = {"old": "Old\x0b question"}
    submission.save()
    address = reverse("wagtailforms:list_submissions", args=[form_page.pk])
    response = admin_client.get(f"{address}?export={kind}")
    assert response.status_code == 200
    content = response.getvalue()
    if kind == "xlsx":
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        content = "\n".join(str(row) for row in rows).encode()
    assert b"helloworld" in content
    assert b"Old question" in content
