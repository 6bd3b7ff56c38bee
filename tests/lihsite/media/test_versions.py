"""Pictures and documents with versions in other languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.lihsite.media.library import document, image

pytestmark = pytest.mark.django_db


def test_visitors_get_the_version_in_their_language():
    english = document(language="en")
    french = document("rapport.pdf", title_en="Report (fr)", language="fr", version_of=english)
    with translation.override("fr"):
        assert english.in_language() == french
    with translation.override("en"):
        assert english.in_language() == english


def test_a_language_without_a_version_gets_the_original_marked_with_its_language():
    english = document(language="en")
    with translation.override("de"):
        assert english.in_language() == english
        assert english.foreign_language == "en"
    with translation.override("en"):
        assert english.foreign_language == ""


def test_a_file_without_text_costs_no_query(django_assert_num_queries):
    textless = image()
    with django_assert_num_queries(0):
        assert textless.in_language("fr") is textless


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"language": ""}, "language"),
        ({"language": "en"}, "language"),
    ],
)
def test_a_version_needs_a_language_that_the_original_is_not_in(fields, field):
    original = image(language="en")
    version = image(version_of=original, **fields)
    with pytest.raises(ValidationError) as raised:
        version.full_clean()
    assert field in raised.value.message_dict


def test_an_original_with_versions_needs_a_language():
    original = image()
    version = image(language="fr", version_of=original)
    with pytest.raises(ValidationError) as raised:
        version.full_clean()
    assert "version_of" in raised.value.message_dict
    with pytest.raises(ValidationError) as raised:
        original.full_clean()
    assert "language" in raised.value.message_dict
    original.language = "en"
    original.save()
    original.full_clean()
    version.full_clean()


def test_a_version_of_a_version_is_refused():
    original = image(language="en")
    version = image(language="fr", version_of=original)
    with pytest.raises(ValidationError, match="original"):
        image(language="de", version_of=version).full_clean()
    original.version_of = image()
    with pytest.raises(ValidationError, match="original"):
        original.full_clean()


def test_a_file_is_no_version_of_itself():
    own = image(language="en")
    own.version_of = own
    with pytest.raises(ValidationError, match="itself"):
        own.full_clean()


def test_the_alternative_text_says_in_which_language_it_is():
    cells = image(description_en="Cells", description_fr="Des cellules")
    with translation.override("fr"):
        assert (cells.alternative_text.description, cells.alternative_text.lang) == (
            "Des cellules",
            "",
        )
    with translation.override("de"):
        assert (cells.alternative_text.description, cells.alternative_text.lang) == ("Cells", "en")


def test_deleting_the_original_keeps_its_versions():
    original = document(language="en")
    version = document(language="fr", version_of=original)
    original.delete()
    version.refresh_from_db()
    assert version.version_of is None
