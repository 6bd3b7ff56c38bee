"""The workspace in the main menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from lihsite.translating.access import may_use_desk


class DeskMenuItem(MenuItem):
    def __init__(self):
        super().__init__(
            _("Translations"),
            reverse("translating:desk"),
            name="translations",
            icon_name="globe",
            order=150,
        )

    def is_shown(self, request):
        return may_use_desk(request.user)
