from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "lihsite.links"
    verbose_name = _("Links")
    default_auto_field = "django.db.models.BigAutoField"
