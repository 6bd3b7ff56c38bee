"""Reverting brings back what its user may write, in the draft as it now is."""

import pytest
from django.urls import reverse

from lihsite.multilingual.states import State, progress_of
from tests import factories
from tests.lihsite.pages.admin import accounts, draft_of
from tests.lihsite.pages.open_forms import OpenForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    home = factories.home()
    accounts(home)
    return factories.content_page(home, title_en="Hello", title_fr="Bonjour", title_de="Hallo")


def change(page, **values):
    draft = draft_of(page)
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision()


def revert(page, revision, username, *languages, **typed):
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision.pk])
    return OpenForm(page, username, *languages, url=url).save(**typed)


def test_a_translator_reverts_one_language_and_leaves_the_others(article):
    first = article.save_revision()
    change(article, title_en="Welcome", title_fr="Bienvenue", title_de="Willkommen")
    change(article, show_in_menus=True, summary_de="Kurz")
    assert revert(article, first, "french", "fr").status_code == 302
    draft = draft_of(article)
    assert (draft.title_fr, draft.title_en, draft.title_de) == ("Bonjour", "Welcome", "Willkommen")
    assert draft.summary_de == "Kurz"
    assert draft.show_in_menus


def test_a_translator_s_revert_keeps_the_truth_of_all_languages(article):
    first = article.save_revision()
    change(article, title_fr="Salut")
    change(article, title_en="Welcome")
    assert revert(article, first, "french", "fr").status_code == 302
    # French is as it was for "Hello"; German has not been touched since.
    assert {progress_of(draft_of(article), code).state for code in ("fr", "de")} == {State.OUTDATED}


def test_what_is_typed_while_reverting_is_kept(article):
    first = article.save_revision()
    change(article, title_fr="Salut")
    assert revert(article, first, "french", "fr", summary_fr="Court").status_code == 302
    draft = draft_of(article)
    assert (draft.title_fr, draft.summary_fr) == ("Bonjour", "Court")


def test_an_editor_reverts_the_whole_page(article):
    first = article.save_revision()
    change(article, title_en="Welcome", title_de="Willkommen")
    assert revert(article, first, "editor", "en").status_code == 302
    draft = draft_of(article)
    assert (draft.title_en, draft.title_de) == ("Hello", "Hallo")
