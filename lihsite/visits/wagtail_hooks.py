"""The report of visits in the admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from lihsite.models import BasePage

from .report import OPENING, VisitsView

urls = (
    [
        path("", VisitsView.as_view(), name="report"),
        path("results/", VisitsView.as_view(results_only=True), name="report_results"),
    ],
    "visits",
)


@hooks.register("register_admin_urls")
def visits_urls():
    return [path("reports/visits/", include(urls))]


class VisitsMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(BasePage)
        return policy.user_has_any_permission(request.user, OPENING)


@hooks.register("register_reports_menu_item")
def visits_menu_item():
    return VisitsMenuItem(
        _("Visits"), reverse("visits:report"), name="visits", icon_name="view", order=10
    )
