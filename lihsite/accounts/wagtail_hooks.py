"""Second factors and the audit in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from . import managing_views as views
from .account_panel import SecondFactorPanel
from .audit import AccountEvent
from .report import AccountEventsView

factor_urls = (
    [
        path("", views.IndexView.as_view(), name="index"),
        path("confirm/", views.ConfirmView.as_view(), name="confirm"),
        path("app/", views.AppView.as_view(), name="app"),
        path("app/remove/", views.RemoveAppView.as_view(), name="remove_app"),
        path("codes/", views.CodesView.as_view(), name="codes"),
        path("passkeys/add/", views.AddPasskeyView.as_view(), name="add_passkey"),
        path("passkeys/options/", views.PasskeyOptionsView.as_view(), name="passkey_options"),
        path("passkeys/<int:pk>/rename/", views.RenamePasskeyView.as_view(), name="rename_passkey"),
        path("passkeys/<int:pk>/remove/", views.RemovePasskeyView.as_view(), name="remove_passkey"),
    ],
    "second_factor",
)
report_urls = (
    [
        path("", AccountEventsView.as_view(), name="report"),
        path("results/", AccountEventsView.as_view(results_only=True), name="report_results"),
    ],
    "account_events",
)


@hooks.register("register_admin_urls")
def account_urls():
    return [
        path("account/second-factor/", include(factor_urls)),
        path("reports/accounts/", include(report_urls)),
    ]


@hooks.register("register_account_settings_panel")
def second_factor_panel(request, user, profile):
    return SecondFactorPanel(request, user, profile)


class AccountEventsMenuItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(AccountEvent).user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def account_events_menu_item():
    return AccountEventsMenuItem(
        _("Logins and permissions"),
        reverse("account_events:report"),
        name="account-events",
        icon_name="key",
        order=30,
    )


@hooks.register("register_permissions")
def accounts_permissions():
    """Those that the form of a group offers."""
    return Permission.objects.filter(
        content_type__app_label="accounts", codename="view_accountevent"
    )
