"""The page that shows how far each language is: by section, and over the months."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from lihsite.models import BasePage
from lihsite.translating.access import OPENING
from lihsite.translating.plot import progress_plot
from lihsite.translating.progress import progress_by_language, progress_by_section, record_today


class ProgressView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "lihsite/admin/desk/progress.html"
    page_title = gettext_lazy("Progress")
    header_icon = "globe"
    any_permission_required = OPENING

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(BasePage)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("translating:desk"), "label": _("Translations")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        record_today()
        bars = progress_by_language(self.request.user)
        sections = progress_by_section(self.request.user)
        return super().get_context_data(
            progress=bars,
            sections=[
                {"name": section.name, "bars": [section.bars.get(bar.language) for bar in bars]}
                for section in sections
            ],
            plot=progress_plot(),
            **kwargs,
        )
