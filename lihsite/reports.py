"""Reports of the admin: lists to filter, sort and export, each for those whom it is open to."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.urls import URLPattern, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from lihsite.spreadsheets import HarmlessSpreadsheetMixin


class Report(HarmlessSpreadsheetMixin, ReportView):
    """Raises PermissionDenied for those whom it is not open to."""

    @classmethod
    def is_open_to(cls, user) -> bool:
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        if not self.is_open_to(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_heading(self, queryset, field):
        """What is exported is called as the column that shows it; `export_headings` name others."""
        labels = [one.label for one in self.columns if field in (one.name, one.accessor)]
        return str(labels[0]) if labels else super().get_heading(queryset, field)


class ReportMenuItem(MenuItem):
    def __init__(self, report: type[Report], url: str, name: str, order: int):
        super().__init__(
            report.page_title, url, name=name, icon_name=report.header_icon, order=order
        )
        self.report = report

    def is_shown(self, request):
        return self.report.is_open_to(request.user)


def register_report(
    report: type[Report], name: str, order: int, row_urls: Sequence[URLPattern] = ()
) -> None:
    """Give the report its address, which ends with the name, and its item in the menu.

    It is called `<name>:report`; `row_urls`, of what is done to its rows, have names beside that.
    """
    index = {"index_url_name": f"{name}:report", "index_results_url_name": f"{name}:results"}
    urls = [
        path("", report.as_view(**index), name="report"),
        path("results/", report.as_view(**index, results_only=True), name="results"),
        *row_urls,
    ]
    hooks.register("register_admin_urls", lambda: [path(f"reports/{name}/", include((urls, name)))])
    hooks.register(
        "register_reports_menu_item",
        lambda: ReportMenuItem(report, reverse(f"{name}:report"), name, order),
    )
