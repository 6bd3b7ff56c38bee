"""What the library stores is the same in every language of the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from lihsite.models import Document, Image
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


def stored(model):
    """The rows of the model and the log of the admin, without times, keys and file names."""
    ignored = {"id", "created_at", "file", "uploaded_by_user_id", "version_of_id"}
    rows = [
        {name: value for name, value in row.items() if name not in ignored}
        for row in model.objects.order_by("pk").values()
    ]
    entries = list(ModelLogEntry.objects.order_by("pk").values("action", "label", "data"))
    return rows, entries


def create_image(client):
    answer = client.post(
        reverse("wagtailimages:add"), {**TEXTS, "file": image_file(), "collection": 1}
    )
    assert answer.status_code == 302


def create_images_at_once(client):
    answer = client.post(
        reverse("wagtailimages:add_multiple"), {"title": "Cells", "files[]": image_file()}
    )
    pk = answer.json()["image_id"]
    answer = client.post(
        reverse("wagtailimages:edit_multiple", args=[pk]),
        {f"image-{pk}-{name}": value for name, value in TEXTS.items()},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert answer.json()["success"]


def create_image_in_a_chooser(client):
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{name}": value for name, value in TEXTS.items()}
        | {"image-chooser-upload-file": image_file(), "image-chooser-upload-collection": 1},
    )
    assert answer.json()["step"] == "chosen"


def edit_image(client):
    original = image(title_en="Old", language="en")
    new = image(title_en="Old", title_fr="Vieux")
    answer = client.post(
        reverse("wagtailimages:edit", args=[new.pk]),
        {**TEXTS, "language": "fr", "version_of": original.pk, "collection": 1},
    )
    assert answer.status_code == 302
    new.refresh_from_db()
    assert new.version_of == original


def delete_image(client):
    answer = client.post(reverse("wagtailimages:delete", args=[image(title_fr="Cellules").pk]))
    assert answer.status_code == 302


def tag_images_in_bulk(client):
    items = [image(title_fr="Cellules").pk, image().pk]
    url = reverse("wagtail_bulk_action", args=["lihsite", "image", "add_tags"])
    answer = client.post(f"{url}?next=/admin/&id={items[0]}&id={items[1]}", {"tags": "cells"})
    assert answer.status_code == 302


DOCUMENT_TEXTS = {"title": "Report", "title_fr": "Rapport", "title_de": ""}


def create_document(client):
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    answer = client.post(
        reverse("wagtaildocs:add"), {**DOCUMENT_TEXTS, "file": file, "collection": 1}
    )
    assert answer.status_code == 302


def edit_document(client):
    answer = client.post(
        reverse("wagtaildocs:edit", args=[document(title_fr="Vieux").pk]),
        {**DOCUMENT_TEXTS, "language": "en", "collection": 1},
    )
    assert answer.status_code == 302


def delete_document(client):
    answer = client.post(reverse("wagtaildocs:delete", args=[document(title_fr="Rapport").pk]))
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("operation", "model"),
    [
        (create_image, Image),
        (create_images_at_once, Image),
        (create_image_in_a_chooser, Image),
        (edit_image, Image),
        (delete_image, Image),
        (tag_images_in_bulk, Image),
        (create_document, Document),
        (edit_document, Document),
        (delete_document, Document),
    ],
)
def test_the_same_rows_are_stored_in_every_admin(admin_in, operation, model):
    results = {}
    for language in LANGUAGES:
        model.objects.all().delete()
        ModelLogEntry.objects.all().delete()
        operation(admin_in(language))
        results[language] = stored(model)
    assert results["fr"] == results["en"]
    assert results["de"] == results["en"]


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
