"""Buttons that lead from the admin to a page as visitors get it, one for each live language."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from lihsite.multilingual.languages import language_name_local

FIRST_PRIORITY = 6


class ViewLiveButton(PageMenuItem):
    icon_name = "view"
    link_rel = "noreferrer"

    def __init__(self, *, page, language, **kwargs):
        self.language = language
        label = _("View live: %(language)s") % {"language": language_name_local(language)}
        super().__init__(label=label, page=page, **kwargs)

    @cached_property
    def url(self):
        return self.page.get_url_for_language(self.language)

    def is_shown(self, user):
        return bool(self.url)


def view_live_buttons(page):
    """The buttons of a page's row as it is stored; a draft may choose other languages."""
    if not page.live:
        return []
    return [
        ViewLiveButton(page=page, language=language, priority=FIRST_PRIORITY)
        for language in page.live_languages
    ]
