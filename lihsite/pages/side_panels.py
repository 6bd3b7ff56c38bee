"""The status side panel of the edit form, with what other rooms have to say about the page."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.admin.ui.side_panels import PageStatusSidePanel


@dataclass(frozen=True)
class StatusItem:
    """A part of the status panel: its template, and its context for a page and a user."""

    template_name: str
    get_context: Callable[[object, object], dict]


status_items: list[StatusItem] = []
"""In the order in which they are shown; the rooms above register theirs when they are ready."""


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


class LanguagesStatusMixin:
    """An edit view with our status panel in place of Wagtail's."""

    def get_side_panels(self):
        panels = super().get_side_panels()
        for place, panel in enumerate(panels):
            if type(panel) is PageStatusSidePanel:
                panels[place] = self._own_status_panel(panel)
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
