"""Whoever opens an export opens no formula that somebody else has written."""

import csv
import io

import pytest
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from lihsite.redirects.models import MissingAddress
from lihsite.spreadsheets import HarmlessSpreadsheetMixin
from lihsite.visits.models import PageVisits
from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://evil.example")'


def exported(address) -> list[list[str]]:
    """The headings, and the rows."""
    response = client_of("admin").get(f"{address}?export=csv")
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.getvalue().decode())))


def test_no_export_holds_a_formula():
    page = factories.content_page(title_en=FORMULA)
    accounts(page.get_parent())
    today = timezone.localdate()
    PageVisits.objects.create(page=page, language="en", day=today, count=1)
    MissingAddress.objects.create(
        path="/lost", language="", count=1, last_seen=timezone.now(), referrer=FORMULA
    )
    rows = [
        *exported("/admin/reports/visits/"),
        *exported("/admin/reports/missing-addresses/"),
        *exported("/admin/translating/"),
    ]
    cells = [cell for row in rows for cell in row]
    assert cells.count(f"'{FORMULA}") >= 3
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize(
    ("report", "headings"),
    [
        ("visits", "Page, Address, Language, Visits"),
        ("missing-addresses", "Address, Language, Times asked for, Last asked for, Linked from"),
        ("broken-links", "Page, Language, Place, Kind, Leads to, Problem, Checked"),
        ("tasks", "Task, State, Tries, Error, Asked for, Over"),
        (
            "deleted-pages",
            "Page, Address, Pages, Deleted by, Deleted, Can be restored until",
        ),
        ("accounts", "Time, Event, Account, By, Address, Detail"),
    ],
)
def test_what_a_report_exports_is_called_as_in_its_columns(report, headings):
    accounts(factories.home())
    assert exported(f"/admin/reports/{report}/")[0] == headings.split(", ")


def views(base):
    for view in base.__subclasses__():
        yield view
        yield from views(view)


def test_every_view_of_ours_that_exports_is_harmless(client):
    client.get("/admin/login/")  # loads all views
    ours = {view for view in views(SpreadsheetExportMixin) if view.__module__.startswith("lihsite")}
    exporting = {view for view in ours if getattr(view, "list_export", None)}
    assert len(exporting) >= 5
    assert [view for view in exporting if not issubclass(view, HarmlessSpreadsheetMixin)] == []
