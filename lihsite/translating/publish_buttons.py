"""The way to the pre-flight from the explorer."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import may_publish
from lihsite.translating.publish_actions import publish_url


class PublishLanguagesButton(PageMenuItem):
    """Shown to whoever may publish the page in some language."""

    label = _("Publish by language")
    icon_name = "globe"
    priority = 35

    @cached_property
    def url(self):
        return publish_url(self.page, next_url=self.next_url or "")

    def is_shown(self, user):
        if self.page.is_root() or self.page.alias_of_id:
            return False
        return any(may_publish(user, self.page, code) for code in language_codes())
