"""Terms are marked in the source that a translator reads, with what is to be known of them."""

import pytest
from django.urls import reverse

from lihsite.models import Term
from lihsite.multilingual.changes import difference_html, text_html
from lihsite.multilingual.glossary import Glossary
from lihsite.translating.glossary.marking import with_terms_marked
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def glossary():
    Term.objects.create(term_en="immune cell", term_fr="cellule immunitaire", note='Not "cell".')
    Term.objects.create(term_en="LIH", do_not_translate=True)
    Term.objects.create(term_en="biobank")
    return Glossary("en", "fr")


def mark(words, said):
    return (
        '<mark class="lih-term" data-controller="w-tooltip" '
        f'data-w-tooltip-content-value="{said}">{words}</mark>'
    )


def test_a_term_is_marked_with_its_translation_and_note(glossary):
    html = text_html("<p>Immune cells &amp; LIH</p>", is_rich_text=True)
    assert with_terms_marked(html, glossary) == (
        "<p>"
        + mark("Immune cells", "cellule immunitaire – Not &quot;cell&quot;.")
        + " &amp; "
        + mark("LIH", "not translated")
        + "</p>"
    )


def test_a_term_without_translation_says_so(glossary):
    html = with_terms_marked(text_html("A biobank", is_rich_text=False), glossary)
    assert "without a translation in the glossary" in html


def test_markup_of_the_source_stays_text(glossary):
    html = text_html('<b>"x"</b> & <script>LIH', is_rich_text=False)
    marked = with_terms_marked(html, glossary)
    assert marked.startswith("&lt;b&gt;&quot;x&quot;&lt;/b&gt; &amp; &lt;script&gt;<mark")


def test_what_was_deleted_is_not_marked(glossary):
    html = difference_html("Old biobank", "New LIH", is_rich_text=False)
    marked = with_terms_marked(html, glossary)
    assert "<del>Old biobank</del>" in marked
    assert marked.count("<mark") == 1


def test_the_translate_view_marks_and_names_them(glossary):
    page = factories.content_page(title_en="An immune cell", live_in=("en",))
    accounts(page.get_parent())
    response = client_of("french").get(reverse("translating:translate", args=[page.pk, "fr"]))
    (title,) = response.context["source_data"]["segments"]
    assert '<mark class="lih-term"' in title["html"]
    assert title["terms"] == [
        {
            "term": "immune cell",
            "translation": "cellule immunitaire",
            "keep": False,
            "note": 'Not "cell".',
        }
    ]
