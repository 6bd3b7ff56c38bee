"""The admin as its accounts use it: who signs in, and what their browser posts."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail.users.models import UserProfile

from home.demonstration.accounts import create_accounts, grant_pages
from lihsite.multilingual.languages import column
from lihsite.multilingual.registration import translated_fields


def accounts(home) -> None:
    """The demonstration's accounts, with their rights on the pages below `home`."""
    create_accounts()
    grant_pages(home)


def client_of(username: str, admin_language: str | None = None) -> Client:
    """A client signed in as the account, with the admin in the language."""
    user = get_user_model().objects.get(username=username)
    if admin_language:
        UserProfile.objects.filter(user=user).update(preferred_language=admin_language)
    client = Client()
    client.force_login(user)
    return client


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def create_url(model, parent) -> str:
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )


def posted(page, languages, **changes) -> dict:
    """What the form of a content page posts with the tabs of some languages open."""
    data = {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "source_language": page.source_language,
    }
    for language in settings.LANGUAGES:
        if getattr(page, column("live_in", language[0])):
            data[column("live_in", language[0])] = "on"
    streams = {}
    for language in languages:
        for name in translated_fields(type(page)):
            if name == "body":
                streams[column(name, language)] = streamfield([])
            elif name not in ("live_in", "draft_title", "url_path"):
                data[column(name, language)] = getattr(page, column(name, language))
    data |= nested_form_data(streams)
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def draft_of(page):
    """The newest draft of the page, read from the database."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
