"""The actions below the translate view: they concern its language alone."""

from collections.abc import Callable

from django.forms import Media
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, PageLockedMenuItem, SaveDraftMenuItem

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import may_publish
from lihsite.multilingual.reviews import may_submit

PUBLISH = "action-publish-translation"
PUBLISH_READY = "action-publish-ready"
SUBMIT = "action-submit-translation"


class LanguageMenuItem(ActionMenuItem):
    """An action whose label names the language of the view, for those who may take it."""

    template_name = "lihsite/admin/translate_action.html"

    def __init__(self, name: str, label, active_label, icon_name: str, may: Callable):
        """`may` says it of a user, a page and a language."""
        super().__init__()
        self.name, self.label, self.icon_name, self.may = name, label, icon_name, may
        self.active_label = active_label

    def is_shown(self, context):
        user, page = context["request"].user, context["page"]
        return not context["locked_for_user"] and self.may(user, page, context["language"])

    def get_context_data(self, parent_context):
        name = language_name(parent_context["language"])
        return {
            **super().get_context_data(parent_context),
            "label": self.label % {"language": name},
            "active_label": self.active_label,
            "finishes_all": self.name == PUBLISH_READY,
        }


def may_publish_several(user, page, _language: str) -> bool:
    """Whether there can be languages that were translated one after the other to publish."""
    return sum(may_publish(user, page, code) for code in language_codes()) > 1


PUBLISH_ITEM = LanguageMenuItem(
    PUBLISH, _("Publish %(language)s"), _("Publishing…"), "upload", may_publish
)
PUBLISH_READY_ITEM = LanguageMenuItem(
    PUBLISH_READY, _("Publish all that are ready"), _("Publishing…"), "check", may_publish_several
)
SUBMIT_ITEM = LanguageMenuItem(
    SUBMIT, _("Submit %(language)s for review"), _("Submitting…"), "resubmit", may_submit
)
SUBMIT_AGAIN_ITEM = LanguageMenuItem(
    SUBMIT, _("Submit %(language)s again for review"), _("Submitting…"), "resubmit", may_submit
)


class TranslateActions:
    """The save button, and beside it the step that the translator may take next.

    `review` is the one of the language that is open, if any.
    """

    def __init__(self, request, *, review, **context):
        submit_item = SUBMIT_AGAIN_ITEM if review else SUBMIT_ITEM
        self.context = {"request": request, "view": "edit", **context}
        items = [
            PageLockedMenuItem(),
            SaveDraftMenuItem(),
            PUBLISH_ITEM,
            PUBLISH_READY_ITEM,
            submit_item,
        ]
        self.items = [item for item in items if item.is_shown(self.context)]
        if self.context["locked_for_user"]:
            self.items = self.items[:1]
        if PUBLISH_ITEM in self.items and submit_item in self.items:
            self.items.remove(submit_item)

    def render_html(self):
        rendered = ((item.render_html(self.context),) for item in self.items)
        return format_html_join("", "{}", rendered)

    @property
    def media(self):
        return sum((item.media for item in self.items), Media())
