from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "lihsite.accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.expiry import register_deletion

        from . import notices, recording  # noqa: F401
        from .audit import delete_old_events
        from .sessions import delete_ended

        register_deletion("entries of the audit", delete_old_events)
        register_deletion("sessions", delete_ended)
