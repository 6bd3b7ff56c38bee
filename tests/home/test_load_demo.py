"""The demonstration content: what is written, and what loading it leaves in the database."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone, translation
from PIL import Image as Picture
from wagtail.fields import StreamField
from wagtail.models import PageLogEntry, Revision

from events.models import EventPage
from events.states import EventState
from home.demonstration import artwork
from home.demonstration.loading import load
from home.demonstration.many_news import count_pages
from home.demonstration.reading import is_translated, languages_of, plain, read, rich
from home.models import ContentPage, HomePage
from lihsite.blocks.body import BodyBlock
from lihsite.models import Assignment, BasePage, Document, Image, Rendition, TranslationState
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.permissions import may_change_shared_fields, writable_languages
from lihsite.multilingual.publishing import preflight, shared_fields_differ
from lihsite.multilingual.registration import translated_fields
from lihsite.multilingual.states import State
from lihsite.pages.comparing import differences
from lihsite.translating.plot import progress_plot
from news.models import NewsIndexPage, NewsPage
from research.models import Person, ResearchTopicPage
from tests import visitor_pages
from tests.lihsite.pages.untouched_form import save_untouched

SECTIONS = {"research": "topics", "news": "news", "events": "events", "pages": "pages"}


def all_entries():
    entries = [read("home")]
    for section, name in SECTIONS.items():
        entries += read(section)[name]
        entries += [read(section)["index"]] if "index" in read(section) else []
    return [*entries, read("people")["index"]]


def translated_values(value):
    if is_translated(value):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from translated_values(item)
    elif isinstance(value, list):
        for item in value:
            yield from translated_values(item)


def texts_in(language):
    for section in ("home", "research", "people", "news", "events", "pages", "settings", "media"):
        for value in translated_values(read(section)):
            text = value.get(language)
            if isinstance(text, str) and "://" not in text:
                yield text


# What is written


@pytest.mark.parametrize("entry", all_entries(), ids=lambda entry: entry["key"])
def test_everything_on_a_page_is_in_every_language_of_the_page(entry):
    languages = set(languages_of(entry))
    assert languages
    for value in translated_values(entry):
        assert set(value) == languages


def test_no_block_shares_its_id_with_another():
    ids = []

    def collect(value):
        if isinstance(value, dict):
            ids.extend([value["id"]] if "id" in value else [])
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)

    collect(all_entries())
    assert len(ids) == len(set(ids)) > 100


def test_french_has_narrow_spaces_before_its_tall_signs():
    texts = list(texts_in("fr"))
    assert len(texts) > 100
    for text in texts:
        assert not re.search(r"[^\u202f\d][;!?»]|[^\u202f\da-z/]:|«[^\u202f]", text), text


def test_german_and_english_have_no_french_quotation_marks():
    for language in ("en", "de"):
        texts = list(texts_in(language))
        assert len(texts) > 100
        for text in texts:
            assert not re.search("[«»'\"]", text), text


def test_the_news_show_every_block_there_is():
    used = {block["type"] for entry in read("news")["news"] for block in entry["body"]}
    assert used == set(BodyBlock().child_blocks)


def test_texts_are_folded_but_keep_their_paragraphs_lists_and_narrow_spaces():
    assert plain("One\nline\n\nTwo") == "One line\n\nTwo"
    assert plain("Vraiment\u202f?") == "Vraiment\u202f?"
    assert rich("Text\n\n- a\n  b\n- c") == "<p>Text</p><ul><li>a b</li><li>c</li></ul>"
    assert rich("<a href=https://example.org/>x</a>") == (
        '<p><a href="https://example.org/">x</a></p>'
    )


# What is loaded


def test_as_much_is_loaded_as_the_site_is_to_show(demo):
    assert ResearchTopicPage.objects.live().count() >= 4
    assert NewsPage.objects.live().count() >= 16
    assert EventPage.objects.live().count() >= 10
    assert Person.objects.filter(is_fictional=True).count() == Person.objects.count() == 6
    assert HomePage.objects.get().pinned_news.count() == 1


def test_loading_again_changes_nothing_and_says_so(demo):
    before = list(BasePage.objects.order_by("pk").values())
    counts = [model.objects.count() for model in (Revision, PageLogEntry, Image, Document)]
    output = StringIO()
    call_command("load_demo", stdout=output)
    assert "nothing was changed" in output.getvalue()
    assert list(BasePage.objects.order_by("pk").values()) == before
    assert [m.objects.count() for m in (Revision, PageLogEntry, Image, Document)] == counts


def test_every_stream_passes_its_own_validation(demo):
    for page in BasePage.objects.filter(depth__gt=1).specific():
        for field in page._meta.get_fields():
            if isinstance(field, StreamField) and (value := getattr(page, field.name)):
                field.stream_block.clean(value)


def test_saving_the_form_of_a_page_changes_nothing_on_it(demo, rf):
    request = rf.get("/")
    request.user = get_user_model().objects.get(username="editor")
    for page in BasePage.objects.filter(depth__gt=1).specific():
        before = page.get_latest_revision().as_object()
        states = dict(page.translation_states.values_list("language", "state"))
        assert save_untouched(page, "editor").status_code == 302
        saved = type(page).objects.get(pk=page.pk)
        after = saved.get_latest_revision().as_object()
        live = set(page.live_languages)
        # A language that was never published is not what visitors get.
        assert not [one for one in preflight(saved) if one.differs and one.language in live], page
        assert not shared_fields_differ(saved), page
        assert dict(saved.translation_states.values_list("language", "state")) == states
        assert differences(page, request, before, after) == []
        for name in (name for name in after.serializable_data() if name.startswith("body")):
            assert getattr(before, name) == getattr(after, name), (page, name)


def test_every_live_language_has_what_it_needs(demo):
    for page in BasePage.objects.filter(depth__gt=1).specific():
        for language in page.live_languages:
            assert page.get_missing_to_publish(language) == []


def test_a_translation_keeps_the_ids_of_the_blocks_that_it_translates(demo):
    for page in BasePage.objects.filter(depth__gt=1).specific():
        for name in translated_fields(type(page)):
            if not isinstance(page._meta.get_field(name), StreamField):
                continue
            ids = {
                language: [block.id for block in getattr(page, column(name, language))]
                for language in page.live_languages
            }
            assert len({tuple(found) for found in ids.values()}) == 1


def test_the_states_that_the_content_is_to_show_are_there(demo):
    def pages(model, language, state):
        rows = TranslationState.objects.filter(language=language, state=state)
        return model.objects.filter(pk__in=rows.values("page"))

    outdated = pages(ResearchTopicPage, "fr", State.OUTDATED).get()
    assert TranslationState.objects.get(page=outdated, language="fr").outdated == 1
    assert TranslationState.objects.get(page=outdated, language="de").state == State.UP_TO_DATE
    assert pages(NewsPage, "de", State.OUTDATED).count() == 1
    assert pages(NewsPage, "de", State.MISSING).count() == 3
    assert pages(NewsPage, "fr", State.MISSING).count() == 1
    assert pages(EventPage, "fr", State.MISSING).count() == 1
    assert NewsPage.objects.get(source_language="fr").live_languages == ["en", "fr"]
    drafts = [page for page in ContentPage.objects.all() if "de" not in page.live_languages]
    assert [bool(page.body_de) for page in drafts] == [True]


def test_histories_name_who_wrote_translated_and_published(demo):
    page = ResearchTopicPage.objects.order_by("number").first()
    authors = [revision.user.username for revision in page.revisions.order_by("pk")]
    assert authors == ["editor", "french", "german"]
    for action, username in (("wagtail.create", "editor"), ("wagtail.publish", "reviewer")):
        entry = PageLogEntry.objects.get(page=page.pk, action=action)
        assert entry.user.username == username


def test_events_stand_around_today(demo):
    events = EventPage.objects.all()
    states = [event.state for event in events]
    assert states.count(EventState.NOW) == 1
    assert states.count(EventState.PAST) >= 3
    assert states.count(EventState.UPCOMING) >= 5
    assert {event.status for event in events} == set(EventPage.Status.values)
    assert {event.attendance for event in events} == set(EventPage.Attendance.values)
    assert {event.registration_state for event in events} == set(EventPage.Registration.values)
    open_day = events.get(all_day=True)
    assert open_day.first_day == open_day.last_day


def test_each_role_writes_what_it_may(demo):
    users = {user.username: user for user in get_user_model().objects.all()}
    assert users["admin"].is_superuser
    assert writable_languages(users["french"]) == ["fr"]
    assert writable_languages(users["german"]) == ["de"]
    home = HomePage.objects.get()
    for name, edits, publishes, shared in (
        ("editor", True, False, True),
        ("reviewer", True, True, True),
        ("french", True, False, False),
        ("german", True, False, False),
    ):
        tester = home.permissions_for_user(users[name])
        assert (tester.can_edit(), tester.can_publish()) == (edits, publishes)
        assert may_change_shared_fields(users[name]) == shared


def test_an_infographic_has_a_version_for_each_language(demo):
    original = Image.objects.exclude(language="").get(version_of=None)
    versions = [original, *original.versions.all()]
    assert {picture.language for picture in versions} == {"en", "fr", "de"}


def test_documents_are_pdf_files_in_each_language(demo):
    for original in Document.objects.filter(version_of=None):
        files = [original, *original.versions.all()]
        assert {document.language for document in files} == set(language_codes())
        for document in files:
            with document.open_file() as file:
                assert file.read(5) == b"%PDF-"


def test_no_visitor_waits_for_a_picture(demo, client):
    made = Rendition.objects.count()
    for code in language_codes():
        for addresses in visitor_pages.every_address(code).values():
            for address in addresses:
                client.get(address)
    assert Rendition.objects.count() == made > 100


# What does not depend on the language in force


@pytest.fixture
def small_pictures(monkeypatch):
    """Drawing takes seconds, and what is drawn is not what these tests look at."""
    monkeypatch.setattr(artwork, "draw", lambda key, width, height: Picture.new("RGB", (400, 250)))
    monkeypatch.setattr(artwork, "label_boxes", lambda width, height: [(0, 0, 200, 90)] * 5)


def test_what_is_loaded_does_not_depend_on_the_active_language(db, small_pictures):
    with translation.override("de"):
        load(timezone.localdate(), lambda text: None)
    for page in BasePage.objects.filter(depth__gt=1).specific():
        row = type(page).objects.filter(pk=page.pk).values().get()
        for name in translated_fields(type(page)):
            assert row[name] == row[column(name, page.source_language)], (page, name)
        assert page.latest_revision.object_str == page.title
    titles = dict(BasePage.objects.values_list("pk", "title"))
    for entry in PageLogEntry.objects.filter(page__in=titles):
        assert entry.label == titles[entry.page_id]
    for person in Person.objects.values():
        assert person["role"] == person["role_en"]


# A large site


def test_the_translators_have_work_and_half_a_year_behind_them(demo):
    for username, language in (("french", "fr"), ("german", "de")):
        work = Assignment.objects.open().filter(assignee__username=username)
        assert {one.state.language for one in work} == {language}
        assert not any(one.is_overdue for one in work)
    french, german = (line for line in progress_plot().lines if line.language != "en")
    for line in (french, german):
        heights = [float(point.split(",")[1]) for point in line.points.split()]
        # A point a week, and one of today. The less is left to do, the higher: y grows downwards.
        assert len(heights) == 27
        assert heights == sorted(heights, reverse=True)
        assert heights[0] > heights[-1]


def test_copies_of_the_news_make_a_large_site(demo, client):
    count = count_pages()
    output = StringIO()
    call_command("load_demo", pages=count + 40, stdout=output)
    assert count_pages() == count + 40
    assert "\r" not in output.getvalue()
    assert BasePage.find_problems() == ([], [], [], [], [])
    index = NewsIndexPage.objects.get()
    assert index.numchild == NewsPage.objects.count()
    for language in language_codes():
        paths = NewsPage.objects.values_list(column("url_path", language), flat=True)
        assert len(set(paths)) == len(paths)
    last = NewsPage.objects.order_by("pk").last()
    assert client.get(last.get_url_for_language("en")).status_code == 200
    states = TranslationState.objects.filter(page=last).count()
    assert states == len(language_codes())


def test_a_site_that_is_large_enough_stays_as_it_is(demo):
    count = count_pages()
    output = StringIO()
    call_command("load_demo", pages=3, stdout=output)
    assert "none were added" in output.getvalue()
    assert count_pages() == count
