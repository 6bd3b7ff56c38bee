from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published


class TranslatingConfig(AppConfig):
    """An app for its hooks; its tables belong to `lihsite`."""

    name = "lihsite.translating"
    label = "translating"
    verbose_name = _("Translation")

    def ready(self):
        from lihsite.translating import (  # noqa: F401
            assigning,
            content_checks,
            review_mails,
            schedule_mails,
            status,
            status_states,
            telling,
        )
        from lihsite.translating.memory.units import learn_from_publication

        page_published.connect(learn_from_publication, dispatch_uid="translation memory")
