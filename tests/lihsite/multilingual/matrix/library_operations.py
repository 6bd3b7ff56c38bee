"""What the admin does to pictures, documents and collections."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from tests.lihsite.media.library import document, image, image_file
from tests.lihsite.multilingual.matrix.operations import operation

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
    "tags": "cells, immunity",
}
DOCUMENT_TEXTS = {"title": "Report", "title_fr": "Rapport", "title_de": "", "tags": "reports"}
BY_SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def report() -> SimpleUploadedFile:
    return SimpleUploadedFile("report.pdf", b"%PDF-1.7 report")


def root_collection() -> int:
    return Collection.get_first_root_node().pk


@operation
def upload_an_image(site):
    data = {**TEXTS, "file": image_file(), "collection": site.collection.pk}
    site.post("wagtailimages:add", data=data)


@operation
def upload_several_images(site):
    for name in ("cells.png", "bacteria.png"):
        data = {"title": name, "files[]": image_file(name), "collection": root_collection()}
        pk = site.post("wagtailimages:add_multiple", data=data).json()["image_id"]
        texts = {f"image-{pk}-{field}": text for field, text in TEXTS.items()}
        texts[f"image-{pk}-collection"] = root_collection()
        answer = site.post("wagtailimages:edit_multiple", pk, data=texts, **BY_SCRIPT)
        assert answer.json()["success"]


@operation
def upload_an_image_and_say_what_it_lacks(site):
    """Wagtail keeps an upload aside until the form that follows it is complete."""
    answer = site.post("wagtailimages:add_multiple", data={"files[]": image_file()}).json()
    pk = answer["uploaded_file_id"]
    texts = {f"uploaded-image-{pk}-{field}": text for field, text in TEXTS.items()}
    texts[f"uploaded-image-{pk}-collection"] = root_collection()
    name = "wagtailimages:create_multiple_from_uploaded_image"
    assert site.post(name, pk, data=texts, **BY_SCRIPT).json()["success"]


@operation
def upload_an_image_in_a_chooser(site):
    data = {f"image-chooser-upload-{field}": text for field, text in TEXTS.items()}
    data["image-chooser-upload-file"] = image_file()
    data["image-chooser-upload-collection"] = root_collection()
    assert site.post("wagtailimages_chooser:create", data=data).json()["step"] == "chosen"


@operation
def edit_an_image(site):
    original = image(title_en="Chart", language="en")
    changes = {"language": "fr", "version_of": original.pk, "collection": site.collection.pk}
    site.post("wagtailimages:edit", site.image.pk, data={**TEXTS, **changes})
    site.image.refresh_from_db()
    assert site.image.version_of == original


@operation
def delete_an_image(site):
    site.post("wagtailimages:delete", site.image.pk)


@operation
def delete_an_image_of_an_upload(site):
    site.post("wagtailimages:delete_multiple", site.image.pk, **BY_SCRIPT)


@operation
def upload_a_document(site):
    data = {**DOCUMENT_TEXTS, "file": report(), "collection": site.collection.pk}
    site.post("wagtaildocs:add", data=data)


@operation
def upload_several_documents(site):
    data = {"title": "Report", "files[]": report(), "collection": root_collection()}
    pk = site.post("wagtaildocs:add_multiple", data=data).json()["doc_id"]
    texts = {f"doc-{pk}-{field}": text for field, text in DOCUMENT_TEXTS.items()}
    texts[f"doc-{pk}-collection"] = root_collection()
    answer = site.post("wagtaildocs:edit_multiple", pk, data=texts, **BY_SCRIPT)
    assert answer.json()["success"], answer.content


@operation
def upload_a_document_in_a_chooser(site):
    data = {f"document-chooser-upload-{field}": text for field, text in DOCUMENT_TEXTS.items()}
    data["document-chooser-upload-file"] = report()
    data["document-chooser-upload-collection"] = root_collection()
    assert site.post("wagtaildocs_chooser:create", data=data).json()["step"] == "chosen"


@operation
def edit_a_document(site):
    data = {**DOCUMENT_TEXTS, "language": "en", "collection": root_collection()}
    site.post("wagtaildocs:edit", site.document.pk, data=data)


@operation
def replace_the_file_of_a_document(site):
    data = {**DOCUMENT_TEXTS, "file": report(), "collection": root_collection()}
    site.post("wagtaildocs:edit", site.document.pk, data=data)


@operation
def delete_a_document(site):
    site.post("wagtaildocs:delete", site.document.pk)


def bulk(site, action, *entries, **data):
    url = reverse("wagtail_bulk_action", args=["lihsite", entries[0]._meta.model_name, action])
    chosen = "&".join(f"id={entry.pk}" for entry in entries)
    response = site.client.post(f"{url}?next=/admin/&{chosen}", data)
    assert response.status_code == 302, response.status_code


@operation
def tag_images_in_bulk(site):
    bulk(site, "add_tags", site.image, image(), tags="cells, Zellen")


@operation
def collect_images_in_bulk(site):
    bulk(site, "add_to_collection", site.image, image(), collection=site.collection.pk)


@operation
def delete_images_in_bulk(site):
    bulk(site, "delete", site.image, image())


@operation
def tag_documents_in_bulk(site):
    bulk(site, "add_tags", site.document, document(), tags="reports")


@operation
def collect_documents_in_bulk(site):
    bulk(site, "add_to_collection", site.document, document(), collection=site.collection.pk)


@operation
def delete_documents_in_bulk(site):
    bulk(site, "delete", site.document, document())


@operation
def add_a_collection(site):
    data = {"name": "Brochures", "parent": root_collection()}
    site.post("wagtailadmin_collections:add", data=data)


@operation
def rename_a_collection(site):
    data = {"name": "Infographics", "parent": root_collection()}
    site.post("wagtailadmin_collections:edit", site.collection.pk, data=data)


@operation
def delete_a_collection(site):
    site.post("wagtailadmin_collections:delete", site.collection.pk)
