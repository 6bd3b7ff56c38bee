from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "lihsite.contact"
    verbose_name = _("Contact")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.contact.submissions import Submission, ends_of_submissions
        from lihsite.pages.deleting import ends

        ends[Submission] = ends_of_submissions
