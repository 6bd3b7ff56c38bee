"""The state of each translation follows from its segments, and is stored right after each save."""

import pytest
from freezegun import freeze_time

from home.models import ContentPage
from lihsite.models import TranslationState
from lihsite.multilingual.segments import segments_of
from lihsite.multilingual.states import State, progress_of
from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db

TABLE = "00000000-0000-4000-8000-00000000000a"
TEXT = "00000000-0000-4000-8000-00000000000b"
FACTS = "00000000-0000-4000-8000-00000000000c"
ITEM = "00000000-0000-4000-8000-00000000000d"
PICTURE = "00000000-0000-4000-8000-00000000000e"


def paragraph(text):
    return {"type": "paragraph", "id": TEXT, "value": text}


def accordion(title, text):
    item = {"type": "item", "id": ITEM, "value": {"title": title, "text": text}}
    return {"type": "accordion", "id": FACTS, "value": {"title": "", "items": [item]}}


def picture(image, caption):
    value = {"image": image.pk, "caption": caption, "decorative": True}
    return {"type": "image", "id": PICTURE, "value": value}


def table(*cells):
    columns = [{"type": "text", "heading": "Year"}]
    rows = [{"values": [cell]} for cell in cells]
    value = {"caption": "", "table": {"columns": columns, "rows": rows, "caption": ""}}
    return {"type": "table", "id": TABLE, "value": value}


@pytest.fixture
def careers():
    """A page with a summary and a body in English, and nothing in another language."""
    return factories.content_page(
        live_in=("en",),
        title_en="Careers",
        summary_en="Work with us",
        body_en=[paragraph("<p>We are hiring</p>")],
    )


