"""Several people in the forms of one page: all keep their work."""

import json
import re
from datetime import date

import pytest
from django.utils.html import strip_tags
from freezegun import freeze_time
from wagtail.models import Comment, Revision
from wagtail.test.utils.form_data import rich_text

from home.models import ContentPage
from lihsite.models import LoadedDraft
from lihsite.multilingual.contents import as_stored
from lihsite.multilingual.merging import merge
from lihsite.multilingual.states import State, progress_of
from lihsite.pages.conflicts import shown_conflicts
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.pages.admin import client_of, draft_of, edit_url
from tests.lihsite.pages.open_forms import OpenForm, account, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["live", "draft"])
def article(home, request):
    """A page that is live, and one that never was: Wagtail stores what is saved differently."""
    live_in = factories.ALL if request.param == "live" else ()
    article = factories.content_page(
        home,
        live_in=live_in,
        title_en="Hello",
        title_fr="Bonjour",
        title_de="Hallo",
        summary_en="Short",
        body_en=json.dumps(paragraphs("Alpha", "Beta")),
        body_fr=json.dumps(paragraphs("Alpha en français", "Beta en français")),
    )
    article.save_revision()
    return article


def texts(stream):
    return [block.value.source for block in stream]


def test_translators_and_an_editor_on_one_page_all_keep_their_work(article):
    french = OpenForm(article, "french", "fr")
    german = OpenForm(article, "german", "de")
    editor = OpenForm(article, "editor", "en")
    for _turn in range(2):
        assert french.autosave(title_fr="Salut", summary_fr="Court")["success"]
        assert editor.autosave(title_en="Hi", show_in_menus="on")["success"]
        assert german.autosave(title_de="Servus")["success"]
    draft = draft_of(article)
    assert (draft.title_en, draft.title_fr, draft.title_de) == ("Hi", "Salut", "Servus")
    assert (draft.summary_fr, draft.show_in_menus) == ("Court", True)


def test_a_form_that_saves_by_itself_keeps_to_one_revision(article):
    french, german = OpenForm(article, "french", "fr"), OpenForm(article, "german", "de")
    for turn in range(3):
        french.autosave(title_fr=f"Salut {turn}")
        german.autosave(title_de=f"Servus {turn}")
    assert article.revisions.count() == 3  # the first, and one for each
    assert draft_of(article).latest_revision.user == account("german")
    assert (draft_of(article).title_fr, draft_of(article).title_de) == ("Salut 2", "Servus 2")


def test_saving_by_the_button_merges_too(article):
    french, editor = OpenForm(article, "french", "fr"), OpenForm(article, "editor", "en", "fr")
    assert editor.save(title_en="Hi").status_code == 302
    assert french.save(title_fr="Salut").status_code == 302
    assert (draft_of(article).title_en, draft_of(article).title_fr) == ("Hi", "Salut")


def test_two_tabs_of_one_person_are_two_people(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "editor", "en")
    assert one.autosave(title_en="Hi")["success"]
    assert other.autosave(summary_en="Shorter")["success"]
    assert one.autosave(slug_en="hi")["success"]
    draft = draft_of(article)
    assert (draft.title_en, draft.summary_en, draft.slug_en) == ("Hi", "Shorter", "hi")
    assert one.autosave(summary_en="Mine")["conflict"]


@pytest.fixture
def untranslated(home):
    """A page whose French address is still the English one."""
    page = factories.content_page(home, live_in=("en",), title_en="Hello")
    page.save_revision()
    return page


def test_a_save_before_the_answer_of_the_autosave_keeps_the_address_of_a_new_title(untranslated):
    form = OpenForm(untranslated, "french", "fr")
    copied = form.values["slug_fr"]
    form.autosave(title_fr="Bonj")
    form.autosave(title_fr="Bonjour à tous", slug_fr=copied)
    assert draft_of(untranslated).slug_fr == "bonjour-a-tous"
    assert form.save(slug_fr=copied).status_code == 302
    assert draft_of(untranslated).slug_fr == "bonjour-a-tous"


def test_an_address_that_is_typed_after_the_title_was_saved_is_kept(untranslated):
    form = OpenForm(untranslated, "french", "fr")
    answer = form.autosave(title_fr="Bonjour")
    assert form.values["slug_fr"] == "bonjour"
    assert "data-show-newest" not in answer["html"]
    assert form.autosave(slug_fr="salut")["success"]
    assert form.autosave(summary_fr="Court")["success"]
    assert draft_of(untranslated).slug_fr == "salut"


