"""Whoever opens an export opens no formula that somebody else has written."""

import csv
import io

import pytest
from django.urls import resolve
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.urls import reports
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

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
        ("accounts", "Date and time, Event, Account, By, Address, Detail"),
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


WAGTAILS = [
    *("reports/site-history/", "reports/aging-pages/", "reports/locked/", "reports/workflow/"),
    *("reports/workflow_tasks/", "redirects/"),
]
OURS = ["reports/deleted-pages/", "reports/visits/", "translating/"]


@pytest.mark.parametrize("address", [*WAGTAILS, *OURS])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_old_texts_with_control_characters_are_exported_without_them(address, kind):
    title = f"\x0b{FORMULA}"
    page = factories.content_page(title_en=title)
    accounts(page.get_parent())
    page.save_revision().publish()
    page.locked = True
    page.save()
    PageVisits.objects.create(page=page, language="en", day=timezone.localdate(), count=1)
    Redirect.objects.create(old_path="/old", redirect_page=page)
    factories.content_page(title_en=title).delete()
    response = client_of("admin").get(f"/admin/{address}?export={kind}")
    assert response.status_code == 200
    content = response.getvalue()
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    else:
        cells = [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert texts
    assert not [text for text in texts if "\x0b" in text or text.startswith("=")]


def test_every_report_of_wagtail_exports_what_is_harmless():
    addresses = [f"/admin/reports/{one.pattern}" for one in reports.urlpatterns]
    assert len(addresses) >= 12
    for address in [*addresses, "/admin/redirects/", "/admin/redirects/results/"]:
        view = resolve(address).func.view_class
        assert issubclass(view, HarmlessSpreadsheetMixin), address


def test_reports_of_wagtail_are_open_to_those_alone_who_may_enter_the_admin(client):
    response = client.get("/admin/reports/site-history/?export=csv")
    assert response.status_code == 302
    assert "/admin/login/" in response.headers["Location"]
    accounts(factories.home())
    answer = client_of("admin").get("/admin/reports/site-history/")
    assert "no-store" in answer.headers["Cache-Control"]
