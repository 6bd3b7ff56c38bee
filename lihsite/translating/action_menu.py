"""The languages in the action menu of the edit form: publish one, or all that are ready."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.permissions import may_publish, may_publish_all
from lihsite.multilingual.reviews import may_submit
from lihsite.translating.publish_actions import CHOOSE, READY

FIRST_ORDER = 31
"""Right after Wagtail's “Publish”."""


class LanguageMenuItem(ActionMenuItem):
    """A button that saves the draft, and then does what `value` says: see `publish_actions`."""

    template_name = "lihsite/admin/language_menu_item.html"

    def __init__(self, name, value, label, icon_name, order):
        super().__init__(order)
        self.name, self.value, self.label, self.icon_name = name, value, label, icon_name

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "value": self.value}


def add_languages(menu_items, request, context) -> None:
    """Offer what the user may do with each language in which the page is written.

    Not for a new page, one that is reverted, an alias, or one that is locked to the user.
    """
    page = context.get("page")
    if context["view"] != "edit" or not page or context.get("locked_for_user"):
        return
    written = [code for code in language_codes() if getattr(page, column("title", code))]
    publishable = [code for code in written if may_publish(request.user, page, code)]
    items = [
        LanguageMenuItem(
            "action-publish-language",
            code,
            _("Publish %(language)s") % {"language": language_name(code)},
            "upload",
            FIRST_ORDER + place / 100,
        )
        for place, code in enumerate(publishable)
    ]
    if publishable:
        items.append(_choice(READY, _("Publish all that are ready"), "check", 0.8))
    if publishable or may_publish_all(request.user, page):
        items.append(_choice(CHOOSE, _("Publish by language, schedule…"), "globe", 0.9))
    in_review = set(page.language_reviews.open().values_list("language", flat=True))
    items += [
        LanguageMenuItem(
            "action-submit-language",
            code,
            _submit_label(code, is_again=code in in_review),
            "resubmit",
            FIRST_ORDER + 0.95 + place / 100,
        )
        for place, code in enumerate(written)
        if code not in publishable and may_submit(request.user, page, code)
    ]
    menu_items.extend(items)
    menu_items.sort(key=lambda item: item.order)


def _submit_label(language: str, *, is_again: bool) -> str:
    label = (
        _("Submit %(language)s again for review")
        if is_again
        else _("Submit %(language)s for review")
    )
    return label % {"language": language_name(language)}


def _choice(value, label, icon_name, place) -> LanguageMenuItem:
    return LanguageMenuItem("action-publish-language", value, label, icon_name, FIRST_ORDER + place)
