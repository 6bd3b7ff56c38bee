"""The footer's text and the contact, in the visitor's language."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site
from wagtail.users.models import UserProfile

from lihsite.models import InstituteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return factories.home()


@pytest.fixture
def site():
    return Site.objects.get()


def institute(client, path):
    return client.get(path).context_data["institute"]


def test_the_footer_is_in_the_visitors_language(client, site):
    InstituteSettings.objects.create(
        site=site, footer_text_en="Research", footer_text_fr="Recherche", contact_phone="+352 0"
    )
    assert institute(client, "/fr/").footer_text == "Recherche"
    assert institute(client, "/fr/").contact_phone == "+352 0"


def test_a_missing_translation_is_shown_in_another_language_and_says_so(client, site):
    InstituteSettings.objects.create(site=site, footer_text_en="Research", address_en="1 Street")
    shown = institute(client, "/de/")
    with translation.override("de"):
        assert (shown.footer_text, shown.address, shown.lang) == ("Research", "1 Street", "en")


def test_a_visit_writes_no_settings(client):
    assert client.get("/en/").status_code == 200
    assert not InstituteSettings.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_settings_are_stored_alike_from_every_admin(admin_client, admin_user, site, language):
    profile = UserProfile.get_for_user(admin_user)
    profile.preferred_language = language
    profile.save()
    address = reverse("wagtailsettings:edit", args=["lihsite", "institutesettings", site.pk])
    posted = {
        "footer_text_en": "Research",
        "footer_text_fr": "",
        "footer_text_de": "Forschung",
        "address_en": "1 Street",
        "address_fr": "",
        "address_de": "",
        "contact_email": "contact@example.org",
        "contact_phone": "",
        "social_links-count": "0",
    }
    assert admin_client.post(address, posted).status_code == 302
    stored = InstituteSettings.objects.values().get()
    texts = {name: value for name, value in stored.items() if name.startswith("footer_text")}
    assert texts == {
        "footer_text": "Research",
        "footer_text_en": "Research",
        "footer_text_fr": "",
        "footer_text_de": "Forschung",
    }
    assert stored["address"] == "1 Street"
