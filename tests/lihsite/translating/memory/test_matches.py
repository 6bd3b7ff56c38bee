"""What was published is found again, exactly or nearly, in either direction."""

import pytest

from home.models import ContentPage
from lihsite.models import TranslationUnit
from lihsite.translating.memory import matches
from lihsite.translating.memory.matches import find
from lihsite.translating.memory.units import keep, unit_of
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "b0000000-0000-4000-8000-000000000001"
LONG = "The institute looks for the causes of disease in the immune system."
LANG = "L’institut cherche les causes des maladies dans le système immunitaire."


@pytest.fixture(autouse=True)
def fresh_indexes(monkeypatch):
    """What a process keeps outlives the transactions of tests."""
    monkeypatch.setattr(matches, "_indexes", {})


def known(source, target, *, languages=("en", "fr"), is_rich=False, **fields):
    unit = unit_of(*languages, source, target, is_rich=is_rich, **fields)
    keep([unit])


def found(text, *, source="en", target="fr", is_rich=False):
    return [(match.target, match.percent) for match in find(text, source, target, is_rich=is_rich)]


def test_the_same_text_is_a_match_of_100_percent():
    known(LONG, LANG)
    assert found(LONG) == [(LANG, 100)]


def test_case_and_markup_alone_are_a_match_of_99_percent():
    known(LONG, LANG)
    assert found(LONG.upper()) == [(LANG, 99)]
    assert found(f"<p><b>{LONG}</b></p>", is_rich=True) == [(f"<p>{LANG}</p>", 99)]


def test_a_text_like_it_is_a_match_by_how_much_it_is_like_it():
    known(LONG, LANG)
    [(target, percent)] = found(LONG.replace("disease", "diseases"))
    assert target == LANG
    assert 95 <= percent <= 99
    [(target, percent)] = found(LONG.replace("the immune system", "cells"))
    assert 60 <= percent < 90


def test_a_unit_whose_transaction_ended_after_that_of_a_newer_one_is_found():
    known("Something else altogether", "Tout autre chose", pk=100)
    assert found(LONG) == []
    known(LONG, LANG, pk=50)
    [(target, _percent)] = found(LONG.replace("disease", "diseases"))
    assert target == LANG


def test_the_best_match_comes_first():
    known(LONG, LANG)
    known(LONG.replace("causes", "cause"), "Autre")
    known("Something else altogether", "Tout autre chose")
    assert [target for target, _percent in found(LONG)] == [LANG, "Autre"]


def test_what_has_too_little_in_common_is_not_offered():
    known(LONG, LANG)
    assert found("The canteen is closed.") == []
    assert found("") == []


def test_a_pair_serves_both_directions():
    known(LONG, LANG)
    assert found(LANG, source="fr", target="en") == [(LONG, 100)]
    [(target, _percent)] = found(LANG.replace("maladies", "cancers"), source="fr", target="en")
    assert target == LONG
    assert found(LONG, target="de") == []


def test_what_came_or_went_since_is_seen():
    known(LONG, LANG)
    near = LONG.replace("causes", "cause")
    assert found(near)
    known(near.replace("immune", "nervous"), "Nouveau")
    assert len(found(near)) == 2
    TranslationUnit.objects.filter(target=LANG).delete()
    assert [target for target, _percent in found(near)] == ["Nouveau"]


def test_a_match_takes_the_links_of_the_text_in_hand():
    source = '<p>Ask <a linktype="page" id="3">the ward</a></p>'
    target = '<p>Demandez <a linktype="page" id="3">à la salle</a></p>'
    known(source, target, is_rich=True)
    [(suggested, percent)] = found(source.replace('"3"', '"9"'), is_rich=True)
    assert suggested == target.replace('"3"', '"9"')
    assert percent == 100
    assert found("Ask the ward") == [("Demandez à la salle", 99)]


# Learning


def paragraph(text):
    return [{"type": "paragraph", "id": TEXT, "value": text}]


def publish(page, **values):
    page = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def page():
    page = factories.content_page(
        live_in=("en", "fr"),
        title_en="Careers",
        title_fr="Carrières",
        body_en=paragraph(f"<p>{LONG}</p>"),
        body_fr=paragraph(f"<p>{LANG}</p>"),
    )
    publish(page)
    return page


def test_what_is_published_is_learnt(page):
    assert found(f"<p>{LONG}</p>", is_rich=True) == [(f"<p>{LANG}</p>", 100)]
    assert found("Careers") == [("Carrières", 100)]


def test_publishing_the_same_again_adds_nothing(page):
    before = list(TranslationUnit.objects.values_list("pk", flat=True))
    publish(page)
    assert list(TranslationUnit.objects.values_list("pk", flat=True)) == before


def test_a_corrected_translation_takes_the_place_of_the_earlier_one(page):
    publish(page, title_fr="Emplois")
    assert found("Careers") == [("Emplois", 100)]


def test_the_translation_of_the_text_that_was_there_before_stays(page):
    publish(page, title_en="Jobs", title_fr="Emplois")
    assert found("Careers") == [("Carrières", 100)]
    assert found("Jobs") == [("Emplois", 100)]


def test_an_outdated_translation_is_not_learnt(page):
    publish(page, title_en="Work at the institute")
    assert not TranslationUnit.objects.filter(source="Work at the institute").exists()


def test_a_language_that_is_not_live_is_not_learnt():
    page = factories.content_page(live_in=("en",), title_en="Careers", title_fr="Carrières")
    publish(page)
    assert found("Careers") == []


def test_units_stay_when_their_page_is_deleted(page):
    page.delete()
    assert found("Careers") == [("Carrières", 100)]
