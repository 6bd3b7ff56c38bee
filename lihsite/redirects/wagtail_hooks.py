"""Old addresses in the admin: the report of missing ones, and our own views of redirects."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from .import_view import ImportView
from .report import MissingAddressesView
from .views import CheckedCreateView, CheckedEditView

missing_urls = (
    [
        path("", MissingAddressesView.as_view(), name="report"),
        path("results/", MissingAddressesView.as_view(results_only=True), name="report_results"),
    ],
    "missing_addresses",
)


@hooks.register("register_admin_urls", order=-10)
def redirects_urls():
    """Before Wagtail's own, whose addresses these views take over; its links lead here."""
    return [
        path("reports/missing-addresses/", include(missing_urls)),
        path("redirects/add/", CheckedCreateView.as_view()),
        path("redirects/<int:redirect_id>/", CheckedEditView.as_view()),
        path("redirects/import/", ImportView.as_view()),
        path("redirects/import/process/", ImportView.as_view()),
    ]


class MissingAddressesMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(Redirect)
        return policy.user_has_permission(request.user, "add")


@hooks.register("register_reports_menu_item")
def missing_addresses_menu_item():
    return MissingAddressesMenuItem(
        _("Missing addresses"),
        reverse("missing_addresses:report"),
        name="missing-addresses",
        icon_name="redirect",
        order=20,
    )
