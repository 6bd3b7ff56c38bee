"""The questions of a form are translated as any text: by segments, states, merging, languages."""

import json

import pytest

from lihsite.contact.models import FormPage
from lihsite.multilingual.publishing import publish_languages
from lihsite.multilingual.segments import instance_values, segments_of
from lihsite.multilingual.states import State
from tests import factories
from tests.factories import OPTIONS, QUESTIONS

pytestmark = pytest.mark.django_db


def texts(page, language):
    return segments_of(FormPage, instance_values(page, {language}), language)


def state_of(page, language):
    return State(page.translation_states.get(language=language).state)


def with_label(language, label) -> str:
    raw = json.loads(factories.questions(language))
    raw[0]["value"]["label"] = label
    return json.dumps(raw)


def test_labels_and_choices_are_segments_with_the_same_names_in_all_languages():
    page = factories.form_page()
    english, french = texts(page, "en"), texts(page, "fr")
    name = f"form_fields.{QUESTIONS['name']}.label"
    choice = f"form_fields.{QUESTIONS['subject']}.options.{OPTIONS['study']}.text"
    assert (english[name], french[name]) == ("Name", "Nom")
    assert (english[choice], french[choice]) == ("A study", "Une étude")
    assert english.keys() == french.keys()


def test_a_changed_label_makes_its_translations_outdated():
    page = factories.form_page()
    page.save_revision()
    assert state_of(page, "fr") == State.UP_TO_DATE
    page.form_fields_en = with_label("en", "Your full name")
    page.save_revision()
    assert state_of(page, "fr") == State.OUTDATED


def test_a_language_of_a_form_is_published_on_its_own():
    page = factories.form_page()
    page.save_revision().publish()
    page.form_fields_fr = with_label("fr", "Votre nom")
    page.form_fields_de = with_label("de", "Wie heißen Sie?")
    page.save_revision()
    publish_languages(page, ["fr"])
    live = FormPage.objects.get(pk=page.pk)
    label = f"form_fields.{QUESTIONS['name']}.label"
    assert texts(live, "fr")[label] == "Votre nom"
    assert texts(live, "de")[label] == "Ihr Name"
