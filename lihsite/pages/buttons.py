"""Buttons from the admin to a page, one for each language in place of Wagtail's single ones.

Those lead to the language of the admin, in which the page may not be live, or not be written.
"""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.wagtail_hooks import PageListingViewDraftButton, PageListingViewLiveButton

from lihsite.multilingual.languages import column, language_codes, language_name_local

DRAFT_PRIORITY = 4
LIVE_PRIORITY = 6
REPLACED = (PageListingViewDraftButton, PageListingViewLiveButton)


class LanguageButton(PageMenuItem):
    link_rel = "noreferrer"
    first_priority: int

    def __init__(self, *, page, language, **kwargs):
        self.language = language
        label = self.text % {"language": language_name_local(language)}
        # In the order of the languages, before the next kind of button.
        priority = self.first_priority + language_codes().index(language) / 100
        super().__init__(label=label, page=page, priority=priority, **kwargs)


class ViewDraftButton(LanguageButton):
    icon_name = "draft"
    first_priority = DRAFT_PRIORITY

    @property
    def text(self):
        return _("View draft: %(language)s")

    @cached_property
    def url(self):
        url = reverse("wagtailadmin_pages:view_draft", args=[self.page.pk])
        return f"{url}?mode={self.language}"

    def is_shown(self, user):
        return self.page.has_unpublished_changes and self.page.is_previewable()


class ViewLiveButton(LanguageButton):
    icon_name = "view"
    first_priority = LIVE_PRIORITY

    @property
    def text(self):
        return _("View live: %(language)s")

    @cached_property
    def url(self):
        return self.page.get_url_for_language(self.language)

    def is_shown(self, user):
        return bool(self.url)


def view_draft_buttons(page) -> list[ViewDraftButton]:
    """A button for each language in which the draft has a title."""
    return [
        ViewDraftButton(page=page, language=language)
        for language in language_codes()
        if getattr(page, column("draft_title", language))
    ]


def view_live_buttons(page) -> list[ViewLiveButton]:
    """A button for each live language of a page as it is stored; a draft may choose others.

    Under embargo the addresses are nobody's yet.
    """
    if not page.live or page.is_under_embargo:
        return []
    return [ViewLiveButton(page=page, language=language) for language in page.live_languages]


def without_replaced(buttons) -> list:
    """The buttons of a page's menu less those of Wagtail that ours stand for."""
    labels = {str(replaced.label) for replaced in REPLACED}
    return [button for button in buttons if button.label not in labels]
