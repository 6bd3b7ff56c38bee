"""The library's forms and lists name their languages, whatever language the admin is in.

That they store the same in each is the matrix's to test (tests/lihsite/multilingual/matrix).
"""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from lihsite.models import Image
from lihsite.multilingual.languages import language_name
from tests.lihsite.media.library import document, image, image_file

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "de")

TEXTS = {
    "title": "Cells",
    "description": "Cells under a microscope",
    "credit": "LIH",
    "title_fr": "Cellules",
    "description_fr": "Des cellules au microscope",
    "credit_fr": "",
    "title_de": "",
    "description_de": "Zellen unter dem Mikroskop",
    "credit_de": "LIH (de)",
}


@pytest.fixture
def admin_in(db, client):
    """A client that is logged in as an administrator who reads the admin in a language."""

    def log_in(language):
        user, _created = get_user_model().objects.get_or_create(
            username="admin", is_superuser=True, is_staff=True
        )
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        client.force_login(user)
        return client

    return log_in


def create_image(client):
    answer = client.post(
        reverse("wagtailimages:add"), {**TEXTS, "file": image_file(), "collection": 1}
    )
    assert answer.status_code == 302


def test_texts_are_stored_in_the_columns_that_the_form_names(admin_in):
    create_image(admin_in("fr"))
    new = Image.objects.get()
    assert (new.title_en, new.title_fr, new.title_de) == ("Cells", "Cellules", "")
    assert (new.description_en, new.description_de) == (
        "Cells under a microscope",
        "Zellen unter dem Mikroskop",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_names_each_language_and_marks_what_is_typed_in_it(admin_in, language):
    answer = admin_in(language).get(reverse("wagtailimages:edit", args=[image().pk]))
    for code, name in (("en", "title"), ("fr", "title_fr"), ("de", "title_de")):
        field = answer.context["form"][name]
        assert field.field.widget.attrs["lang"] == code
        with translation.override(language):
            assert language_name(code) in field.label
    labels = [field.label for field in answer.context["form"]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_can_be_emptied_in_the_language_of_the_admin_too(admin_in, language):
    new = image(title_en="Cells", title_fr="Cellules", title_de="Zellen")
    texts = {**TEXTS, "title_fr": "", "title_de": "", "collection": 1}
    admin_in(language).post(reverse("wagtailimages:edit", args=[new.pk]), texts)
    new.refresh_from_db()
    assert (new.title_en, new.title_fr, new.title_de) == ("Cells", "", "")


def test_a_title_in_the_default_language_is_all_that_a_form_requires(admin_in):
    answer = admin_in("fr").post(
        reverse("wagtaildocs:add"),
        {"title": "Report", "file": SimpleUploadedFile("r.pdf", b"%PDF-1"), "collection": 1},
    )
    assert answer.status_code == 302, answer.context["form"].errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_is_listed_and_searched_by_every_title(admin_in, language):
    image(title_en="Cells", title_fr="Macrophages au repos")
    client = admin_in(language)
    for words in ("Cells", "Macrophages"):
        answer = client.get(reverse("wagtailimages:index"), {"q": words})
        assert len(answer.context["page_obj"]) == 1, words
    assert client.get(reverse("wagtailimages:index"), {"ordering": "title"}).status_code == 200


@pytest.mark.parametrize(("make", "app"), [(image, "wagtailimages"), (document, "wagtaildocs")])
def test_the_original_of_a_version_is_chosen_by_its_number(admin_in, make, app):
    file = make()
    data = {"title": "Cells", "collection": 1, "language": "fr"}
    for original, status in (("x", 400), ("999999", 200)):
        answer = admin_in("en").post(
            reverse(f"{app}:edit", args=[file.pk]), {**data, "version_of": original}
        )
        assert answer.status_code == status
