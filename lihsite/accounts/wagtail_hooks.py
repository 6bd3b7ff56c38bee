"""What is about signing in on the page of one's own account, and the audit in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks

from lihsite.reports import register_report

from . import managing_views as views
from .account_panel import EmailPanel, PasswordPanel, SecondFactorPanel
from .report import AccountEventsReport

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

register_report(AccountEventsReport, "accounts", order=30)


@hooks.register("register_admin_urls")
def second_factor_urls():
    return [path("account/second-factor/", include(factor_urls))]


@hooks.register("register_account_settings_panel")
def email_panel(request, user, profile):
    return EmailPanel(request, user, profile)


@hooks.register("register_account_settings_panel")
def password_panel(request, user, profile):
    return PasswordPanel(request, user, profile)


@hooks.register("register_account_settings_panel")
def second_factor_panel(request, user, profile):
    return SecondFactorPanel(request, user, profile)


@hooks.register("register_permissions")
def accounts_permissions():
    """Those that the form of a group offers."""
    return Permission.objects.filter(
        content_type__app_label="accounts", codename="view_accountevent"
    )
