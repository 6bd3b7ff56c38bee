"""The report of visits shows each account the pages that it may open, with a plot of the days."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from lihsite.visits.models import PageVisits
from lihsite.visits.plot import round_above, visits_plot
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db
URL = "/admin/reports/visits/"


@pytest.fixture
def about():
    page = factories.content_page(title_en="About", title_fr="À propos")
    accounts(page.get_parent())
    today = timezone.localdate()
    for days, language, count in [(0, "en", 1200), (3, "fr", 7), (60, "fr", 50)]:
        day = today - timedelta(days=days)
        PageVisits.objects.create(page=page, language=language, day=day, count=count)
    return page


def rows(response) -> list[tuple]:
    data = response.context["table"].data
    return [(row["title"], row["language"], row["visits"]) for row in data]


def test_visits_of_the_last_month_are_summed_by_page_and_language(about):
    response = client_of("admin").get(URL)
    assert [(language, visits) for _title, language, visits in rows(response)] == [
        ("en", 1200),
        ("fr", 7),
    ]
    assert "<svg" in response.text
    assert f"/admin/pages/{about.pk}/edit/" in response.text


def test_the_period_and_the_language_are_chosen_in_the_address(about):
    client = client_of("admin")
    for query, sums in {
        "?days=90&language=fr": [57],
        "?days=7&ordering=visits": [7, 1200],
        "?days=all": [1200, 57],
        "?days=nonsense": [1200, 57],
    }.items():
        assert [row[2] for row in rows(client.get(URL + query))] == sums, query


def test_the_report_is_in_the_language_of_the_account(about):
    response = client_of("admin", "fr").get(URL)
    assert {row[0] for row in rows(response)} == {"À propos"}


def test_accounts_see_the_pages_that_they_may_open(about):
    for username in ("editor", "french"):
        assert rows(client_of(username).get(URL))
    Group.objects.get(name="Editors").page_permissions.all().delete()
    assert client_of("editor").get(URL).status_code == 302


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_report_is_exported(about, format):
    response = client_of("admin").get(f"{URL}?export={format}")
    assert response.status_code == 200
    if format == "csv":
        text = response.getvalue().decode()
        assert "/fr/a-propos/" in text
        assert "1200" in text


def test_results_alone_are_answered_and_nothing_is_said_without_visits(about):
    assert client_of("admin").get(f"{URL}results/?language=de").status_code == 200
    PageVisits.objects.all().delete()
    assert "<rect" not in client_of("admin").get(URL).text


def test_a_bar_is_a_day_or_a_week_and_nothing_is_lost():
    last = timezone.localdate()
    for days, bars in ((30, 30), (92, 92), (365, 53)):
        first = last - timedelta(days=days - 1)
        plot = visits_plot({(first, "en"): 3, (last, "fr"): 4}, first, last)
        assert len(plot.bars) == bars
        assert sum(bar.total for bar in plot.bars) == 7
        for bar in plot.bars:
            assert all(part.height > 0 for part in bar.parts)
    assert visits_plot({}, last, last) is None


@pytest.mark.parametrize(("number", "above"), [(1, 1), (3, 5), (10, 10), (11, 20), (1201, 2000)])
def test_the_highest_level_is_a_round_number(number, above):
    assert round_above(number) == above
