"""The desk lists every translation, for whom it is to see, as it is after each save."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from freezegun import freeze_time
from openpyxl import load_workbook
from wagtail.admin.models import EditingSession

from lihsite.models import LoadedDraft
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.states import State
from lihsite.translating.desk import next_in_list
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.pages.admin import client_of
from tests.lihsite.translating.workspace import (
    ENGLISH_ONLY,
    account,
    desk,
    listed,
    people,
    redraft,
    state,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return people()


@pytest.fixture
def careers(home):
    """Translated into French and German."""
    return factories.content_page(
        home, title_en="Careers", title_fr="Carrières", title_de="Beruf", summary_en="Work with us"
    )


def test_a_row_says_what_is_to_do_and_since_when(careers):
    with freeze_time("2026-03-01 08:00"):
        redraft(careers, title_en="Careers and jobs")
    answer = desk("admin", "language=fr&state=outdated")
    (row,) = answer.context["table"].data
    assert (row.title, row.language, row.state) == ("Careers and jobs", "fr", State.OUTDATED)
    assert row.words_to_do == 6
    assert row.outdated_since.date() == date(2026, 3, 1)
    html = answer.content.decode()
    assert "in 2 texts" in html
    assert row.address.startswith(reverse("translating:translate", args=[careers.pk, "fr"]))


def test_the_desk_is_right_after_every_save(careers):
    assert ("Careers", "fr") in listed("admin", "state=in_progress")
    redraft(careers, title_en="Jobs")
    assert ("Jobs", "fr") in listed("admin", "state=outdated")
    redraft(careers, title_fr="Emplois", summary_fr="Travailler avec nous")
    assert ("Jobs", "fr") in listed("admin", "state=up_to_date")


def test_people_pictures_documents_are_listed_with_their_forms(home):
    ada, image = factories.person(), library.image(title_en="Cells")
    document = library.document(title_en="Report")
    assert {("Dr Ada Example", "fr"), ("Cells", "de"), ("Report", "de")} <= set(listed("admin"))
    rows = {row.title: row for row in desk("admin", "language=de").context["table"].data}
    assert f"/person/edit/{ada.pk}/" in rows["Dr Ada Example"].address
    assert reverse("wagtailimages:edit", args=[image.pk]) in rows["Cells"].address
    assert reverse("wagtaildocs:edit", args=[document.pk]) in rows["Report"].address


def test_nobody_sees_what_they_may_not_open(home):
    factories.person()
    library.image(title_en="Cells")
    for username in ("french", "editor"):
        titles = {title for title, _language in listed(username)}
        assert titles == {"Institute", "Dr Ada Example", "Cells"}
    group = account("french").groups.get()
    group.permissions.remove(Permission.objects.get(codename="change_person"))
    group.collection_permissions.all().delete()
    assert {title for title, _language in listed("french")} == {"Institute"}


def test_the_source_and_what_has_no_text_are_no_translations(home):
    factories.person("Dr Ben Example", role_en="")
    assert [language for _title, language in listed("admin")] == ["de", "fr"]


def test_aliases_are_left_out_for_they_have_no_text_of_their_own(home):
    careers = factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Careers")
    careers.create_alias(update_slug="alias")
    query = "language=fr&state=missing"
    assert listed("admin", query) == [("Careers", "fr")]
    assert listed("french", query) == [("Careers", "fr")]
    assert next_in_list(account("french"), query, state(careers)) is None


def test_a_translator_begins_with_their_own_language(home):
    client = client_of("french")
    answer = client.get(reverse("translating:desk"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('translating:desk')}?language=fr"
    assert client_of("editor").get(reverse("translating:desk")).status_code == 200


def test_each_filter_narrows_the_list(careers):
    below = factories.content_page(careers, live_in=ENGLISH_ONLY, title_en="Doctoral school")
    factories.person()
    in_section = set(listed("admin", f"section={careers.pk}&language=fr"))
    assert in_section == {("Doctoral school", "fr"), ("Careers", "fr")}
    person = state(factories.person("Dr Ben Example")).content_type_id
    names = {title for title, _language in listed("admin", f"content_type={person}")}
    assert names == {"Dr Ada Example", "Dr Ben Example"}
    assert {language for _title, language in listed("admin", "language=de")} == {"de"}
    assert {title for title, _language in listed("admin", "q=school")} == {"Doctoral school"}
    Assignment.objects.create(
        state=state(below), assignee=account("french"), due_on=date(2026, 1, 1)
    )
    assert listed("french", "assignee=me") == [("Doctoral school", "fr")]
    assert listed("admin", f"assignee={account('french').pk}") == [("Doctoral school", "fr")]
    assert ("Doctoral school", "fr") not in listed("admin", "assignee=nobody")
    assert listed("admin", "due=overdue") == [("Doctoral school", "fr")]
    assert listed("admin", "due=week") == []


def test_what_is_outdated_longest_comes_first_and_what_is_done_last(home):
    done = factories.content_page(home, title_en="Done")
    long, short = (factories.content_page(home, title_en=title) for title in ("Long", "Short"))
    factories.content_page(home, live_in=ENGLISH_ONLY, title_en="Missing")
    with freeze_time("2026-03-05 08:00"):
        redraft(short, title_en="Short news")
    with freeze_time("2026-03-01 08:00"):
        redraft(long, title_en="Long ago")
    titles = [title for title, _language in listed("admin", "language=fr")]
    assert titles == ["Long ago", "Short news", "Missing", done.title, "Institute"]


@pytest.mark.parametrize("key", ["title", "language", "state", "words_to_do", "outdated_since"])
def test_a_column_sorts_both_ways_and_empty_cells_stay_last(careers, key):
    factories.content_page(live_in=ENGLISH_ONLY, title_en="About the institute")
    redraft(careers, title_en="Jobs")
    for prefix in ("", "-"):
        rows = desk("admin", f"ordering={prefix}{key}").context["table"].data
        values = [getattr(row, key) for row in rows]
        filled = [value for value in values if value is not None]
        assert filled == sorted(filled, reverse=bool(prefix))
        assert values[: len(filled)] == filled


def test_due_dates_sort_with_those_without_one_last(careers):
    for language, day in (("fr", 9), ("de", 3)):
        Assignment.objects.create(
            state=state(careers, language), assignee=account("editor"), due_on=date(2030, 1, day)
        )
    assert listed("admin", "ordering=due_on")[:2] == [("Careers", "de"), ("Careers", "fr")]
    assert listed("admin", "ordering=-due_on")[:2] == [("Careers", "fr"), ("Careers", "de")]


ENDLESS = "9" * 25


@pytest.mark.parametrize(
    "query",
    [
        "language=xx",
        "state=done",
        "section=0",
        "assignee=0",
        "p=x",
        f"section={ENDLESS}",
        f"content_type={ENDLESS}",
        f"assignee={ENDLESS}",
    ],
)
def test_an_address_that_asks_for_nothing_there_is_answers_all_the_same(home, query):
    assert desk("admin", query).status_code == 200


def test_an_action_on_a_translation_that_cannot_be_acts_on_none(home):
    url = reverse("wagtail_bulk_action", args=["lihsite", "translationstate", "assign"])
    answer = client_of("admin", "en").get(url, {"id": ENDLESS, "next": "/admin/"})
    assert answer.status_code == 200
    assert "Assign translations" in answer.content.decode()


def test_an_old_assignment_does_not_double_a_row(careers):
    row = state(careers)
    for _number in range(2):
        Assignment.objects.create(
            state=row, assignee=account("french"), done_at=timezone.now(), due_on=date(2026, 1, 1)
        )
    Assignment.objects.create(state=row, assignee=account("french"))
    assert listed("admin", "ordering=due_on").count(("Careers", "fr")) == 1


def test_the_desk_names_who_is_at_work_on_a_translation_now(careers):
    page = state(careers).content_type
    for username in ("french", "editor"):
        EditingSession.objects.create(
            user=account(username),
            content_type=page,
            object_id=str(careers.pk),
            last_seen_at=timezone.now(),
        )
    rows = {row.language: row.people for row in desk("admin", "q=Careers").context["table"].data}
    assert rows == {"fr": ["Editor Demo", "French Demo"], "de": ["Editor Demo"]}
    LoadedDraft.objects.create(
        page=careers,
        user=account("editor"),
        content={},
        language="de",
        session=EditingSession.objects.get(user=account("editor")),
    )
    rows = {row.language: row.people for row in desk("admin", "q=Careers").context["table"].data}
    assert rows == {"fr": ["French Demo"], "de": ["Editor Demo"]}


def test_spreadsheets_hold_the_whole_filtered_list(careers):
    redraft(careers, title_en="Jobs")
    Assignment.objects.create(
        state=state(careers), assignee=account("french"), due_on=date(2026, 5, 4)
    )
    answer = desk("admin", "state=outdated&language=fr&export=csv")
    text = b"".join(answer.streaming_content).decode()
    (row,) = csv.DictReader(StringIO(text))
    assert row["Title"] == "Jobs"
    assert (row["Language"], row["Words to do"], row["Due on"]) == ("French", "4", "2026-05-04")
    assert row["Assigned to"] == "French Demo"
    assert row["Outdated since"] == timezone.localdate().isoformat()
    answer = desk("admin", "state=outdated&language=fr&export=xlsx", admin_language="de")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 2
    head, cells = ([cell.value for cell in row] for row in sheet)
    row = dict(zip(head, cells, strict=True))
    assert (row["Titel"], row["Typ"], row["Sprache"]) == ("Jobs", "Inhaltsseite", "Französisch")


def test_a_page_of_the_list_costs_the_same_queries_however_many_rows(
    home, django_assert_max_num_queries
):
    for number in range(20):
        factories.content_page(home, title_en=f"Page {number}")
        library.document(title_en=f"Report {number}")
        factories.person(f"Dr {number}")
    client = client_of("editor")
    client.get(reverse("translating:desk"))
    with django_assert_max_num_queries(35):
        client.get(reverse("translating:desk"))


def test_the_next_translation_of_a_list_is_one_step_away(home):
    pages = [factories.content_page(home, live_in=ENGLISH_ONLY, title_en=title) for title in "ABC"]
    first, second, third = (state(page) for page in pages)
    admin, query = account("admin"), "language=fr&state=missing&ordering=title"
    assert f"/{second.page_id}/fr/?list=" in next_in_list(admin, query, first)
    assert f"/{third.page_id}/fr/" in next_in_list(admin, query, second)
    assert f"/{first.page_id}/fr/" in next_in_list(admin, query, third)


def test_what_is_done_meanwhile_is_left_out_of_the_way_through_a_list(home):
    pages = [factories.content_page(home, live_in=ENGLISH_ONLY, title_en=title) for title in "ABC"]
    first, second, third = (state(page) for page in pages)
    admin, query = account("admin"), "language=fr&ordering=title"
    redraft(pages[0], title_fr="A")
    redraft(pages[1], title_fr="B")
    assert f"/{third.page_id}/fr/" in next_in_list(admin, query, first)
    assert f"/{third.page_id}/fr/" in next_in_list(admin, f"{query}&state=missing", second)
    assert next_in_list(admin, query, third) is None


def test_the_translate_view_leads_on_through_the_list_that_it_was_opened_from(home):
    for title in "ABC":
        factories.content_page(home, live_in=ENGLISH_ONLY, title_en=title)
    rows = desk("french", "language=fr&state=missing&ordering=-title").context["table"].data
    assert [row.title for row in rows] == ["C", "B", "A"]
    answer = client_of("french").get(rows[1].address)
    assert answer.context["next_translation_url"] == rows[2].address


def test_strangers_do_not_get_in(home, client):
    assert client.get(reverse("translating:desk")).status_code == 302


def publish_draft(page):
    type(page).objects.get(pk=page.pk).get_latest_revision().publish()


def test_the_desk_can_compare_with_what_is_published(careers):
    redraft(careers, title_en="Careers and jobs")
    factories.content_page(live_in=ENGLISH_ONLY, title_en="Draft").unpublish()
    assert listed("admin", "state=outdated&language=fr") == [("Careers and jobs", "fr")]
    published = "language=fr&compare=published"
    assert listed("admin", f"{published}&state=outdated") == []
    assert "Draft" not in dict(listed("admin", published))
    publish_draft(careers)
    answer = desk("admin", f"{published}&state=outdated")
    (row,) = answer.context["table"].data
    assert (row.title, row.state, row.words_to_do) == ("Careers and jobs", State.OUTDATED, 6)
    bars = {bar.language: bar for bar in answer.context["progress"]}
    assert bars["fr"].counts[State.OUTDATED] == 1
    assert "compare=published" in bars["fr"].url
    assert "compare%3Dpublished" in row.address


def test_spreadsheets_and_the_way_through_the_list_compare_alike(careers):
    other = factories.content_page(title_en="Other")
    for page in (careers, other):
        redraft(page, title_en=f"{page.title_en} anew")
    publish_draft(careers)
    query = "language=fr&compare=published&state=outdated"
    answer = desk("admin", f"{query}&export=csv")
    (row,) = csv.DictReader(StringIO(b"".join(answer.streaming_content).decode()))
    assert (row["Assigned to"], row["Due on"]) == ("", "")
    assert (row["Title"], row["State"], row["Outdated"]) == ("Careers anew", "outdated", "1")
    address = next_in_list(account("admin"), query, state(other))
    assert f"/{careers.pk}/fr/" in address
