"""A visitor gets an object in one language as a whole."""

import pytest
from django.utils import translation

from home.models import ContentPage
from lihsite.multilingual.shown import Shown, first_language, shown_text
from research.models import Person
from tests import factories

ORDER = ("en", "fr", "de")


@pytest.mark.parametrize(
    ("live", "wanted", "source", "expected"),
    [
        (("en", "fr", "de"), "de", "en", "de"),
        (("en", "fr"), "de", "fr", "fr"),
        (("en", "fr"), "de", "de", "en"),
        (("de", "fr"), "en", "en", "fr"),
        (("de",), "fr", "en", "de"),
        ((), "fr", "en", None),
    ],
)
def test_the_wanted_language_comes_before_the_source_and_then_the_order_of_settings(
    live, wanted, source, expected
):
    assert first_language(live, wanted, source) == expected


def test_every_translated_field_is_in_the_one_language_empty_ones_too():
    page = ContentPage(title_en="Careers", summary_en="Work", title_fr="Carrières")
    shown = Shown(page, "fr")
    assert (shown.title, shown.summary) == ("Carrières", "")
    assert Shown(page, "en").summary == "Work"


def test_the_language_is_said_where_it_is_not_the_visitors():
    page = ContentPage(title_en="Careers", title_fr="Carrières")
    with translation.override("fr"):
        assert (Shown(page, "fr").lang, Shown(page, "fr").is_fallback) == ("", False)
        assert (Shown(page, "en").lang, Shown(page, "en").is_fallback) == ("en", True)
        assert Shown(page, "en").language == "en"


def test_a_regional_variant_counts_as_its_language():
    with translation.override("fr-lu"):
        assert Shown(ContentPage(title_fr="Carrières"), "fr").lang == ""


def test_everything_else_is_the_objects_own():
    page = ContentPage(title_en="Careers", show_in_menus=True)
    assert Shown(page, "fr").show_in_menus is True
    with pytest.raises(AttributeError):
        Shown(page, "fr").unknown  # noqa: B018


def test_a_text_that_is_not_published_by_language_is_shown_where_it_is_filled():
    person = Person(name="Ada", role_fr="Immunologue", biography_en="<p>Ada</p>")
    with translation.override("de"):
        assert shown_text(person, "role").role == "Immunologue"
        assert shown_text(person, "role").lang == "fr"
    with translation.override("fr"):
        assert shown_text(person, "biography").language == "en"


@pytest.mark.django_db
@pytest.mark.parametrize("active", ORDER)
def test_a_plain_attribute_is_the_source_languages_whatever_is_active(active):
    page = factories.content_page(source_language="fr", title_fr="Foie", title_en="Liver")
    with translation.override(active):
        page = ContentPage.objects.get(pk=page.pk)
        assert (page.title, str(page), page.slug) == ("Foie", "Foie", "foie")
        page.title = "Le foie"
        assert (page.title_fr, page.title_en) == ("Le foie", "Liver")
        assert ContentPage.objects.get(title="Foie") == page
        built = ContentPage(title="Rein", source_language="fr")
        assert (built.title_fr, built.title_en, built.title_de) == ("Rein", "", "")
        assert Person(name="Ada", role="Biologist").role_en == "Biologist"


@pytest.mark.django_db
def test_a_revision_made_before_a_language_was_added_leaves_it_empty():
    page = factories.content_page(live_in=("en",), title_en="Liver")
    revision = page.save_revision()
    for name in [name for name in revision.content if name.endswith("_de")]:
        del revision.content[name]
    revision.save()
    with translation.override("de"):
        old = revision.as_object()
        assert (old.title_en, old.title_de, old.slug_de) == ("Liver", "", "liver")
        assert old.live_languages == ["en"]
