"""The side panels of the edit form, with what other rooms have to say about the page."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.admin.ui.side_panels import ChecksSidePanel, PageStatusSidePanel


@dataclass(frozen=True)
class StatusItem:
    """A part of a panel: its template, and its context for a page and a user."""

    template_name: str
    get_context: Callable[[object, object], dict]


status_items: list[StatusItem] = []
"""In the order in which they are shown; the rooms above register theirs when they are ready."""

check_items: list[StatusItem] = []
"""As `status_items`, for the panel of checks; each template may show nothing."""


class LanguagesStatusSidePanel(PageStatusSidePanel):
    def get_status_templates(self, context):
        items = status_items if self.object.pk else []
        return [*super().get_status_templates(context), *(item.template_name for item in items)]

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        if self.object.pk:
            for item in status_items:
                context.update(item.get_context(self.object, self.request.user))
        return context


class LanguagesChecksSidePanel(ChecksSidePanel):
    template_name = "lihsite/admin/checks.html"

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return {**context, **checks_context(self.object, self.request.user)}


def checks_context(page, user) -> dict:
    """What the registered checks say of a page that is stored."""
    context = {"check_templates": []}
    for item in check_items if page.pk else ():
        context["check_templates"].append(item.template_name)
        context.update(item.get_context(page, user))
    return context


class LanguagesSidePanelsMixin:
    """An edit view with our status panel and our checks in place of Wagtail's."""

    def get_side_panels(self):
        panels = super().get_side_panels()
        for place, panel in enumerate(panels):
            if type(panel) is PageStatusSidePanel:
                panels[place] = self._own_status_panel(panel)
            elif type(panel) is ChecksSidePanel:
                panels[place] = LanguagesChecksSidePanel(panel.object, panel.request)
        return panels

    def _own_status_panel(self, panel):
        return LanguagesStatusSidePanel(
            panel.object,
            panel.request,
            show_schedule_publishing_toggle=panel.show_schedule_publishing_toggle,
            live_object=panel.live_object,
            scheduled_object=panel.scheduled_object,
            locale=panel.locale,
            translations=panel.translations,
            parent_page=panel.parent_page,
        )
