"""The report of broken links in the admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from lihsite.models import BasePage

from .report import OPENING, BrokenLinksView

urls = (
    [
        path("", BrokenLinksView.as_view(), name="report"),
        path("results/", BrokenLinksView.as_view(results_only=True), name="report_results"),
    ],
    "broken_links",
)


@hooks.register("register_admin_urls")
def broken_links_urls():
    return [path("reports/broken-links/", include(urls))]


class BrokenLinksMenuItem(MenuItem):
    def is_shown(self, request):
        policy = policy_registry.get_by_type(BasePage)
        return policy.user_has_any_permission(request.user, OPENING)


@hooks.register("register_reports_menu_item")
def broken_links_menu_item():
    return BrokenLinksMenuItem(
        _("Broken links"),
        reverse("broken_links:report"),
        name="broken-links",
        icon_name="link",
        order=15,
    )
