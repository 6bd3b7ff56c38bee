"""What the log says of forms and the newsletter: numbers, never what somebody wrote."""

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from lihsite.contact import deletion, submissions_list
from lihsite.contact.newsletter import admin, subscriptions


class CountFormatter(LogFormatter):
    """A message that names the number in the entry, where there is one."""

    def __init__(self, label, message):
        self.label, self.text = label, message

    def format_message(self, log_entry):
        return str(self.text) % {"count": log_entry.data.get("count", 0)}


FORMATTERS = {
    submissions_list.EXPORT: CountFormatter(
        _("Export form submissions"), _("Form submissions exported: %(count)d")
    ),
    deletion.DELETE: CountFormatter(
        _("Delete old form submissions"), _("Form submissions deleted after their time: %(count)d")
    ),
    admin.EXPORT: CountFormatter(
        _("Export the newsletter’s addresses"), _("Newsletter addresses exported: %(count)d")
    ),
    subscriptions.CONFIRM: CountFormatter(
        _("Confirm a newsletter subscription"), _("Newsletter subscription confirmed")
    ),
    subscriptions.UNSUBSCRIBE: CountFormatter(
        _("Unsubscribe from the newsletter"), _("Unsubscribed from the newsletter")
    ),
}


def register_contact(registry) -> None:
    for action, formatter in FORMATTERS.items():
        registry.register_action(action)(lambda formatter=formatter: formatter)
