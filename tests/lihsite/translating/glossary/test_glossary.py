"""Terms are found in what is to be translated, and missed where the translation lacks them."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from home.models import ContentPage
from lihsite.models import Term
from lihsite.multilingual.glossary import Glossary, terms_in
from lihsite.translating.glossary.checks import lacking_terms
from tests import factories
from tests.lihsite.multilingual.matrix.site import page_data
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary():
    Term.objects.create(
        term_en="immune system", term_fr="système immunitaire", term_de="Immunsystem", note="N."
    )
    Term.objects.create(term_en="immune cell", term_fr="cellule immunitaire")
    Term.objects.create(term_en="cell", term_fr="cellule", term_de="Zelle")
    Term.objects.create(term_en="LIH", do_not_translate=True)


def found(words, source="en", target="fr"):
    return [term.term for term in terms_in(words, source, target)]


def test_terms_are_found_in_their_order_and_inflected():
    text = "Immune cells are cells of the immune-system at LIH."
    assert found(text) == ["immune cell", "cell", "immune system", "LIH"]
    assert found("Das Immunsystem der Zellen", "de", "en") == [
        "Immunsystem",
        "Zelle",
    ]


def test_a_part_of_a_word_is_no_term_and_a_name_keeps_its_capitals():
    assert found("Cellular excellence, cellulose, lih") == []


@pytest.mark.parametrize("written", ["Parkinson's disease", "Parkinson’s disease"])
@pytest.mark.parametrize("read", ["Parkinson's diseases", "Parkinson’s disease"])
def test_a_term_with_an_apostrophe_is_found_however_either_is_written(written, read):
    Term.objects.create(term_en=written, term_fr="maladie de Parkinson")
    assert found(f"Who has {read} walks.") == [written]
    assert lacking("maladie de Parkinson", f"For {read}.", "en", source_language="fr") == []
    assert found("Mr Parkinson has another disease.") == []


def test_names_keep_their_apostrophes():
    Term.objects.create(term_en="L'Institut", do_not_translate=True)
    assert found("At L’Institut.") == found("At L'Institut.") == ["L'Institut"]


def test_a_longer_term_hides_those_within_it():
    assert found("an immune cell") == ["immune cell"]


def lacking(source, target, language="fr", *, source_language="en"):
    return [term.term for term in Glossary(source_language, language).lacking(source, target)]


def test_a_translation_without_the_term_lacks_it():
    assert lacking("The immune system", "Les défenses") == ["immune system"]
    assert lacking("The immune system", "Le système immunitaire") == []
    assert lacking("The immune systems", "Les systèmes immunitaires") == []
    assert lacking("LIH grows", "Le LIS grandit") == ["LIH"]
    assert lacking("LIH grows", "Das LIH wächst", "de") == []


def test_a_term_without_a_word_in_the_language_is_not_asked_for():
    assert lacking("an immune cell", "irgendetwas", "de") == []


@pytest.fixture
def page():
    return factories.content_page(
        live_in=("en", "fr"),
        title_en="The immune system",
        title_fr="Nos défenses",
        summary_en="LIH studies cells",
    )


def test_a_page_is_checked_where_it_is_translated(page):
    assert [(one.segment, one.term.term) for one in lacking_terms(page, "fr")] == [
        ("title", "immune system")
    ]
    assert lacking_terms(page, "en") == []


def test_the_terms_of_a_segment_come_with_its_suggestions(client, page):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    address = reverse("translating:suggestions", args=[page.pk, "fr"])
    assert client.get(address, {"segment": "summary"}).json()["terms"] == [
        {"term": "LIH", "translation": "LIH", "keep": True, "note": ""},
        {"term": "cell", "translation": "cellule", "keep": False, "note": ""},
    ]


def test_whoever_saves_a_translation_is_told_what_it_lacks(client, page):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(edit, page_data(ContentPage.objects.get(pk=page.pk)), follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert any("immune system" in message and "French" in message for message in said)


def test_autosaves_leave_no_warnings_for_the_next_page(client, page):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = page_data(ContentPage.objects.get(pk=page.pk))
    answer = client.post(edit, data, headers={"accept": "application/json"})
    assert answer.json()["success"]
    assert [str(message) for message in client.get(edit).context["messages"]] == []


def test_terms_are_kept_as_a_snippet_in_every_language(client):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    listing = client.get(reverse("wagtailsnippets_lihsite_term:list"))
    assert "système immunitaire" in listing.content.decode()
    client.post(
        reverse("wagtailsnippets_lihsite_term:add"),
        {"term_en": "biobank", "term_fr": "biobanque", "term_de": "Biobank", "note": ""},
    )
    assert Term.objects.get(term_en="biobank").term_de == "Biobank"


def test_the_list_of_terms_is_in_order_and_says_yes_and_no_in_the_reader_s_language(client):
    accounts(factories.home())
    client = client_of("editor", "de")
    listing = client.get(reverse("wagtailsnippets_lihsite_term:list"))
    terms = [term.term_en for term in listing.context["table"].data]
    assert terms == sorted(terms)
    text = listing.content.decode()
    assert "Nein" in text
    assert "False" not in text


def test_translators_read_the_glossary_and_change_nothing_of_it():
    accounts(factories.home())
    client = client_of("german", "de")
    address = reverse("wagtailsnippets_lihsite_term:list")
    assert "Immunsystem" in client.get(address).content.decode()
    term = Term.objects.get(term_en="cell")
    edit = reverse("wagtailsnippets_lihsite_term:edit", args=[term.pk])
    client.post(edit, {"term_en": "cell", "term_de": "Anders", "note": ""})
    term.refresh_from_db()
    assert term.term_de == "Zelle"
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert address in home
