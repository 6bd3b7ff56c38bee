"""The edit form: what it holds, what it saves, and how it says what is missing."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import NON_FIELD_ERRORS

from home.models import ContentPage
from tests import factories
from tests.lihsite.pages.admin import client_of, create_url, draft_of, edit_url, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(home):
    return factories.content_page(home, live_in=("en", "fr"), title_en="Hello", title_fr="Bonjour")


@pytest.fixture
def reviewer(home):
    return client_of("reviewer")


def publish(client, article, languages=("en",), **changes):
    return client.post(
        edit_url(article), posted(article, languages, **changes, **{"action-publish": "1"})
    )


def test_the_form_opens_with_the_source_language_alone(reviewer, article):
    form = reviewer.get(edit_url(article)).context["form"]
    assert "title_en" in form.fields
    assert not {"title_fr", "title_de", "body_fr"} & set(form.fields)


def test_a_page_that_is_written_in_french_opens_in_french(reviewer, home):
    article = factories.content_page(home, live_in=("fr",), title_fr="Bonjour")
    response = reviewer.get(edit_url(article))
    assert "title_fr" in response.context["form"].fields
    assert "title_en" not in response.context["form"].fields
    assert response.content.index(b"#tab-language_fr") < response.content.index(b"#tab-language_en")


def test_a_tab_is_fetched_by_its_language(reviewer, article):
    response = reviewer.get(edit_url(article), {"language_tab": "fr"})
    assert b'name="title_fr"' in response.content
    assert b'value="Bonjour"' in response.content
    assert b'name="title_en"' not in response.content
    assert reviewer.get(edit_url(article), {"language_tab": "xx"}).status_code == 404


def test_languages_that_are_not_posted_stay_as_they_are(reviewer, article):
    response = reviewer.post(edit_url(article), posted(article, ["de"], title_de="Hallo"))
    assert response.status_code == 302
    draft = draft_of(article)
    assert (draft.title_en, draft.title_fr, draft.title_de) == ("Hello", "Bonjour", "Hallo")


def test_inputs_carry_the_language_of_what_is_typed_in_them(reviewer, article):
    form = reviewer.get(edit_url(article)).context["form"]
    for name in ("title_en", "summary_en", "seo_title_en"):
        assert form.fields[name].widget.attrs["lang"] == "en"
    tab = reviewer.get(edit_url(article), {"language_tab": "de"}).content.decode()
    assert tab.count('lang="de"') >= 5
    assert 'lang="en"' not in tab


def test_a_new_page_is_to_be_published_in_its_source_language(reviewer, home):
    form = reviewer.get(create_url(ContentPage, home)).context["form"]
    chosen = [code for code in ("en", "fr", "de") if form[f"live_in_{code}"].value()]
    assert chosen == ["en"]


def test_a_draft_may_be_incomplete(reviewer, article):
    response = reviewer.post(edit_url(article), posted(article, ["en"], live_in_de="on"))
    assert response.status_code == 302
    assert draft_of(article).live_in_de


def test_publishing_names_what_is_missing_by_language(reviewer, article):
    response = publish(reviewer, article, live_in_de="on")
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors[NON_FIELD_ERRORS] == ["German: “title” is missing."]
    assert "German: “title” is missing." in response.content.decode()


def test_a_language_with_errors_has_its_tab_opened_with_the_error_at_the_field(reviewer, article):
    page_source = publish(reviewer, article, live_in_de="on").content.decode()
    tab = page_source[page_source.index('data-language-tab="de"') :]
    field = tab[: tab.index('name="summary_de"')]
    assert 'name="title_de"' in field
    assert "the page cannot be published" in field
    assert 'data-language-tab="fr" data-language-tab-pending' in page_source


def test_an_error_in_an_open_tab_stands_at_the_field(reviewer, article):
    form = publish(reviewer, article, ["en", "de"], live_in_de="on").context["form"]
    assert "title_de" in form.errors


def test_what_is_missing_in_an_open_tab_is_named_once_above_the_form(reviewer, article):
    page_source = publish(reviewer, article, ["en", "de"], live_in_de="on").content.decode()
    named = BeautifulSoup(page_source, "html.parser").select(".messages .errorlist li")
    assert [one.text for one in named] == ["German: “title” is missing."]


def test_a_page_is_not_published_in_no_language(reviewer, article):
    response = publish(reviewer, article, live_in_en=None, live_in_fr=None)
    assert "Choose at least one language" in response.content.decode()
    assert ContentPage.objects.get(pk=article.pk).live_languages == ["en", "fr"]


def test_a_page_is_published_in_the_languages_that_are_chosen(reviewer, article):
    publish(reviewer, article, ["de"], title_de="Hallo", live_in_de="on", live_in_fr=None)
    assert ContentPage.objects.get(pk=article.pk).live_languages == ["en", "de"]


def test_a_title_is_asked_for_in_the_source_language_that_is_chosen(reviewer, home):
    data = posted(ContentPage(), ["en"], title_en="Hello", source_language="fr", live_in_en="on")
    form = reviewer.post(create_url(ContentPage, home), data).context["form"]
    assert form.errors[NON_FIELD_ERRORS] == ["French: “title” is missing."]
    assert "title_fr" in form.errors_outside


@pytest.mark.parametrize("written", ["fr", "de"])
def test_a_page_is_first_written_in_any_language_which_becomes_its_source(reviewer, home, written):
    texts = {f"title_{written}": "Texte", "title_en": "", "live_in_en": "on"}
    data = posted(ContentPage(), ["en", written], **texts)
    saved = autosave(reviewer, create_url(ContentPage, home), data)
    draft = draft_of(ContentPage.objects.get(pk=saved["pk"]))
    assert draft.source_language == written
    assert draft.live_languages == [written]
    publish(reviewer, draft, [written], **{f"live_in_{written}": "on"})
    page = ContentPage.objects.get(pk=draft.pk)
    assert (page.live, page.live_languages) == (True, [written])


def test_the_source_language_is_fixed_once_the_page_was_published(reviewer, article, home):
    form = reviewer.get(edit_url(article)).context["form"]
    assert form.fields["source_language"].disabled
    publish(reviewer, article, source_language="fr")
    assert ContentPage.objects.get(pk=article.pk).source_language == "en"
    draft = factories.content_page(home, live_in=())
    assert not reviewer.get(edit_url(draft)).context["form"].fields["source_language"].disabled


def test_a_slug_that_is_taken_is_refused_in_its_language_though_its_tab_is_closed(reviewer, home):
    factories.content_page(home, title_en="One", title_fr="Un", slug_fr="pris")
    article = factories.content_page(home, title_en="Two", title_fr="Deux")
    response = reviewer.post(edit_url(article), posted(article, ["fr"], slug_fr="pris"))
    assert "“pris” is already in use in French" in response.content.decode()
    assert "slug_fr" in response.context["form"].errors


def autosave(client, url, data):
    return client.post(url, data, HTTP_ACCEPT="application/json").json()


def test_slugs_follow_titles_that_are_saved_while_they_are_typed(reviewer, home):
    data = posted(ContentPage(), ["en"], title_en="Im", live_in_en="on")
    saved = autosave(reviewer, create_url(ContentPage, home), data)
    article = ContentPage.objects.get(pk=saved["pk"])
    overwrite = {"overwrite_revision_id": saved["revision_id"], "live_in_en": "on"}
    autosave(
        reviewer,
        edit_url(article),
        posted(article, ["en"], title_en="Immune system", slug_en="", **overwrite),
    )
    assert draft_of(article).slug_fr == "immune-system"
    updates = []
    for title, slug in (("Sys", "immune-system"), ("Système immunitaire", "sys")):
        changes = {"title_fr": title, "slug_fr": slug}
        answer = autosave(
            reviewer, edit_url(article), posted(article, ["fr"], **changes, **overwrite)
        )
        updates.append(answer["field_updates"])
    assert updates == [{"slug_fr": "sys"}, {"slug_fr": "systeme-immunitaire"}]
    assert draft_of(article).slug_fr == "systeme-immunitaire"


def test_a_slug_that_was_typed_stays(reviewer, home):
    article = factories.content_page(home, live_in=("en",), title_en="Hello")
    reviewer.post(edit_url(article), posted(article, ["fr"], title_fr="Bon", slug_fr="salut"))
    article = draft_of(article)
    reviewer.post(edit_url(article), posted(article, ["fr"], title_fr="Bonjour"))
    assert draft_of(article).slug_fr == "salut"


def test_the_slug_of_a_live_language_stays_when_its_title_changes(reviewer, article):
    slug = article.slug_fr
    reviewer.post(edit_url(article), posted(article, ["fr"], title_fr="Salut"))
    assert draft_of(article).slug_fr == slug


def test_a_form_that_lacks_its_streams_is_refused_and_saves_nothing(reviewer, article):
    before = article.revisions.count()
    data = posted(article, ["en"], title_en="Changed")
    incomplete = {name: value for name, value in data.items() if not name.startswith("body_en")}
    assert reviewer.post(edit_url(article), incomplete).status_code == 400
    assert article.revisions.count() == before