def draft(careers, **values):
    """Save a draft with the values, and return the page as that draft has it."""
    careers = ContentPage.objects.get(pk=careers.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(careers, name, value)
    careers.save_revision()
    return ContentPage.objects.get(pk=careers.pk).get_latest_revision_as_object()


def state(careers, language="fr"):
    """The stored state, which is what the draft says."""
    stored = careers.translation_states.get(language=language)
    progress = ContentPage.objects.get(pk=careers.pk).get_latest_revision_as_object()
    assert progress_of(progress, language).state == stored.state
    return stored.state


def translate(careers, **more):
    return draft(
        careers,
        **{
            "title_fr": "Carrières",
            "summary_fr": "Travailler chez nous",
            "body_fr": [paragraph("<p>Nous recrutons</p>")],
            **more,
        },
    )


def test_a_new_page_is_its_own_source_and_its_translations_are_missing(careers):
    assert state(careers, "en") == State.SOURCE
    assert state(careers, "fr") == state(careers, "de") == State.MISSING


def test_a_translation_that_has_begun_is_in_progress_until_nothing_is_left_to_do(careers):
    draft(careers, title_fr="Carrières")
    row = careers.translation_states.get(language="fr")
    assert row.state == State.IN_PROGRESS
    assert (row.segments, row.translated, row.words_to_do) == (3, 1, 6)
    translate(careers)
    row.refresh_from_db()
    assert row.state == State.UP_TO_DATE
    assert (row.translated, row.outdated, row.words_to_do) == (3, 0, 0)


def test_a_changed_source_makes_the_translation_outdated_until_it_is_translated_again(careers):
    translate(careers)
    draft(careers, summary_en="Work for us")
    assert state(careers) == State.OUTDATED
    row = careers.translation_states.get(language="fr")
    assert (row.outdated, row.words_to_do) == (1, 3)
    draft(careers, title_fr="Emploi")
    assert state(careers) == State.OUTDATED
    draft(careers, summary_fr="Travailler pour nous")
    assert state(careers) == State.UP_TO_DATE


def test_a_source_that_changes_back_makes_nothing_outdated(careers):
    translate(careers)
    draft(careers, summary_en="Work for us")
    draft(careers, summary_en="Work with us")
    assert state(careers) == State.UP_TO_DATE


def test_the_time_since_which_a_translation_is_outdated_stays(careers):
    translate(careers)
    with freeze_time("2026-03-01 08:00"):
        draft(careers, summary_en="Work for us")
    with freeze_time("2026-03-05 08:00"):
        draft(careers, title_en="Jobs")
    assert careers.translation_states.get(language="fr").outdated_since.day == 1
    assert careers.translation_states.get(language="de").outdated_since is None


def test_a_source_that_changes_with_its_translation_in_one_save_is_up_to_date(careers):
    translate(careers)
    draft(careers, summary_en="Work for us", summary_fr="Travailler pour nous")
    assert state(careers) == State.UP_TO_DATE


def test_reverting_the_source_restores_the_state(careers):
    first = translate(careers).latest_revision
    draft(careers, summary_en="Work for us")
    first.as_object().save_revision(previous_revision=first)
    assert state(careers) == State.UP_TO_DATE


def test_reverting_to_an_outdated_translation_restores_that_it_is_outdated(careers):
    translate(careers)
    outdated = draft(careers, summary_en="Work for us").latest_revision
    draft(careers, summary_fr="Travailler pour nous")
    assert state(careers) == State.UP_TO_DATE
    outdated.as_object().save_revision(previous_revision=outdated)
    assert state(careers) == State.OUTDATED


def test_a_copy_of_an_outdated_translation_is_outdated_too(careers):
    translate(careers).save()
    draft(careers, summary_en="Work for us").latest_revision.publish()
    copy = ContentPage.objects.get(pk=careers.pk).copy(
        update_attrs={"title": "Copied", "slug": "copied"}
    )
    assert copy.translation_states.get(language="fr").state == State.OUTDATED
    assert progress_of(copy, "fr").state == State.OUTDATED
    draft(copy, title_fr="Copie")
    assert state(copy) == State.OUTDATED


def test_an_alias_has_the_states_of_its_original(careers):
    translate(careers).latest_revision.publish()
    alias = ContentPage.objects.get(pk=careers.pk).create_alias(update_slug="alias")
    assert alias.translation_states.get(language="fr").state == State.UP_TO_DATE
    draft(careers, summary_en="Work for us").latest_revision.publish()
    assert alias.translation_states.get(language="fr").state == State.OUTDATED


def test_a_page_without_drafts_has_its_states_from_its_row(careers):
    careers.title_fr = "Carrières"
    careers.save()
    assert careers.translation_states.get(language="fr").state == State.IN_PROGRESS
    careers.title_en = "Jobs"
    careers.save()
    assert careers.translation_states.get(language="fr").state == State.OUTDATED


def test_a_changed_link_target_or_markup_outdates_nothing(careers):
    draft(careers, body_en=[paragraph('<p><a href="https://a.example/">Apply</a></p>')])
    translate(careers, body_fr=[paragraph('<p><a href="https://a.example/">Postuler</a></p>')])
    draft(careers, body_en=[paragraph('<p><a href="https://b.example/">Apply</a></p>')])
    assert state(careers) == State.UP_TO_DATE


def test_another_picture_outdates_nothing_and_another_caption_does(careers):
    one, two = library.image(), library.image(title_en="Bacteria")
    draft(careers, body_en=[picture(one, "Cells at rest")])
    translate(careers, body_fr=[picture(one, "Des cellules au repos")])
    draft(careers, body_en=[picture(two, "Cells at rest")])
    assert state(careers) == State.UP_TO_DATE
    draft(careers, body_en=[picture(two, "Cells at work")])
    assert state(careers) == State.OUTDATED


def test_moving_a_block_outdates_nothing(careers):
    draft(careers, body_en=[paragraph("<p>Hiring</p>"), accordion("Who", "<p>All</p>")])
    translate(careers, body_fr=[paragraph("<p>Recrute</p>"), accordion("Qui", "<p>Tous</p>")])
    draft(careers, body_en=[accordion("Who", "<p>All</p>"), paragraph("<p>Hiring</p>")])
    assert state(careers) == State.UP_TO_DATE


def test_an_item_of_a_list_is_a_segment_of_its_own(careers):
    draft(careers, body_en=[accordion("Who", "<p>All</p>")])
    translate(careers, body_fr=[accordion("Qui", "<p>Tous</p>")])
    assert state(careers) == State.UP_TO_DATE
    draft(careers, body_en=[accordion("Who?", "<p>All</p>")])
    row = careers.translation_states.get(language="fr")
    assert (row.state, row.outdated) == (State.OUTDATED, 1)


def test_a_cell_of_a_table_is_a_segment_of_its_own(careers):
    draft(careers, body_en=[table("First year", "Second year")])
    translate(careers, body_fr=[table("Première année", "Deuxième année")])
    draft(careers, body_en=[table("First year", "Last year")])
    row = careers.translation_states.get(language="fr")
    assert (row.state, row.outdated) == (State.OUTDATED, 1)


def test_segments_are_named_by_the_field_and_the_ids_of_blocks(careers):
    careers.body_en = [paragraph("<p>Hiring</p>"), accordion("Who", ""), table("First")]
    values = {"title_en": "Careers", "summary_en": " ", "body_en": careers.body_en}
    assert list(segments_of(ContentPage, values, "en")) == [
        "title",
        f"body.{TEXT}",
        f"body.{FACTS}.items.{ITEM}.title",
        f"body.{TABLE}.table.columns.0",
        f"body.{TABLE}.table.rows.0.0",
    ]


def test_what_stands_in_no_column_of_a_table_is_no_segment():
    odd = table("First")
    odd["value"]["table"]["rows"][0]["values"].append("Beside the table")
    segments = segments_of(ContentPage, {"body_en": [odd]}, "en")
    assert list(segments.values()) == ["Year", "First"]


def test_the_states_of_a_page_in_french_are_those_of_its_other_languages():
    careers = factories.content_page(source_language="fr", live_in=("fr",), title_fr="Communiqué")
    assert state(careers, "fr") == State.SOURCE
    draft(careers, title_en="Press release")
    assert state(careers, "en") == State.UP_TO_DATE
    draft(careers, title_fr="Communiqué de presse")
    assert state(careers, "en") == State.OUTDATED


def test_a_deleted_page_leaves_no_states(careers):
    careers.delete()
    assert not TranslationState.objects.filter(page_id=careers.pk).exists()


@pytest.mark.parametrize("blank", ["", " ", "\xa0\n"])
def test_a_language_with_a_blank_title_cannot_go_live(careers, blank):
    assert draft(careers, title_fr=blank).get_missing_to_publish("fr") == ["title"]
    assert draft(careers, title_fr="Carrières").get_missing_to_publish("fr") == []
