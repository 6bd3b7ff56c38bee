"""The ways into the translate view from the explorer and from a page's header."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from lihsite.multilingual.languages import language_codes, language_name_local
from lihsite.multilingual.permissions import writable_languages

PRIORITY = 12
"""After Wagtail's "Edit" and before what adds and moves pages."""


class TranslateButton(PageMenuItem):
    icon_name = "globe"

    def __init__(self, *, page, language, **kwargs):
        self.language = language
        label = _("Translate: %(language)s") % {"language": language_name_local(language)}
        priority = PRIORITY + language_codes().index(language) / 100
        super().__init__(label=label, page=page, priority=priority, **kwargs)

    @cached_property
    def url(self):
        return reverse("translating:translate", args=[self.page.pk, self.language])

    def is_shown(self, user):
        return self.page.permissions_for_user(user).can_edit()


def translate_buttons(page, user) -> list[TranslateButton]:
    """A button for each language into which the user may translate the page."""
    if page.is_root() or page.alias_of_id:
        return []
    return [
        TranslateButton(page=page, language=language)
        for language in writable_languages(user)
        if language != page.source_language
    ]
