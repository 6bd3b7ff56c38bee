"""People, pictures, documents and settings have states of translation as pages have."""

import pytest
from wagtail.models import Site

from lihsite.models import InstituteSettings, TranslationState
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import states_of
from research.models import Person
from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db


def change(instance, **values):
    """Change the object as a form would: read, changed, saved."""
    instance = type(instance).objects.get(pk=instance.pk)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save()
    return instance


def state(instance, language="fr"):
    return states_of(instance)[language].state


@pytest.fixture
def ada():
    return factories.person(role_en="Biologist", biography_en="<p>Studies cells.</p>")


def test_a_person_is_translated_text_by_text(ada):
    assert state(ada, "en") == State.SOURCE
    assert state(ada) == state(ada, "de") == State.MISSING
    change(ada, role_fr="Biologiste")
    row = states_of(ada)["fr"]
    assert (row.state, row.segments, row.translated) == (State.IN_PROGRESS, 2, 1)
    assert (row.words, row.words_to_do) == (3, 2)
    change(ada, biography_fr="<p>Étudie les cellules.</p>")
    assert state(ada) == State.UP_TO_DATE


def test_a_changed_source_makes_the_translation_of_a_person_outdated(ada):
    change(ada, role_fr="Biologiste", biography_fr="<p>Étudie les cellules.</p>")
    change(ada, role_en="Immunologist")
    row = states_of(ada)["fr"]
    assert (row.state, row.outdated, row.words_to_do) == (State.OUTDATED, 1, 1)
    assert row.outdated_since
    change(ada, role_fr="Immunologue")
    assert state(ada) == State.UP_TO_DATE


def test_a_reverted_revision_of_a_person_restores_the_truth(ada):
    ada = change(ada, role_fr="Biologiste", biography_fr="<p>Étudie les cellules.</p>")
    ada = change(ada, role_en="Immunologist")
    outdated = ada.save_revision()
    ada = change(ada, role_fr="Immunologue")
    current = ada.save_revision()
    outdated.as_object().save()
    assert state(ada) == State.OUTDATED
    current.as_object().save()
    assert state(ada) == State.UP_TO_DATE


def test_what_is_changed_while_reverting_translates_the_source_of_the_revision(ada):
    ada = change(ada, role_fr="Biologiste", biography_fr="<p>Étudie les cellules.</p>")
    ada = change(ada, role_en="Immunologist")
    outdated = ada.save_revision()
    change(ada, role_en="Virologist", role_fr="Virologue")
    reverted = outdated.as_object()
    reverted.role_fr = "Immunologue"
    reverted.save()
    assert state(ada) == State.UP_TO_DATE


def test_a_picture_and_a_document_have_states():
    image = library.image(title_en="Cells", description_en="Cells under a microscope")
    document = library.document(title_en="Report", title_fr="Rapport")
    assert (state(image), state(document)) == (State.MISSING, State.UP_TO_DATE)
    change(document, title_en="Annual report")
    assert state(document) == State.OUTDATED


def test_settings_have_states_and_one_name_in_every_language():
    factories.home()
    settings = InstituteSettings.objects.create(
        site=Site.objects.get(), footer_text_en="An institute", footer_text_fr="Un institut"
    )
    row = states_of(settings)["fr"]
    assert (row.state, row.title) == (State.UP_TO_DATE, "testserver")


def test_saving_other_fields_alone_leaves_the_states_alone(ada):
    before = states_of(ada)["fr"].updated_at
    ada.role_fr = "Biologiste"
    ada.save(update_fields=["orcid"])
    assert state(ada) == State.MISSING
    assert states_of(ada)["fr"].updated_at == before


def test_saving_a_text_alone_keeps_what_it_was_translated_from(ada):
    ada.role_fr = "Biologiste"
    ada.save(update_fields=["role_fr"])
    change(ada, role_en="Immunologist")
    assert state(ada) == State.OUTDATED


def test_a_deleted_object_leaves_no_states(ada):
    image = library.image()
    ada.delete()
    image.delete()
    assert not TranslationState.objects.filter(page=None).exists()


def test_names_in_lists_are_those_of_the_source(ada):
    page = factories.content_page(
        source_language="fr", live_in=("fr",), title_fr="Foie", title_en="Liver"
    )
    assert {row.title for row in states_of(page).values()} == {"Foie"}
    assert {row.source_language for row in states_of(page).values()} == {"fr"}
    assert {row.title for row in states_of(Person.objects.get()).values()} == {ada.name}
