from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RedirectsConfig(AppConfig):
    name = "lihsite.redirects"
    label = "lihsite_redirects"
    verbose_name = _("Old addresses")
    default_auto_field = "django.db.models.BigAutoField"
