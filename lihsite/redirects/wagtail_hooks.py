"""Old addresses in the admin: the report of missing ones, and our own views of redirects."""

from django.urls import path
from wagtail import hooks

from lihsite.reports import register_report

from .import_view import ImportView
from .report import MissingAddressesReport
from .views import CheckedCreateView, CheckedEditView, HarmlessIndexView

register_report(MissingAddressesReport, "missing-addresses", order=20)


@hooks.register("register_admin_urls", order=-10)
def redirects_urls():
    """Before Wagtail's own, whose addresses these views take over; its links lead here."""
    return [
        path("redirects/", HarmlessIndexView.as_view()),
        path("redirects/results/", HarmlessIndexView.as_view(results_only=True)),
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
        path("redirects/import/", ImportView.as_view()),
        path("redirects/import/process/", ImportView.as_view()),
    ]
