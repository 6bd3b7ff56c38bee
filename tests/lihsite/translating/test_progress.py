"""How far each language is, in words, by section and over the months."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from lihsite.models import ProgressRecord
from lihsite.multilingual.states import State
from lihsite.translating.plot import progress_plot
from lihsite.translating.progress import (
    present_records,
    progress_by_language,
    progress_by_section,
    record_today,
)
from tests import factories
from tests.lihsite.pages.admin import client_of
from tests.lihsite.translating.workspace import ENGLISH_ONLY, account, people, redraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """A section of eight words: three are translated, one was and is outdated, four are not."""
    home = people()
    section = factories.content_page(home, title_en="One two three")
    outdated = factories.content_page(section, title_en="Old")
    redraft(outdated, title_en="New")
    factories.content_page(section, live_in=ENGLISH_ONLY, title_en="Five six seven eight")
    return home


def bar(bars, language="fr"):
    return next(one for one in bars if one.language == language)


def test_a_bar_counts_words_and_links_what_is_to_do(site):
    french = bar(progress_by_language(account("admin")))
    assert (french.words, french.words_to_do, french.percent) == (9, 5, 44)
    assert {part.state: part.count for part in french.parts_to_do} == {
        State.OUTDATED: 1,
        State.MISSING: 1,
    }
    assert sum(part.share for part in french.parts) == pytest.approx(100)
    client = client_of("admin")
    for part in french.parts_to_do:
        rows = client.get(part.url).context["table"].data
        assert [(row.language, row.state) for row in rows] == [("fr", part.state)]


def test_the_words_of_an_alias_are_counted_once_with_its_original(site):
    site.get_children().first().specific.create_alias(update_slug="alias")
    assert bar(progress_by_language(account("admin"))).words == 9
    assert [record.words for record in present_records(timezone.localdate())] == [9, 9]


def test_sections_are_in_the_order_of_the_tree_with_other_objects_after_them(site):
    factories.person(role_en="Biologist", role_fr="Biologiste")
    sections = progress_by_section(account("admin"))
    assert [section.name for section in sections] == ["One two three", "Home page", "Person"]
    section, _home, person = sections
    assert (section.bars["fr"].words, section.bars["fr"].words_to_do) == (8, 5)
    assert (person.bars["fr"].percent, person.bars["de"].percent) == (100, 0)


def test_each_reader_sees_the_progress_of_what_they_may_open(site):
    factories.person(role_en="One two three four five")
    french = account("french")
    french.groups.get().permissions.remove(Permission.objects.get(codename="change_person"))
    assert bar(progress_by_language(french)).words == 9
    assert bar(progress_by_language(account("editor"))).words == 14


def test_a_day_is_recorded_once(site):
    record_today()
    record_today()
    rows = ProgressRecord.objects.values_list("day", "language", "words", "words_to_do")
    today = timezone.localdate()
    assert set(rows) == {(today, "fr", 9, 5), (today, "de", 9, 5)}


def test_the_schedule_records_the_day(site):
    call_command("publish_scheduled")
    assert ProgressRecord.objects.filter(day=timezone.localdate()).exists()


def history(*shares, language="fr"):
    """A record a month, the last of them of today, when the day was first asked for."""
    for back, share in enumerate(reversed(shares)):
        ProgressRecord.objects.create(
            day=timezone.localdate() - timedelta(days=30 * back),
            language=language,
            words=100,
            words_to_do=100 - share,
        )


def test_the_plot_joins_the_days_from_left_to_right(site):
    assert progress_plot() is None
    history(20, 30, 75)
    history(100, 100, 74, language="de")
    french, german = progress_plot().lines
    points = [tuple(map(float, point.split(","))) for point in french.points.split()]
    assert points == sorted(points)
    assert [y for _x, y in points] == sorted((y for _x, y in points), reverse=True)
    assert (french.percent, german.percent) == (44, 44)
    assert abs(french.label_y - german.label_y) >= 16


def test_the_plot_says_the_same_as_a_table(site):
    history(20, 50, 75)
    html = client_of("admin", "fr").get(reverse("translating:progress")).content.decode()
    page = BeautifulSoup(html, "html.parser")
    drawing = page.select_one("svg.lih-plot[role=img]")
    assert drawing.title.text
    assert drawing["aria-labelledby"] == drawing.title["id"]
    rows = page.select(".lih-plot__table tbody tr")
    assert rows[-1].td.text.strip() == "44\u202f%"


def test_records_of_long_ago_are_not_drawn(site):
    history(20, 50)
    ProgressRecord.objects.create(day=date(2000, 1, 1), language="fr", words=1, words_to_do=1)
    french, _german = progress_plot().lines
    assert len(french.points.split()) == 2


def test_the_lines_end_at_what_the_bars_say_although_the_day_was_recorded_before(site):
    history(20, 50)
    record_today()
    page = factories.content_page(site, title_en="Six seven", title_fr="Six sept")
    redraft(page, title_en="Seven")
    context = client_of("admin").get(reverse("translating:progress")).context
    ends = {line.language: line.percent for line in context["plot"].lines}
    assert ends == {one.language: one.percent for one in context["progress"]}
    assert ends["fr"] != ProgressRecord.objects.latest("day").share * 100
