"""What others have changed in what an open form shows is said, until the form shows it."""

import json

import pytest
from django.urls import reverse

from tests import factories
from tests.lihsite.pages.admin import accounts, draft_of
from tests.lihsite.pages.open_forms import OpenForm, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    home = factories.home()
    accounts(home)
    article = factories.content_page(
        home,
        title_en="Hello",
        title_fr="Bonjour",
        body_en=json.dumps(paragraphs("Alpha", "Beta", "Gamma")),
    )
    article.save_revision()
    return article


def told(answer) -> str:
    assert answer["success"]
    _before, place, section = answer["html"].partition("#lih-others-changes")
    assert place
    return section.partition("</template>")[0]


def test_a_text_that_somebody_else_changed_is_told_until_the_form_shows_it(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(body_en=paragraphs("Alpha changed", "Beta", "Gamma"))
    told_first = told(other.autosave(body_en=paragraphs("Alpha", "Beta of mine", "Gamma")))
    assert "Alpha<ins> changed</ins>" in told_first
    assert "Beta" not in told_first
    assert "data-show-newest" in told_first
    assert "<ins> changed</ins>" in told(other.autosave(title_en="Hi"))
    assert draft_of(article).title_en == "Hi"
    again = OpenForm(article, "reviewer", "en")
    assert "data-show-newest" not in told(again.autosave(summary_en="Short"))


def test_one_s_own_changes_and_other_languages_are_not_told(article):
    french, editor = OpenForm(article, "french", "fr"), OpenForm(article, "editor", "en")
    french.autosave(title_fr="Salut")
    answer = editor.autosave(title_en="Hi", body_en=paragraphs("Alpha", "Beta"))
    assert "data-show-newest" not in told(answer)
    assert "data-show-newest" not in told(french.autosave(summary_fr="Court"))


def test_shared_fields_and_an_order_are_told_without_a_text(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(show_in_menus="on", body_en=paragraphs("Gamma", "Alpha", "Beta"))
    said = told(other.autosave(title_en="Hi"))
    assert "<b>Show in menus</b>" in said
    assert "<b>Body</b>" in said
    assert "<ins>" not in said


def test_the_translate_view_tells_it_too(article):
    url = reverse("translating:translate", args=[article.pk, "fr"])
    one = OpenForm(article, "french", "fr", url=url)
    other = OpenForm(article, "editor", "fr")
    other.autosave(title_fr="Salut")
    assert "<del>Bonjour</del><ins>Salut</ins>" in told(one.autosave(summary_fr="Court"))
    assert draft_of(article).title_fr == "Salut"
