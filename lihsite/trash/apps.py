from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrashConfig(AppConfig):
    name = "lihsite.trash"
    verbose_name = _("Deleted pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.trash import keeping  # noqa: F401
