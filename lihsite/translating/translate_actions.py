"""The actions below the translate view: they concern its language alone."""

from django.forms import Media
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, PageLockedMenuItem, SaveDraftMenuItem

from lihsite.multilingual.languages import language_name
from lihsite.multilingual.permissions import may_publish
from lihsite.multilingual.reviews import may_submit

PUBLISH = "action-publish-translation"
SUBMIT = "action-submit-translation"


class LanguageMenuItem(ActionMenuItem):
    """An action whose label names the language of the view."""

    template_name = "lihsite/admin/translate_action.html"

    def get_context_data(self, parent_context):
        name = language_name(parent_context["language"])
        return {
            **super().get_context_data(parent_context),
            "label": self.label % {"language": name},
            "active_label": self.active_label,
        }


class PublishLanguageMenuItem(LanguageMenuItem):
    name = PUBLISH
    label = _("Publish %(language)s")
    active_label = _("Publishing…")
    icon_name = "upload"

    def is_shown(self, context):
        user, page = context["request"].user, context["page"]
        return not context["locked_for_user"] and may_publish(user, page, context["language"])


class SubmitLanguageMenuItem(LanguageMenuItem):
    name = SUBMIT
    label = _("Submit %(language)s for review")
    active_label = _("Submitting…")
    icon_name = "resubmit"

    def is_shown(self, context):
        user, page = context["request"].user, context["page"]
        return not context["locked_for_user"] and may_submit(user, page, context["language"])


class TranslateActions:
    """The save button, and beside it the step that the translator may take next."""

    def __init__(self, request, **context):
        self.context = {"request": request, "view": "edit", **context}
        items = [
            PageLockedMenuItem(),
            SaveDraftMenuItem(),
            PublishLanguageMenuItem(),
            SubmitLanguageMenuItem(),
        ]
        self.items = [item for item in items if item.is_shown(self.context)]
        if self.context["locked_for_user"]:
            self.items = self.items[:1]
        if any(item.name == PUBLISH for item in self.items):
            self.items = [item for item in self.items if item.name != SUBMIT]

    def render_html(self):
        rendered = ((item.render_html(self.context),) for item in self.items)
        return format_html_join("", "{}", rendered)

    @property
    def media(self):
        return sum((item.media for item in self.items), Media())
