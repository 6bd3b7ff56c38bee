"""The way from a page to its export."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from lihsite.multilingual.permissions import writable_languages


class ExportButton(PageMenuItem):
    label = _("Export for translation")
    icon_name = "download"
    priority = 65

    @cached_property
    def url(self):
        return f"{reverse('translating:export')}?section={self.page.pk}"

    def is_shown(self, user):
        may_write = bool(writable_languages(user)) and not self.page.is_root()
        return may_write and self.page.permissions_for_user(user).can_edit()
