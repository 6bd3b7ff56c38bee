from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "lihsite.contact"
    verbose_name = _("Contact")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.contact.deletion import delete_submissions, delete_unconfirmed_subscriptions
        from lihsite.contact.submissions import Submission, ends_of_submissions
        from lihsite.expiry import register_deletion
        from lihsite.pages.deleting import ends
        from lihsite.rates import delete_old_rates

        ends[Submission] = ends_of_submissions
        register_deletion("form submissions", delete_submissions)
        register_deletion("unconfirmed sign-ups", delete_unconfirmed_subscriptions)
        register_deletion("counts", delete_old_rates)
