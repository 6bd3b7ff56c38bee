"""What happened to accounts: who signed in, and who changed what somebody may do.

No password is kept, nor what was typed as a user name that nobody has: it may be a password.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import get_active_log_context

from lihsite.clients import client_of


class Kind(models.TextChoices):
    LOGIN = "login", _("Signed in")
    LOGIN_FAILED = "login_failed", _("Failed to sign in")
    LOGIN_REFUSED = "login_refused", _("Refused after too many attempts")
    CODE_FAILED = "code_failed", _("Failed at the second factor")
    LOGOUT = "logout", _("Signed out")
    FACTOR_ADDED = "factor_added", _("Second factor added")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    RECOVERY_CODES = "recovery_codes", _("Recovery codes made")
    RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")
    IDENTITY_LINKED = "identity_linked", _("Linked with single sign-on")
    PASSWORD = "password", _("Password set")
    EMAIL = "email", _("E-mail address changed")
    CREATED = "created", _("Account created")
    DELETED = "deleted", _("Account deleted")
    ACTIVATED = "activated", _("Account activated")
    DEACTIVATED = "deactivated", _("Account deactivated")
    SUPERUSER = "superuser", _("Made administrator")
    NO_SUPERUSER = "no_superuser", _("No longer administrator")
    GROUPS = "groups", _("Groups changed")
    PERMISSIONS = "permissions", _("Permissions of the account changed")
    GROUP_PERMISSIONS = "group_permissions", _("Permissions of a group changed")


class AccountEvent(models.Model):
    """One thing that happened, at a moment in UTC.

    The account's name is kept beside it, since the account may be deleted. `client` is the address
    as far as `client_of` tells it, for as many days as `AUDIT_ADDRESS_DAYS` says.
    """

    wagtail_reference_index_ignore = True

    kind = models.CharField(
        verbose_name=pgettext_lazy("of an account", "event"), max_length=20, choices=Kind.choices
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="account_events",
    )
    account_name = models.CharField(verbose_name=_("account"), max_length=150, blank=True)
    actor_name = models.CharField(verbose_name=_("by"), max_length=150, blank=True)
    detail = models.TextField(verbose_name=_("detail"), blank=True)
    client = models.CharField(verbose_name=_("address"), max_length=50, blank=True)
    happened_at = models.DateTimeField(verbose_name=_("time"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        ordering = ["-happened_at", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return f"{self.account_name}: {self.get_kind_display()}"


def record(kind: Kind, account=None, request=None, detail: str = "") -> AccountEvent:
    """Keep that something happened to the account, by whoever acts in the admin just now."""
    actor = get_active_log_context().user
    is_stored = account is not None and account.pk is not None
    return AccountEvent.objects.create(
        kind=kind,
        account=account if is_stored and kind != Kind.DELETED else None,
        account_name=account.get_username() if account is not None else "",
        actor_name=actor.get_username() if actor else "",
        detail=detail,
        client=client_of(request) if request is not None else "",
    )


def delete_old_events(now: datetime) -> int:
    """Delete events whose days are over, and the addresses of those that stay."""
    addresses_until = now - timedelta(days=settings.AUDIT_ADDRESS_DAYS)
    with_address = AccountEvent.objects.exclude(client="")
    with_address.filter(happened_at__lt=addresses_until).update(client="")
    kept_until = now - timedelta(days=settings.AUDIT_DAYS)
    return AccountEvent.objects.filter(happened_at__lt=kept_until).delete()[0]
