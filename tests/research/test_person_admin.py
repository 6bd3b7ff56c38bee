"""People in the admin: a tab a language, and the same row whatever language the editor reads."""

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.users.models import UserProfile

from research.models import Person
from tests import factories

pytestmark = pytest.mark.django_db

POSTED = {
    "name": "Prof. Ada Example",
    "sort_name": "",
    "slug": "ada",
    "email": "ada@example.org",
    "orcid": "0000-0002-1825-0097",
    "photo": "",
    "role_en": "Immunologist",
    "role_fr": "Immunologiste",
    "role_de": "",
    "biography_en": "null",
    "biography_fr": "null",
    "biography_de": "null",
}


@pytest.fixture
def admin(admin_client, admin_user):
    """The admin's client, in a language that the test chooses."""

    def in_language(language):
        profile = UserProfile.get_for_user(admin_user)
        profile.preferred_language = language
        profile.save()
        return admin_client

    return in_language


def url(action, *args):
    return reverse(f"wagtailsnippets_research_person:{action}", args=args)


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_a_person_is_stored_alike_from_every_admin(admin, language):
    response = admin(language).post(url("add"), POSTED)
    assert response.status_code == 302, response.context["form"].errors
    person = Person.objects.get()
    row = model_to_dict(person, exclude=["id", "latest_revision", "photo"])
    assert row == {
        "name": "Prof. Ada Example",
        "sort_name": "Example",
        "slug": "ada",
        "email": "ada@example.org",
        "orcid": "0000-0002-1825-0097",
        "is_fictional": False,
        "role": "Immunologist",
        "role_en": "Immunologist",
        "role_fr": "Immunologiste",
        "role_de": "",
        "biography": "",
        "biography_en": "",
        "biography_fr": "",
        "biography_de": "",
    }
    revision = person.latest_revision
    assert revision.object_str == "Prof. Ada Example"
    assert revision.content["role"] == "Immunologist"
    assert revision.content["role_fr"] == "Immunologiste"


def test_an_edit_in_one_language_leaves_the_others(admin):
    admin("de").post(url("add"), POSTED)
    person = Person.objects.get()
    admin("fr").post(url("edit", person.pk), {**POSTED, "role_de": "Immunologin"})
    person.refresh_from_db()
    assert (person.role, person.role_fr, person.role_de) == (
        "Immunologist",
        "Immunologiste",
        "Immunologin",
    )


def test_inputs_carry_the_language_of_what_is_typed(admin):
    form = admin("de").get(url("add")).context["form"]
    assert {name: form.fields[name].widget.attrs["lang"] for name in ("role_en", "role_fr")} == {
        "role_en": "en",
        "role_fr": "fr",
    }


def test_a_mistyped_orcid_is_refused(admin):
    response = admin("en").post(url("add"), {**POSTED, "orcid": "0000-0002-1825-0098"})
    assert "orcid" in response.context["form"].errors
    assert not Person.objects.exists()


def test_two_people_do_not_share_an_address(admin):
    admin("en").post(url("add"), POSTED)
    response = admin("en").post(url("add"), POSTED)
    assert "slug" in response.context["form"].errors


@pytest.mark.parametrize(("language", "answer"), [("fr", "Oui"), ("de", "Ja")])
def test_the_list_says_who_is_fictional_in_the_language_of_the_admin(admin, language, answer):
    factories.person(is_fictional=True)
    content = admin(language).get(url("list")).content.decode()
    row = strip_tags(content[content.rindex("<tbody") : content.rindex("</tbody")])
    assert answer in row
    assert "True" not in row