def test_blocks_of_one_text_are_merged_one_by_one(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    assert one.autosave(body_en=paragraphs("Alpha changed", "Beta"))["success"]
    assert other.autosave(body_en=paragraphs("Alpha", "New", "Beta"))["success"]
    assert one.autosave(body_en=paragraphs("Alpha changed again", "Beta"))["success"]
    assert [block.id for block in draft_of(article).body_en] == ["id-a", "id-n", "id-b"]
    assert "changed again" in texts(draft_of(article).body_en)[0]


def test_the_same_text_changed_by_two_is_not_overwritten(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(summary_en="One's words")
    answer = other.autosave(summary_en="The other's words", title_en="Hi")
    assert not answer["success"]
    assert answer["conflict"]
    for part in ("<ins>One", "<ins>The other", "conflict-summary_en", "Editor Demo saved while"):
        assert part in answer["html"]
    assert draft_of(article).summary_en == "One's words"
    assert draft_of(article).title_en == "Hello"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("mine", "The other's words"), ("theirs", "One's words"), ("edit", "Both words")],
)
def test_a_conflict_is_decided_by_choice(article, choice, expected):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(summary_en="One's words")
    response = other.save(summary_en="The other's words", title_en="Hi")
    assert response.status_code == 200
    content = response.content.decode()
    assert "The other&#x27;s words" in content
    (conflict,) = response.context["conflicts"]
    chosen = {
        conflict.input: choice,
        f"{conflict.input}.seen": conflict.seen,
        f"{conflict.input}.text": "Both words",
    }
    assert other.save(**chosen).status_code == 302
    assert (draft_of(article).summary_en, draft_of(article).title_en) == (expected, "Hi")


