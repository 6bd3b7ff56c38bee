from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LihsiteConfig(AppConfig):
    name = "lihsite"
    verbose_name = _("Institute")
    default_auto_field = "django.db.models.BigAutoField"
