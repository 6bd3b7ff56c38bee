"""People, pictures, documents and settings go out and come back as pages do."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry, Site

from lihsite.models import Document, InstituteSettings
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import states_of
from lihsite.translating.exchange.documents import ObjectTexts, Unit, read_original
from lihsite.translating.exchange.exports import export
from lihsite.translating.exchange.formats import FORMATS
from lihsite.translating.exchange.imports import Refused, apply, plan_import
from research.models import Person
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.multilingual.test_permissions import user as member
from tests.lihsite.pages.admin import client_of
from tests.lihsite.translating.workspace import ENGLISH_ONLY, people, state

pytestmark = pytest.mark.django_db

every_format = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
XLIFF = FORMATS["xliff-1.2"]
BIOGRAPHY = '<p data-block-key="k">She <b>counts</b> cells.</p>'


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("root")


@pytest.fixture
def ada():
    return factories.person(role_en="Biologist", biography_en=BIOGRAPHY)


def imported(data, user, taken=()):
    plan = plan_import(data, user)
    assert not plan.problems
    return apply(data, user, digest=plan.digest, taken=set(taken))


@every_format
def test_what_comes_back_translated_is_saved_with_its_state_and_history(ada, admin, format):
    data, record = export([ada], "fr", format, user=admin)
    assert list(record.texts) == [f"research.person:{ada.pk}"]
    back = data.decode()
    back = back.replace('msgid "Biologist"\nmsgstr ""', 'msgid "Biologist"\nmsgstr "Biologiste"')
    for version in ("1.2", "2.0"):
        lang = ' xml:lang="en"' if version == "1.2" else ' xml:space="preserve"'
        source = f"<source{lang}>Biologist</source>"
        back = back.replace(source, f"{source}<target>Biologiste</target>")
    plan = imported(back.encode(), admin)
    assert (plan.pages, plan.others) == (0, 1)
    ada = Person.objects.get(pk=ada.pk)
    assert (ada.role_fr, ada.role_en, ada.role_de) == ("Biologiste", "Biologist", "")
    assert states_of(ada)["fr"].state == State.IN_PROGRESS
    assert ada.latest_revision.user == admin
    assert ada.latest_revision.content["role_fr"] == "Biologiste"
    entry = ModelLogEntry.objects.get(action="wagtail.edit", object_id=str(ada.pk))
    assert (entry.user, entry.content_changed) == (admin, True)


@every_format
def test_what_comes_back_unchanged_changes_nothing(ada, admin, format):
    ada.role_fr, ada.biography_fr = "Biologiste", BIOGRAPHY.replace("She", "Elle")
    ada.save()
    data, _record = export([ada], "fr", format, user=admin)
    plan = imported(data, admin)
    assert (plan.changes, plan.unchanged) == ([], 2)
    assert not ModelLogEntry.objects.filter(action="wagtail.edit").exists()


def test_pictures_documents_and_settings_have_texts_too(admin):
    site = Site.objects.get(is_default_site=True)
    institute = InstituteSettings.objects.create(site=site, footer_text_en="We research.")
    image, document = library.image(title_en="Cells"), library.document(title_en="Report")
    data, _record = export([institute, image, document], "de", XLIFF, user=admin)
    back = data.decode()
    for source, target in {"We research.": "Wir forschen.", "Report": "Bericht"}.items():
        written = f'<source xml:lang="en">{source}</source>'
        assert written in back
        back = back.replace(written, f'{written}<target state="final">{target}</target>')
    assert imported(back.encode(), admin).others == 2
    assert InstituteSettings.objects.get(pk=institute.pk).footer_text_de == "Wir forschen."
    assert Document.objects.get(pk=document.pk).title_de == "Bericht"
    assert states_of(document)["de"].state == State.UP_TO_DATE


def test_a_source_that_moved_on_is_a_conflict_for_them_too(ada, admin):
    ada.role_fr = "Biologiste"
    ada.save()
    data, _record = export([ada], "fr", XLIFF, user=admin)
    ada.role_en = "Cell biologist"
    ada.save()
    back = data.replace(b">Biologiste<", b">Chercheuse<")
    [change] = plan_import(back, admin).conflicts
    assert change.source_moved_on
    imported(back, admin, taken=[change.key])
    ada.refresh_from_db()
    assert ada.role_fr == "Chercheuse"
    assert states_of(ada)["fr"].outdated == 1


def test_nothing_is_imported_where_anything_is_refused(ada, admin):
    page = factories.content_page(live_in=("en", "fr"), title_en="Careers", title_fr="Carrières")
    ada.role_fr = "Biologiste"
    ada.save()
    data, _record = export([ada, page], "fr", XLIFF, user=admin)
    back = data.replace("Carrières".encode(), b"Emplois")
    back = back.replace(b">Biologiste<", b">" + b"B" * 256 + b"<")
    plan = plan_import(back, admin)
    assert plan.problems
    with pytest.raises(Refused):
        apply(back, admin, digest=plan.digest, taken=set())
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title_fr == "Carrières"


def test_only_who_may_change_the_object_and_its_language_imports_it(ada, admin):
    ada.role_fr = "Biologiste"
    ada.save()
    data, _record = export([ada], "fr", XLIFF, user=admin)
    back = data.replace(b">Biologiste<", b">Chercheuse<")
    factories.home()
    french = member("french-only", "translate_fr", pages=())
    assert plan_import(back, french).problems
    french.user_permissions.add(permission("change_person"))
    french = get_user_model().objects.get(pk=french.pk)
    imported(back, french)
    german, _record = export([ada], "de", XLIFF, user=admin)
    assert plan_import(german, french).problems


def permission(codename):
    kind = ContentType.objects.get_for_model(Person)
    return Permission.objects.get(content_type=kind, codename=codename)


@pytest.mark.parametrize(
    "key", ["auth.user:1", "research.nothing:1", "research.person:99999", "x:1", "page:1:2"]
)
def test_a_name_of_anything_else_is_refused(ada, admin, key):
    texts = ObjectTexts(key, "en", "fr", units=[Unit("role", (), None)])
    data = FORMATS["po"].write([texts])
    assert [problem.message for problem in plan_import(data, admin).problems] == [
        "The file is about a page or another object that is not here."
    ]


def test_names_of_pages_and_objects_are_read_as_they_were_written():
    for key in ("12", "lihsite.image:12"):
        texts = ObjectTexts(key, "en", "fr", token="0f3a")
        assert read_original(texts.original) == (key, "0f3a")
    for other in (None, "", "page", "page:x:1", "Image:1:0f", "lihsite.image:1234567890:0f"):
        assert read_original(other) == ("", "")


# From the desk


@pytest.fixture
def home():
    return people()


def test_what_is_ticked_at_the_desk_is_exported_in_the_languages_of_its_rows(home, ada):
    page = factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Careers")
    client = client_of("admin", "en")
    action = reverse(
        "wagtail_bulk_action", args=["lihsite", "translationstate", "export_for_translation"]
    )
    rows = [state(page, "fr"), state(ada, "fr")]
    leads_to = client.get(action, {"id": [row.pk for row in rows], "next": "/"})
    form = client.get(leads_to["Location"])
    assert {"Careers (French)", "Dr Ada Example (French)"} == set(form.context["names"])
    answer = client.post(leads_to["Location"], {"language": "fr", "format": "xliff-1.2"})
    assert b">Careers<" in answer.content
    assert b">Biologist<" in answer.content
    refused = client.post(leads_to["Location"], {"language": "de", "format": "xliff-1.2"})
    assert refused.context["form"].errors["language"]


def test_all_that_the_desk_lists_is_exported(home, ada):
    factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Careers")
    client = client_of("admin", "en")
    action = reverse(
        "wagtail_bulk_action", args=["lihsite", "translationstate", "export_for_translation"]
    )
    kind = ContentType.objects.get_for_model(Person).pk
    leads_to = client.get(action, {"id": "all", "content_type": kind, "language": "fr"})
    answer = client.post(leads_to["Location"], {"language": "fr", "format": "xliff-1.2"})
    assert b">Biologist<" in answer.content
    assert b">Careers<" not in answer.content


def test_a_translator_exports_their_own_languages_alone(home):
    page = factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Careers")
    client = client_of("french", "en")
    states = f"{state(page, 'fr').pk},{state(page, 'de').pk}"
    form = client.get(reverse("translating:export"), {"states": states})
    assert form.context["names"] == ["Careers (French)"]


def test_an_object_comes_back_through_the_admin(home, ada):
    ada.role_fr = "Biologiste"
    ada.save()
    client = client_of("admin", "en")
    address = f"{reverse('translating:export')}?states={state(ada, 'fr').pk}"
    data = client.post(address, {"language": "fr", "format": "xliff-1.2"})
    assert f"{ada.slug}-fr-" in data["Content-Disposition"]
    back = data.content.replace(b">Biologiste<", b">Chercheuse<")
    upload = {"file": SimpleUploadedFile("ada.xlf", back)}
    preview = client.post(reverse("translating:import"), upload, follow=True)
    html = preview.content.decode()
    assert "live at once" in html
    assert f"/person/edit/{ada.pk}/" in html
    digest = {"digest": preview.context["plan"].digest}
    answer = client.post(preview.redirect_chain[-1][0], digest, follow=True)
    assert "1 object without drafts" in answer.content.decode()
    ada.refresh_from_db()
    assert ada.role_fr == "Chercheuse"


def test_each_object_of_a_file_keeps_the_import_in_its_history(home, admin):
    """Wagtail's histories show one entry of those that a request makes of an action."""
    team = [factories.person(name) for name in ("Ada", "Grace")]
    data, _record = export(team, "fr", FORMATS["po"], user=admin)
    untranslated = 'msgid "Immunologist"\nmsgstr "'
    back = data.decode().replace(untranslated, f"{untranslated}Immunologue")
    client = client_of("admin", "en")
    upload = {"file": SimpleUploadedFile("team.po", back.encode())}
    preview = client.post(reverse("translating:import"), upload, follow=True)
    digest = {"digest": preview.context["plan"].digest}
    client.post(preview.redirect_chain[-1][0], digest)
    for person in team:
        person.refresh_from_db()
        assert person.role_fr == "Immunologue"
        history = reverse(person.snippet_viewset.get_url_name("history"), args=[person.pk])
        assert "No log entries found" not in client.get(history).text
        assert list(client.get(history).context["object_list"].values_list("action")) == [
            ("wagtail.edit",)
        ]