def test_two_rich_texts_are_brought_together_in_an_editor_of_their_own(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(body_en=paragraphs("Alpha by one", "Beta"))
    answer = other.autosave(body_en=paragraphs("Alpha by the other", "Beta"))
    assert "data-draftail-input" in answer["html"]
    # Wagtail finds the input of its editor by `#id`.
    assert re.search(r'id="conflict-[0-9a-f]+"', answer["html"])
    response = other.save()
    (conflict,) = response.context["conflicts"]
    assert "Alpha by the other" in conflict.editor
    assert "Alpha by one" in conflict.editor
    keys = re.findall(r"&quot;key&quot;: &quot;(\w+)&quot;", conflict.editor)
    assert len(keys) == len(set(keys)) == 2
    chosen = {conflict.input: "edit", f"{conflict.input}.seen": conflict.seen}
    broken = other.save(**chosen, **{f"{conflict.input}.text": "no rich text"})
    assert broken.status_code == 200
    both = rich_text("<p>Alpha by <b>both</b></p>")
    assert other.save(**{f"{conflict.input}.text": both}).status_code == 302
    assert "Alpha by <b>both</b>" in texts(draft_of(article).body_en)[0]


def test_a_joined_text_that_does_not_fit_is_not_stored(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(title_en="One")
    (conflict,) = other.save(title_en="Other").context["conflicts"]
    assert 'maxlength="255"' in conflict.editor
    chosen = {conflict.input: "edit", f"{conflict.input}.seen": conflict.seen}
    assert other.save(**chosen, **{f"{conflict.input}.text": "x" * 256}).status_code == 200
    assert draft_of(article).title_en == "One"


def test_two_texts_are_brought_together_only_where_both_fit(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(title_en="1" * 100, slug_en="one")
    response = other.save(title_en="2" * 154, slug_en="other")
    title, slug = sorted(response.context["conflicts"], key=lambda one: one.name == "slug_en")
    assert f"{'2' * 154} {'1' * 100}" in title.editor
    assert not slug.is_editable
    response = other.save(title_en="2" * 155)
    assert not any(conflict.is_editable for conflict in response.context["conflicts"])


def test_the_other_author_is_named_although_one_has_saved_since(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(summary_en="One's words")
    other.autosave(title_en="Hi")
    assert "Editor Demo saved while" in other.autosave(summary_en="The other's words")["html"]


def test_a_choice_does_not_hold_for_what_was_saved_after_it(article):
    one, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    one.autosave(summary_en="One's words")
    (conflict,) = other.save(summary_en="The other's words").context["conflicts"]
    one.autosave(summary_en="One's last words")
    chosen = {conflict.input: "mine", f"{conflict.input}.seen": conflict.seen}
    assert other.save(**chosen).status_code == 200
    assert draft_of(article).summary_en == "One's last words"


def test_a_translation_of_a_source_that_changed_meanwhile_is_outdated(article):
    french, editor = OpenForm(article, "french", "fr"), OpenForm(article, "editor", "en")
    editor.autosave(title_en="Good evening")
    french.autosave(title_fr="Salut")
    progress = progress_of(draft_of(article), "fr")
    assert (progress.state, progress.outdated) == (State.OUTDATED, 1)
    OpenForm(article, "french", "fr").save(title_fr="Bonsoir")
    assert progress_of(draft_of(article), "fr").outdated == 0


def test_a_tab_that_is_opened_later_shows_what_was_saved_until_then(article):
    editor, french = OpenForm(article, "editor", "en"), OpenForm(article, "french", "fr")
    french.autosave(title_fr="Salut")
    editor.open_tab("fr")
    assert editor.autosave(title_fr="Salut à tous")["success"]
    assert french.autosave(summary_fr="Court")["success"]
    assert (draft_of(article).title_fr, draft_of(article).summary_fr) == ("Salut à tous", "Court")


def test_what_others_published_meanwhile_is_kept(article):
    french, reviewer = OpenForm(article, "french", "fr"), OpenForm(article, "reviewer", "en")
    french.autosave(title_fr="Salut")
    reviewer.save(title_en="Hi", **{"action-publish": "1"})
    french.autosave(summary_fr="Court")
    draft, live = draft_of(article), ContentPage.objects.get(pk=article.pk)
    assert (draft.title_en, draft.title_fr, draft.summary_fr) == ("Hi", "Salut", "Court")
    assert (live.title_en, live.title_fr, live.summary_fr) == ("Hi", "Salut", "")
    assert live.live_revision.content["summary_fr"] == ""


def test_a_revision_that_went_live_is_not_saved_into_any_more(article):
    editor = OpenForm(article, "editor", "en")
    editor.autosave(title_en="Hi")
    Revision.objects.get(pk=editor.revision).publish()
    editor.autosave(title_en="Hi there")
    live = ContentPage.objects.get(pk=article.pk)
    assert (live.title_en, live.live_revision.content["title_en"]) == ("Hi", "Hi")
    assert draft_of(article).title_en == "Hi there"


def test_going_back_keeps_what_was_saved_while_one_looked(article):
    first = article.latest_revision
    article.title_en = "Hi"
    article.save_revision()
    old = OpenForm(
        article, "editor", "en", url=f"{edit_url(article)[:-5]}revisions/{first.pk}/revert/"
    )
    OpenForm(article, "french", "fr").autosave(title_fr="Salut")
    assert old.save().status_code == 302
    assert (draft_of(article).title_en, draft_of(article).title_fr) == ("Hello", "Salut")


def test_a_form_that_is_not_known_any_more_overwrites_nothing(article):
    editor = OpenForm(article, "editor", "en")
    OpenForm(article, "reviewer", "en").save(title_en="Theirs")
    LoadedDraft.objects.all().delete()
    assert editor.autosave(title_en="Mine")["conflict"]
    assert draft_of(article).title_en == "Theirs"


@pytest.mark.parametrize("name", ["nonsense", "00000000-0000-0000-0000-000000000000", "another's"])
def test_the_name_of_another_form_gives_nothing_away(article, name):
    french = OpenForm(article, "french", "fr")
    other = OpenForm(article, "editor", "en", "fr")
    french.draft = other.draft if name == "another's" else name
    before = LoadedDraft.objects.get(pk=other.draft).content
    assert not french.autosave(title_fr="Salut")["success"]
    assert LoadedDraft.objects.get(pk=other.draft).content == before
    assert draft_of(article).title_fr == "Bonjour"


def test_a_comment_that_was_resolved_meanwhile_is_no_error(article):
    comment = Comment.objects.create(
        page=article, user=account("editor"), text="Really?", contentpath="title_fr"
    )
    french = OpenForm(article, "french", "fr")
    comments = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(comment.pk),
        "comments-0-text": "Really?",
        "comments-0-contentpath": "title_fr",
        "comments-0-position": "",
    }
    comment.delete()
    assert french.autosave(title_fr="Salut", **comments)["success"]
    assert draft_of(article).title_fr == "Salut"


def test_loaded_drafts_that_nobody_uses_are_forgotten(article, settings):
    settings.SESSION_IDLE_AGE = settings.SESSION_COOKIE_AGE = 30 * 24 * 60 * 60
    with freeze_time("2026-01-01"):
        OpenForm(article, "french", "fr")
    with freeze_time("2026-01-02"):
        used = OpenForm(article, "french", "fr")
    with freeze_time("2026-01-10"):
        used.autosave(title_fr="Salut")
    with freeze_time("2026-01-20"):
        client_of("german").get(edit_url(article))
    assert LoadedDraft.objects.filter(user=account("french")).get().pk.hex == used.draft.replace(
        "-", ""
    )


def test_what_is_no_text_is_shown_in_words(home):
    article = factories.news(date=date(2026, 3, 2))
    article.save_revision()
    cells, mice = library.image(title_en="Cells"), library.image(title_en="Mice")
    base = as_stored(article.latest_revision.content)
    theirs = {**base, "date": "2026-03-05", "lead_image": cells.pk, "source_language": "de"}
    mine = {**base, "date": "2026-03-06", "lead_image": mice.pk, "source_language": "fr"}
    found = merge(type(article), base, theirs, mine).conflicts
    shown = {
        one.name: [strip_tags(side.html) for side in one.sides] for one in shown_conflicts(found)
    }
    assert shown == {
        "date": ["6 March 2026", "5 March 2026"],
        "lead_image": ["Mice", "Cells"],
        "source_language": ["French", "German"],
    }


def test_the_line_breaks_of_a_browser_are_no_change(article):
    article.summary_en, article.summary_fr = "One.\n\nTwo.", "Un.\n\nDeux."
    article.save_revision()
    editor, other = OpenForm(article, "editor", "en"), OpenForm(article, "reviewer", "en")
    other.autosave(summary_en="Three.")
    editor.autosave(summary_en="One.\r\n\r\nTwo.", title_en="Changed")
    draft = draft_of(article)
    assert (draft.summary_en, draft.title_en) == ("Three.", "Changed")
    other.autosave(summary_en="Four.\r\n\r\nFive.")
    assert draft_of(article).summary_en == "Four.\n\nFive."
