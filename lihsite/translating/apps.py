from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslatingConfig(AppConfig):
    """An app for its hooks; its tables belong to `lihsite`."""

    name = "lihsite.translating"
    label = "translating"
    verbose_name = _("Translation")

    def ready(self):
        from lihsite.translating import assigning, review_mails, status  # noqa: F401
