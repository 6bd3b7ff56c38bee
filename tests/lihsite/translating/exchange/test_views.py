"""The admin's way out and back: export form, upload, preview, import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.models import ContentPage
from lihsite.models import ImportedFile
from tests import factories
from tests.lihsite.multilingual.test_permissions import user as member

pytestmark = pytest.mark.django_db

EXPORT, IMPORT = "translating:export", "translating:import"


@pytest.fixture
def careers():
    page = factories.content_page(live_in=("en", "fr"), title_en="Careers", title_fr="Carrières")
    factories.content_page(page, live_in=("en",), title_en="Internships")
    return page


@pytest.fixture
def editor(careers, client):
    user = member("editor", "change_shared_fields")
    client.force_login(user)
    return user


def export(client, query, **data):
    form = {"language": "fr", "format": "xliff-1.2", **data}
    return client.post(f"{reverse(EXPORT)}?{query}", form)


def upload(client, data, name="careers.xlf", **options):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse(IMPORT), {"file": file}, **options)


def french_title(page):
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object().title_fr


def test_a_section_is_exported_with_its_pages(careers, editor, client):
    answer = export(client, f"section={careers.pk}", include_descendants="on")
    assert answer["Content-Disposition"].startswith('attachment; filename="careers-fr-')
    assert b"Careers" in answer.content
    assert b"Internships" in answer.content
    alone = export(client, f"section={careers.pk}")
    assert b"Internships" not in alone.content


def test_the_pages_ticked_in_a_listing_are_exported(careers, editor, client):
    child = careers.get_children().get()
    action = reverse("wagtail_bulk_action", args=["lihsite", "basepage", "export_for_translation"])
    leads_to = client.get(f"{action}?id={careers.pk}&id={child.pk}")
    assert leads_to.status_code == 302
    page = client.get(leads_to["Location"])
    assert "Internships" in page.content.decode()
    answer = client.post(leads_to["Location"], {"language": "de", "format": "po"})
    assert b'msgid "Internships"' in answer.content


def test_there_is_a_way_to_the_export_from_the_explorer(careers, editor, client):
    listing = client.get(reverse("wagtailadmin_explore", args=[careers.get_parent().pk]))
    assert f"{reverse(EXPORT)}?section={careers.pk}" in listing.content.decode()


def test_the_language_that_pages_are_written_in_is_offered_for_those_below_a_section_alone(
    careers, editor, client
):
    offered = {}
    for query in ("pages", "section"):
        page = client.get(f"{reverse(EXPORT)}?{query}={careers.pk}")
        choices = page.context["form"].fields["language"].choices
        offered[query] = [code for code, _name in choices]
    assert offered == {"pages": ["fr", "de"], "section": ["en", "fr", "de"]}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "pages=",
        "pages=x,99999999999999",
        f"pages={'9' * 5000}",
        "section=-1",
        "pages=1",
    ],
)
def test_an_export_of_nothing_says_so(careers, editor, client, query):
    assert client.get(f"{reverse(EXPORT)}?{query}").status_code == 200
    answer = export(client, query)
    assert answer.status_code == 200
    assert "There is nothing to translate" in answer.content.decode()


def test_an_unknown_language_or_format_is_refused(careers, editor, client):
    for wrong in ({"language": "it"}, {"format": "doc"}):
        answer = export(client, f"section={careers.pk}", **wrong)
        assert answer.context["form"].errors


def test_an_import_shows_what_would_change_and_then_does_it(careers, editor, client):
    data = export(client, f"section={careers.pk}").content
    preview = upload(client, data.replace("Carrières".encode(), b"Emplois"), follow=True)
    assert "Emplois" in preview.content.decode()
    assert french_title(careers) == "Carrières"
    digest = preview.context["plan"].digest
    answer = client.post(preview.redirect_chain[-1][0], {"digest": digest}, follow=True)
    assert "imported as a draft" in answer.content.decode()
    assert french_title(careers) == "Emplois"
    assert not ImportedFile.objects.exists()


def test_what_was_not_shown_is_not_done(careers, editor, client):
    data = export(client, f"section={careers.pk}").content
    preview = upload(client, data.replace("Carrières".encode(), b"Emplois"), follow=True)
    answer = client.post(preview.redirect_chain[-1][0], {"digest": "other"}, follow=True)
    assert "Nothing was imported" in answer.content.decode()
    assert french_title(careers) == "Carrières"


def test_a_file_can_be_discarded(careers, editor, client):
    data = export(client, f"section={careers.pk}").content
    preview = upload(client, data, follow=True)
    assert "changes nothing" in preview.content.decode()
    client.post(preview.redirect_chain[-1][0], {"discard": ""})
    assert not ImportedFile.objects.exists()


def test_a_malformed_file_offers_no_import(careers, editor, client):
    data = export(client, f"section={careers.pk}").content
    preview = upload(client, data.replace(b'id="title"', b'id="colour"'), follow=True)
    page = preview.content.decode()
    assert "there is no such text on the page" in page
    assert "Import all of this" not in page


def test_what_cannot_be_read_is_said_at_the_file(careers, editor, client):
    answer = upload(client, b"\x89PNG")
    assert answer.context["form"].errors["file"]


def test_the_file_of_another_person_is_not_shown(careers, editor, client):
    data = export(client, f"section={careers.pk}").content
    address = upload(client, data)["Location"]
    client.force_login(member("other", "change_shared_fields"))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", [EXPORT, IMPORT])
def test_those_who_translate_nothing_have_no_exchange(careers, client, name):
    client.force_login(member("reader"))
    answer = client.get(reverse(name))
    assert answer.status_code == 302
